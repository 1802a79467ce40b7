"""A sample for people to read: a reading list, a sheet for what they say, and what that makes of each rule here."""

from __future__ import annotations

import csv
import hashlib
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral_lint.config import Config
from referral_lint.engine import Linter, linter_from
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.model import DocumentReport, Source
from referral_lint.review import privacy, private
from referral_lint.review.counts import drafts
from referral_lint.review.row import with_key
from referral_lint.review.stats import Interval, wilson
from referral_lint.review.store import Store
from referral_lint.review.suppress import hidden, small
from referral_lint.review.tables import defused

SHEET, LIST = "audit.csv", "reading-list.csv"
STRATA = {
    "team": "shown", "verdict": "verdict", "kind": "kind", "month": "month", "purpose": "purpose", "format": "media_type",
}  # fmt: skip
_HEAD = (
    "code",
    "document",
    "finding",
    "draft",
    "rule",
    "what it asks",
    "words",
    "place",
    "mark",
    "agree (yes/no)",
    "note",
)
# A line of this kind stands below those of each draft, for what a reader sees and the program did not.
OVERLOOKED, OTHER = "overlooked", "other"
_ASKED = f"Did it overlook something? Write in “rule” which rule should have found it, or {OTHER}, and in “words” where. Copy this line for more."
_YES, _NO = {"yes", "y", "agree", "1", "true"}, {"no", "n", "disagree", "0", "false"}


def strata(given: str) -> list[str]:
    """The columns to spread a sample over. Raises ReferralLintError for a name that there is not."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in STRATA:
            raise ReferralLintError(f"--stratify: there is no {name!r}; choose from {', '.join(STRATA)}")
    return [STRATA[name] for name in names]


def choose(db: sqlite3.Connection, number: int, by: Sequence[str], seed: int, smallest: int) -> None:
    """Choose drafts at random, spread over the strata in proportion, and keep them with how many each stands for."""
    drafts(db, smallest)
    columns = " || ' / ' || ".join(by) or "''"
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for file, document, stratum in db.execute(f"SELECT file, document, {columns} FROM d ORDER BY file, document"):  # noqa: S608
        groups[stratum].append((file, document))
    draw = random.Random(seed)  # noqa: S311  (a sample that can be drawn again, not a secret)
    db.execute("DELETE FROM sample")
    for stratum, n in _shares({name: len(group) for name, group in groups.items()}, number, draw).items():
        weight = len(groups[stratum]) / n
        rows = [(*one, stratum, weight) for one in draw.sample(groups[stratum], n)]
        db.executemany("INSERT INTO sample VALUES (?, ?, ?, ?)", rows)


def _shares(sizes: Mapping[str, int], number: int, draw: random.Random) -> dict[str, int]:
    """How many of each stratum: its share, rounded so that the sum is right; which strata get the rest is drawn."""
    total = sum(sizes.values())
    number = min(number, total)
    exact = {name: number * size / total for name, size in sorted(sizes.items())}
    shares = {name: int(value) for name, value in exact.items()}
    names = sorted(exact, key=lambda name: (shares[name] - exact[name], draw.random()))
    for name in names[: number - sum(shares.values())]:
        shares[name] += 1
    return {name: n for name, n in shares.items() if n}


@dataclass(frozen=True)
class Reader:
    """Reads the chosen drafts once more, for the words found: they are kept nowhere else. Personal details are masked."""

    settings: Config
    names: privacy.Names
    paths: Mapping[str, Path]

    def reports(self, codes: Sequence[str]) -> Iterator[tuple[str, Path, tuple[DocumentReport, ...]]]:
        linter: Linter = with_key(linter_from(self.settings), self.names.key)
        for code in codes:
            path = self.paths[code].absolute()
            yield code, path, linter.lint(Source(str(path), path.read_bytes())).documents


def draw(store: Store, out: Path, number: int, by: Sequence[str], seed: int, smallest: int, reader: Reader) -> str:
    """Choose drafts and write what readers need, unless somebody has written into that. Gives the sentence to say."""
    if taken := [out / name for name in (SHEET, LIST) if _content(out / name) not in ("", store.about(name))]:
        return (
            f"Somebody has written into {' and '.join(map(str, taken))}: the sample stays as it is, and no file of it was "
            f"touched. Take in what was said with --read-back {out / SHEET}; for another sample then move both files away."
        )
    choose(store.db, number, by, seed, smallest)
    store.commit()
    said = write(store.db, out, reader)
    store.tell(**{name: _content(out / name) for name in (SHEET, LIST)})
    return said


def _content(path: Path) -> str:
    """A hash of a file, by which it is known whether it is still as we wrote it; "" if it is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def write(db: sqlite3.Connection, out: Path, reader: Reader) -> str:
    """The reading list and the sheet. Gives the sentence to say. Raises OSError."""
    chosen: dict[str, list[int]] = defaultdict(list)
    for file, document in db.execute("SELECT file, document FROM sample ORDER BY file, document"):
        chosen[file].append(document)
    shown = dict(db.execute("SELECT file, name FROM file"))
    titles = dict(db.execute("SELECT rule, title FROM rule"))
    with private.writing(out / SHEET) as sheet, private.writing(out / LIST) as reading:
        rows, drafts_to_read = _writer(sheet), _writer(reading)
        rows.writerow(_HEAD)
        drafts_to_read.writerow(
            ("code", "draft", "part", "verdict", "stop", "fix", "think", "words", "stratum", "read by")
        )
        for code, _, reports in reader.reports(list(chosen)):
            for n in chosen[code]:
                drafts_to_read.writerow(map(defused, _listed(db, code, n)))
                rows.writerows(_sheet_rows(code, n, reports[n], shown[code], titles, reader.names))
                rows.writerow((code, n, OVERLOOKED, defused(shown[code]), "", _ASKED, "", "", "", "", ""))
    number = sum(map(len, chosen.values()))
    said = f"To read: {number} drafts. {out / LIST} lists them; write in {out / SHEET} yes or no for each finding and what was overlooked, then --read-back it."
    masked = " Both call a draft by its code, which --find turns into the file's name, and mask what is personal; --show-text shows it."
    return said if reader.names.shown else said + masked


