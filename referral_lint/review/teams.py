"""Which team a draft is from: its folder, a pattern in its file's name, or its sender."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from referral_lint.errors import ReferralLintError
from referral_lint.review.persons import is_called
from referral_lint.review.privacy import Names, words_of
from referral_lint.review.store import Store
from referral_lint.review.walk import Found

NONE = "No team"


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of the labels: which ones read as a person's name, and how many of the files no pattern fitted."""

    persons: tuple[str, ...] = ()
    unfitted: int = 0
    files: int = 0

    @property
    def note(self) -> str:
        """For the page, which names nobody; "" if there is nothing to say."""
        if not self.persons:
            return ""
        one = len(self.persons) == 1
        return (
            f"{len(self.persons)} {'team is' if one else 'teams are'} called as a person is, and {'is' if one else 'are'} "
            f"not shown as {'one' if one else 'such'}: no figure here is about a person. The drafts count in all others."
        )

    @property
    def sentences(self) -> Iterator[str]:
        """For whoever started the review."""
        if self.persons:
            named = ", ".join(f"“{label}”" for label in self.persons[:5]) + (" …" if len(self.persons) > 5 else "")
            yield f"{self.note} ({named}.) If that is no person, add a word such as Team or School, or use --team."
        if self.unfitted == self.files and self.files:
            yield "--team: the pattern fits the name of no file, so there are no teams."
        elif self.unfitted:
            yield f"--team: the pattern does not fit {self.unfitted:,} of {self.files:,} files; they stand under “{NONE}”."


@dataclass(frozen=True, slots=True)
class Teams:
    """`by`: "folder" (the first below the reviewed one), "sender", or a pattern whose first group names the team."""

    by: str = "folder"

    def __post_init__(self) -> None:
        if self.by not in ("folder", "sender"):
            try:
                groups = re.compile(self.by).groups
            except re.error as fault:
                raise ReferralLintError(f"--team: this is not a pattern ({fault})") from fault
            if groups != 1:
                raise ReferralLintError("--team: a pattern needs one pair of brackets around the part that is the team")

    def of(self, name: str, domain: str = "", agency: str = "") -> str:
        """The team of a file, or for "sender" of a document in it."""
        if self.by == "sender":
            return domain or agency or NONE
        if self.by == "folder":
            parts = PurePosixPath(name).parts
            return parts[0] if len(parts) > 1 else NONE
        # A pattern is for the file's name; one that looks for folders finds them in the whole path.
        found = re.search(self.by, PurePosixPath(name).name) or re.search(self.by, name)
        return found[1].strip() if found and found[1] else NONE

    def assign(self, found: Iterable[Found], store: Store, names: Names) -> Assigned:
        """Write the team of every document. A label that names somebody whom drafts are about is masked, and one that
        reads as anybody else's name is no team: no figure is about a person.
        """
        if self.by == "sender":
            rows = store.db.execute("SELECT DISTINCT sender_domain, sender_agency FROM document").fetchall()
            store.db.executemany(
                "UPDATE document SET team = ? WHERE sender_domain = ? AND sender_agency = ?",
                [(self.of("", *row), *row) for row in rows],
            )
            return Assigned()
        labels = {names.code("file", one.name): (one.name, self.of(one.name)) for one in found}
        shown = self._shown(labels, store, names)
        persons = sorted(label for label, team in shown.items() if team == label and is_called(label))
        shown.update(dict.fromkeys(persons, NONE))
        store.db.executemany(
            "UPDATE document SET team = ? WHERE file = ?", [(shown[label], code) for code, (_, label) in labels.items()]
        )
        by_pattern = self.by != "folder"
        return Assigned(
            tuple(persons), sum(label == NONE for _, label in labels.values()) if by_pattern else 0, len(labels)
        )

    def _shown(self, labels: dict[str, tuple[str, str]], store: Store, names: Names) -> dict[str, str]:
        files, personal = Counter(label for _, label in labels.values()), Counter[str]()
        for code, places in store.db.execute("SELECT file, personal FROM file WHERE personal <> ''"):
            name, label = labels.get(code, ("", ""))
            words = words_of(name)
            named = {words[int(place)] for place in places.split()}
            personal[label] += bool(named & set(words_of(label)))
        return {label: names.team(label, personal=2 * personal[label] >= n) for label, n in files.items()}
