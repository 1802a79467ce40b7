"""What is new since an earlier run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_lint.errors import ReferralLintError
from referral_lint.review import wording
from referral_lint.review.store import NAME, Store, reading
from referral_lint.review.wording import few


@dataclass(frozen=True, slots=True)
class News:
    """How many findings were not there before, of which sort, and how many are gone."""

    new: int
    drafts: int
    gone: int
    other_rules: int  # of the new ones, by rules that the earlier run did not have
    families: tuple[tuple[str, int], ...]

    def sentence(self, smallest: int = 1) -> str:
        """What is new in one or two sentences; numbers below `smallest` are not said."""
        new, drafts, gone, other = (few(n, smallest) for n in (self.new, self.drafts, self.gone, self.other_rules))
        text = f"Since the earlier run: new findings: {new}, in drafts: {drafts}; findings that are gone: {gone}."
        if self.other_rules:
            text += f" By rules that did not run then, so that nobody's writing changed: {other} of the new ones."
        return text


def mark(store: Store, earlier: Path) -> News:
    """Mark in the database which findings the earlier run did not have. Raises ReferralLintError."""
    path = earlier / NAME if earlier.is_dir() else earlier
    if path.exists() and path.samefile(store.path):
        raise ReferralLintError(
            "--baseline: these are the results of this run itself; copy them before the next one", path
        )
    with reading(path) as db:
        key = db.execute("SELECT value FROM about WHERE name = 'key'").fetchone()
        if key is None or key[0] != store.about("key"):
            raise ReferralLintError(
                "--baseline: these results were made with another secret key, so nothing matches", path
            )
        before = db.execute("SELECT DISTINCT file, document, rule, fingerprint FROM finding WHERE waived = 0")
        store.db.execute("CREATE TEMP TABLE earlier (file, document, rule, fingerprint)")
        store.db.executemany("INSERT INTO earlier VALUES (?, ?, ?, ?)", before)
        store.db.execute("CREATE INDEX temp.earlier_key ON earlier (file, document, rule, fingerprint)")
        rules = {rule for (rule,) in db.execute("SELECT rule FROM rule")}
    return _compared(store, rules)


_SAME = "e.file = f.file AND e.document = f.document AND e.rule = f.rule AND e.fingerprint = f.fingerprint"


def _compared(store: Store, rules: set[str]) -> News:
    db = store.db
    db.execute(f"UPDATE finding AS f SET new = NOT waived AND NOT EXISTS (SELECT 1 FROM temp.earlier e WHERE {_SAME})")  # noqa: S608
    gone = store.one(
        f"SELECT count(*) FROM temp.earlier e WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE waived = 0 AND {_SAME})"  # noqa: S608
    )
    db.execute("DROP TABLE temp.earlier")
    by_rule = db.execute("SELECT rule, family, count(*) FROM finding WHERE new GROUP BY 1, 2").fetchall()
    families: dict[str, int] = {}
    for _, family, n in by_rule:
        families[family] = families.get(family, 0) + n
    drafts = store.one("SELECT count(DISTINCT file || ' ' || document) FROM finding WHERE new")
    ordered = sorted(families.items(), key=lambda pair: -pair[1])
    named = tuple((wording.FAMILIES.get(family, family), n) for family, n in ordered)
    return News(sum(families.values()), drafts, gone, sum(n for rule, _, n in by_rule if rule not in rules), named)