def _writer(file: Any) -> Any:
    file.write("\ufeff")
    return csv.writer(file)


def _listed(db: sqlite3.Connection, code: str, n: int) -> tuple[Any, ...]:
    query = (
        "SELECT d.file, f.name, part, verdict, stop, fix, think, words, stratum, '' FROM document d JOIN file f "
        "ON f.file = d.file JOIN sample s ON s.file = d.file AND s.document = d.document WHERE d.file = ? AND d.document = ?"
    )
    found: tuple[Any, ...] = db.execute(query, (code, n)).fetchone()
    return found


def _sheet_rows(
    code: str, n: int, report: DocumentReport, draft: str, titles: Mapping[str, str], names: privacy.Names
) -> Iterator[list[Any]]:
    people = [person.name for person in report.people]
    for k, finding in enumerate(report.findings):
        shown = names.shown or (finding.family == "acronym" and privacy.may_be_kept(finding.text, people))
        words = finding.text if shown else privacy.masked_words(finding.text, people)
        where = privacy.place(finding.where) or "the whole draft"
        row = (code, n, k, draft, finding.rule, titles.get(finding.rule, ""), words, where, finding.fingerprint, "", "")
        yield [defused(value) for value in row]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader said of a finding."""

    code: str
    document: int
    finding: int
    rule: str
    mark: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Overlooked:
    """What a reader saw and the program did not. In which words stays in the sheet: they are those of the draft."""

    code: str
    document: int
    rule: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that readers wrote. `nameless`: lines for something overlooked that do not say which rule."""

    answers: tuple[Answer, ...]
    overlooked: tuple[Overlooked, ...]
    nameless: int


