"""The notes beside a draft: numbered cards for what to change, lettered ones for questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from referral_lint.model import UNSEEN, BlockKind, Document, Finding, Severity, Span
from referral_lint.writers.page import wording
from referral_lint.writers.page.highlights import Mark, Point
from referral_lint.writers.page.sheet import shown_last

# What matters most, for findings of one severity.
_FAMILIES = (
    "security",
    "identity",
    "missing-statement",
    "accuracy",
    "over-sharing",
    "opinion",
    "ambiguity",
    "acronym",
    "jargon",
)


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as it is shown. `key` joins it to its words; `shown` is false where the page has no words for it."""

    key: str
    label: str
    look: str  # stop | fix | think | waived
    sign: str  # the look in words
    finding: Finding
    words: str
    where: str
    sources: tuple[str, ...]
    related: tuple[tuple[str, str], ...] = ()  # words elsewhere that it is about, and their anchors
    shown: bool = True

    @property
    def says_words(self) -> bool:
        """The message quotes the words itself, so that they need not be said twice."""
        return bool(self.words) and f"“{self.words}”" in self.finding.message

    @property
    def mark(self) -> Mark | None:
        """What to mark in the draft; None for a finding about the whole of it."""
        if self.finding.span is None:
            return None
        rank = -1 if self.look == "waived" else self.finding.severity.rank
        return Mark(self.finding.span, self.key, self.label, self.look, rank)

    @property
    def points(self) -> list[Point]:
        """The anchors that the card's links lead to."""
        return [(span.start, name) for span, (_, name) in zip(self.finding.related, self.related, strict=True)]


def cards(findings: Iterable[Finding], document: Document, prefix: str) -> list[Card]:
    """A card for each finding in the order in which its words are shown: 1, 2, 3 for what to change; a, b, c for questions."""
    made = []
    numbers = {"fix": 0, "think": 0, "waived": 0}
    for finding in sorted(findings, key=lambda f: _shown_at(f, document)):
        look = "waived" if finding.waived else finding.severity.value
        series = "fix" if look == "stop" else look
        numbers[series] += 1
        label = {"fix": str(numbers[series]), "think": letters(numbers[series]), "waived": "✓"}[series]
        made.append(_card(finding, document.text, f"{prefix}-{series}-{numbers[series]}", label, look))
    return made


def _shown_at(finding: Finding, document: Document) -> tuple[tuple[bool, bool, str], Span]:
    span = finding.span or Span(-1, -1)
    return shown_last(_kind(finding, document)), span


def _kind(finding: Finding, document: Document) -> BlockKind | None:
    """What its words stand in, if that is a part of the document."""
    block = document.block_at(finding.span.start) if finding.span else None
    return block.kind if block else None


def _card(finding: Finding, text: str, key: str, label: str, look: str) -> Card:
    related = tuple((shortened(text[s.start : s.end], 60), f"{key}-see-{i}") for i, s in enumerate(finding.related, 1))
    return Card(
        key=key,
        label=label,
        look=look,
        sign="Left as it is" if look == "waived" else wording.SEVERITIES[finding.severity],
        finding=finding,
        words=shortened(finding.text),
        where=wording.where(finding.where),
        sources=tuple(wording.sources(finding)),
        related=related,
    )


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def shortened(text: str, most: int = 140) -> str:
    """Words on one line; a long stretch loses its middle."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most * 2 // 3].rstrip()} … {flat[-most // 4 :].lstrip()}"


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the few things to look at first, and how many more of the same there are."""

    look: str
    words: str
    message: str
    target: str
    more: int


def what_matters(found: Sequence[tuple[Finding, str]], document: Document, most: int = 3) -> list[Matter]:
    """The gravest things, one a rule, from findings with the anchors of their notes. Questions are not among them."""

    def sort(finding: Finding) -> tuple[str, BlockKind | None]:  # a margin comment is not like a deletion
        kind = _kind(finding, document)
        return finding.rule, kind if kind in UNSEEN else None

    grave = [(f, target) for f, target in found if f.severity is not Severity.THINK]
    # What the whole draft leaves unsaid before one empty field of a form.
    grave.sort(key=lambda pair: (-pair[0].severity.rank, _rank(pair[0].family), pair[0].span is not None))
    first: dict[str, Matter] = {}
    for finding, target in grave:
        if finding.rule in first:
            continue
        more = sum(1 for f, _ in grave if sort(f) == sort(finding)) - 1
        words = shortened(finding.text, 60)
        first[finding.rule] = Matter(finding.severity.value, words, finding.message, target, more)
    return list(first.values())[:most]


def _rank(family: str) -> int:
    return _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
