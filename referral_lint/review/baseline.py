"""What is new since an earlier run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_lint.errors import ReferralLintError
from referral_lint.review import wording
from referral_lint.review.privacy import Names
from referral_lint.review.store import NAME, Store, reading
from referral_lint.review.suppress import hidden
from referral_lint.review.wording import few, part


@dataclass(frozen=True, slots=True)
class News:
    """How many findings were not there before, of which sort, and how many are gone from drafts that are still there."""

    new: int
    drafts: int
    gone: int
    other_rules: int  # of the new ones, by rules that the earlier run did not have
    other_drafts: int  # of the new ones, in drafts that the earlier run did not have
    lost: int  # findings of the earlier run whose draft is not there any more, or could not be read
    dropped: int  # of the gone ones, by rules that do not run any more
    families: tuple[tuple[str, int], ...]

    def sentence(self, smallest: int = 1) -> str:
        """What is new in one or two sentences; numbers below `smallest` are not said."""
        new, drafts, gone = (few(n, smallest) for n in (self.new, self.drafts, self.gone))
        by_others, elsewhere = (part(n, self.new, smallest) for n in (self.other_rules, self.other_drafts))
        text = f"Since the earlier run: new findings: {new}, in drafts: {drafts}; findings that are gone: {gone}."
        if self.other_rules:
            text += f" By rules that did not run then, so that nobody's writing changed: {by_others} of the new ones."
        if self.other_drafts:
            text += f" In drafts that were not there then: {elsewhere} of the new ones."
        if self.dropped:
            text += (
                f" By rules that do not run any more: {part(self.dropped, self.gone, smallest)} of those that are gone."
            )
        if self.lost:
            text += f" Not counted, because their drafts are not there any more: {few(self.lost, smallest)} findings."
        return text

    def shown(self, smallest: int) -> list[tuple[str, int | None]]:
        """How many are new of each sort; None where that must not be shown."""
        away = hidden([[n for _, n in self.families]], smallest)
        return [(label, None if (0, j) in away else n) for j, (label, n) in enumerate(self.families)]


def check(earlier: Path, names: Names, out: Path) -> None:
    """Raises ReferralLintError if an earlier run cannot be compared with one into `out`, before a long run begins."""
    path, own = earlier / NAME if earlier.is_dir() else earlier, out / NAME
    if path.exists() and own.exists() and path.samefile(own):
        raise ReferralLintError(
            "--baseline: these are the results of this run itself; copy them before the next one", path
        )
    with reading(path) as db:
        key = db.execute("SELECT value FROM about WHERE name = 'key'").fetchone()
        if key is None or key[0] != names.code("key"):
            raise ReferralLintError(
                "--baseline: these results were made with another secret key, so nothing matches", path
            )


def mark(store: Store, earlier: Path) -> News:
    """Mark in the database which findings the earlier run did not have; `check` said that they can be compared."""
    with reading(earlier) as db:
        before = db.execute("SELECT DISTINCT file, document, rule, fingerprint FROM finding WHERE waived = 0")
        store.db.execute("CREATE TEMP TABLE earlier (file, document, rule, fingerprint)")
        store.db.executemany("INSERT INTO earlier VALUES (?, ?, ?, ?)", before)
        store.db.execute("CREATE INDEX temp.earlier_key ON earlier (file, document, rule, fingerprint)")
        drafts = db.execute("SELECT file, document FROM document WHERE verdict <> 'unchecked'")
        store.db.execute("CREATE TEMP TABLE earlier_draft (file, document, PRIMARY KEY (file, document))")
        store.db.executemany("INSERT INTO earlier_draft VALUES (?, ?)", drafts)
        rules = {rule for (rule,) in db.execute("SELECT rule FROM rule")}
    return _compared(store, rules)


_THERE = (
    "EXISTS (SELECT 1 FROM document d WHERE d.file = e.file AND d.document = e.document AND d.verdict <> 'unchecked')"
)
_SAME = "e.file = f.file AND e.document = f.document AND e.rule = f.rule AND e.fingerprint = f.fingerprint"


def _compared(store: Store, rules: set[str]) -> News:
    db = store.db
    db.execute(f"UPDATE finding AS f SET new = NOT waived AND NOT EXISTS (SELECT 1 FROM temp.earlier e WHERE {_SAME})")  # noqa: S608
    away = f"FROM temp.earlier e WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE waived = 0 AND {_SAME}) AND {_THERE}"  # noqa: S608
    gone, dropped = (
        store.one(f"SELECT count(*) {away} AND {more}") for more in ("1", "rule NOT IN (SELECT rule FROM main.rule)")
    )
    lost = store.one(f"SELECT count(*) FROM temp.earlier e WHERE NOT {_THERE}")  # noqa: S608
    others = store.one("SELECT count(*) FROM finding WHERE new AND (file, document) NOT IN temp.earlier_draft")
    db.execute("DROP TABLE temp.earlier")
    db.execute("DROP TABLE temp.earlier_draft")
    by_rule = db.execute("SELECT rule, family, count(*) FROM finding WHERE new GROUP BY 1, 2").fetchall()
    families: dict[str, int] = {}
    for _, family, n in by_rule:
        families[family] = families.get(family, 0) + n
    drafts = store.one("SELECT count(DISTINCT file || ' ' || document) FROM finding WHERE new")
    ordered = sorted(families.items(), key=lambda pair: -pair[1])
    named = tuple((wording.families().get(family, family), n) for family, n in ordered)
    by_others = sum(n for rule, _, n in by_rule if rule not in rules)
    return News(sum(families.values()), drafts, gone, by_others, others, lost, dropped, named)