def filled_in(sheet: Path, titles: Mapping[str, str]) -> Sheet:
    """A sheet, read to its end. `titles`: of each rule that there is.

    Raises ReferralLintError for a sheet that is none of ours, cannot be read, or has a word in it that is no answer.
    """
    answers, overlooked, nameless = [], [], 0
    rules = {name.casefold(): rule for rule, title in titles.items() for name in (title, rule)} | {OTHER: OTHER}
    for number, line in _lines(sheet):
        code, answer = line["code"], line[_HEAD[-2]].lower()
        try:
            document = int(line["document"] or 0)
            if line["finding"].casefold() not in (OVERLOOKED, ""):
                if answer in _YES | _NO:
                    finding = int(line["finding"])
                    answers.append(Answer(code, document, finding, line["rule"], line["mark"], answer in _YES))
                elif answer:
                    raise ReferralLintError("write yes or no, or nothing", sheet, number)
                continue
        except ValueError as fault:
            raise _none_of_ours(sheet) from fault
        if line["rule"]:
            rule = rules.get(line["rule"].casefold())
            if rule is None:
                why = f"there is no rule “{line['rule']}”; write a name from `referral-lint rules`, or {OTHER}"
                raise ReferralLintError(why, sheet, number)
            overlooked.append(Overlooked(code, document, rule))
        elif answer in _YES or line["words"] or line["note"]:
            nameless += 1
    return Sheet(tuple(answers), tuple(overlooked), nameless)


def _lines(sheet: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a sheet by the names of its columns, with their numbers. An earlier version's has no marks."""
    try:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            lines = csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
            head = [name.strip().lower() for name in next(lines)]
            place = {name: head.index(name) for name in _HEAD if name in head or name in _NEEDED}
            for number, line in enumerate(lines, 2):
                if line:
                    yield (
                        number,
                        {name: line[place[name]].strip().strip("'") if name in place else "" for name in _HEAD},
                    )
    except OSError as fault:
        raise ReferralLintError(f"this sheet cannot be read {trouble(fault)}", sheet) from fault
    except (ValueError, IndexError, StopIteration, csv.Error) as fault:
        raise _none_of_ours(sheet) from fault


_NEEDED = {*_HEAD[:3], "rule", _HEAD[-2]}


def _none_of_ours(sheet: Path) -> ReferralLintError:
    return ReferralLintError(f"this is not the sheet {SHEET} with all its columns, saved as CSV in UTF-8", sheet)


def read_back(store: Store, sheet: Sheet) -> str:
    """Keep what readers said, in place of all that was read back of this sample before: what they took back is gone.

    Gives the sentence to say.
    """
    chosen = set(store.db.execute("SELECT file, document FROM sample"))
    found = [_of_the_sample(store.db, answer) for answer in sheet.answers]
    kept = {row[:3]: row for row in found if row is not None}
    seen = [one for one in sheet.overlooked if (one.code, one.document) in chosen]
    unknown = found.count(None) + len(sheet.overlooked) - len(seen)
    lost = f" {unknown} lines are about drafts that changed or were not chosen, and were left out." if unknown else ""
    if unknown and not kept and not seen:
        return f"Nothing was read back: this is the sheet of another sample. What was read back before stays.{lost}"
    before = {row[:3] for row in store.db.execute(f"SELECT file, document, finding {_SAID_OF_THE_SAMPLE}")}
    with store.at_once():
        for table in ("judgement", "overlooked"):
            store.db.execute(f"DELETE FROM {table} {_OF_THE_SAMPLE}")  # noqa: S608
        store.db.executemany("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?)", kept.values())
        rows = [(one.code, one.document, k, one.rule) for k, one in enumerate(seen)]
        store.db.executemany("INSERT INTO overlooked VALUES (?, ?, ?, ?)", rows)
    gone = len(before - set(kept))
    back = (
        f" {gone} earlier answer{'s are' if gone > 1 else ' is'} not in this sheet and counted no longer; "
        "if several people have filled in sheets, put them together in one."
        if gone
        else ""
    )
    if n := sheet.nameless:
        lost += f" {n} {'line' if n == 1 else 'lines'} for something overlooked {'names' if n == 1 else 'name'} no rule and {'was' if n == 1 else 'were'} left out: write one, or {OTHER}."
    agreed = sum(row[-1] for row in kept.values())
    said = f" {in_words(missed(store.db))}" if seen else ""
    return f"Read back: of {len(kept)} findings readers agreed with {agreed}.{said}{lost}{back}"


_OF_THE_SAMPLE = "WHERE (file, document) IN (SELECT file, document FROM sample)"
_SAID_OF_THE_SAMPLE = f"FROM judgement {_OF_THE_SAMPLE}"


def _of_the_sample(db: sqlite3.Connection, one: Answer) -> tuple[Any, ...] | None:
    """The row of an answer; None if what it is about was not chosen, or is not there any more."""
    # By its mark: another version may have numbered it otherwise. A sheet of an earlier one has no marks.
    row = db.execute(
        "SELECT f.finding, weight FROM sample s JOIN finding f USING (file, document) WHERE s.file = ? AND s.document = ? "
        "AND f.rule = ? AND CASE ? WHEN '' THEN f.finding = ? ELSE f.fingerprint = ? END ORDER BY abs(f.finding - ?) LIMIT 1",
        (one.code, one.document, one.rule, one.mark, one.finding, one.mark, one.finding),
    ).fetchone()
    return None if row is None else (one.code, one.document, row[0], one.rule, row[1], one.agrees)


@dataclass(frozen=True, slots=True)
class Missed:
    """What readers saw and the program did not: how often, in how many drafts, and by which rule, the most frequent first."""

    number: int
    drafts: int
    rules: tuple[tuple[str, int, int], ...]  # the rule, how often, in how many drafts


def missed(db: sqlite3.Connection) -> Missed:
    there = db.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'overlooked'"
    ).fetchone()  # not in an earlier version's
    rows = db.execute("SELECT rule, file, document FROM overlooked").fetchall() if there else []
    often = Counter(rule for rule, *_ in rows)
    drafts = Counter(rule for rule, *_ in set(rows))
    ordered = sorted(often.items(), key=lambda pair: (pair[0] == OTHER, -pair[1], pair[0]))
    return Missed(len(rows), len({row[1:] for row in rows}), tuple((rule, n, drafts[rule]) for rule, n in ordered))


def in_words(found: Missed, smallest: int = 1) -> str:
    """What was overlooked in one sentence; of what is in fewer than `smallest` drafts neither number nor rule."""
    if not found.number:
        return "Readers named nothing that was overlooked."
    if small(found.drafts, smallest):
        return f"Overlooked: something in fewer than {smallest} of the drafts that were read."
    away = hidden([[n for _, n, _ in found.rules]], smallest)
    named = [
        f"{'what no rule is for' if rule == OTHER else rule}{'' if (0, j) in away else f' ({n})'}"
        for j, (rule, n, drafts) in enumerate(found.rules)
        if drafts >= smallest
    ]
    said = ", ".join(named[:5])
    return f"Overlooked: {found.number}{f', most often {said}' if said else ', no rule often enough to be named'}."


@dataclass(frozen=True, slots=True)
class Precision:
    """How often readers here agreed with a rule."""

    rule: str
    title: str
    family: str
    severity: str
    judged: int
    agreed: int
    share: Interval  # weighted by how many drafts each chosen one stands for
    drafts: int = 0  # in which the judged findings were


def precision(db: sqlite3.Connection) -> list[Precision]:
    """For each rule that readers judged, the lowest first. Empty if nothing was read back."""
    judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    drafts: dict[str, set[tuple[str, int]]] = defaultdict(set)
    query = "SELECT rule, weight, agrees, file, document FROM judgement ORDER BY file, document, finding"
    for rule, weight, agrees, *draft in db.execute(query):
        judged[rule].append((weight, bool(agrees)))
        drafts[rule].add((draft[0], draft[1]))
    rules: dict[str, tuple[str, str, str]] = {
        r: (t, f, s) for r, t, f, s in db.execute("SELECT rule, title, family, severity FROM rule")
    }
    made = [
        Precision(rule, *rules[rule], len(said), sum(agrees for _, agrees in said), _weighted(said), len(drafts[rule]))
        for rule, said in judged.items()
        if rule in rules
    ]
    return sorted(made, key=lambda one: (one.share.value, one.rule))


def _weighted(said: Sequence[tuple[float, bool]]) -> Interval:
    """The share agreed with, each draft counting for all it stands for; fewer effective ones where weights differ (Kish)."""
    total = sum(weight for weight, _ in said)
    effective = total**2 / sum(weight**2 for weight, _ in said)
    return wilson(effective * sum(weight for weight, agrees in said if agrees) / total, effective)
