"""Whose information of which sort the draft shares, as a small table: a row a sort, a column a role."""

from __future__ import annotations

from dataclasses import dataclass, replace

from referral_lint.model import DocumentReport, Sharing
from referral_lint.writers.page import wording
from referral_lint.writers.page.notes import shortened

_ORDER = {"unexpected": 0, "explain": 1, "explained": 2, "needed": 3}
ROLES = ("child", "sibling", "parent", "partner", "relative", "adult", "third-party", "professional", "unknown")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shared about one role in one category: `look`, the look in words, and a few of the words found."""

    look: str
    standing: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    roles: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Entry | None, ...]], ...] = ()  # category, an entry (or None) a role
    readers: tuple[tuple[str, bool], ...] = ()  # who receives it, and whether that is outside the organisation


def table(report: DocumentReport) -> Table:
    """The table of a draft; what may need a word of explanation stands first."""
    found: dict[str, dict[str, Entry]] = {}
    for sharing in report.sharing:
        entries, entry = found.setdefault(sharing.category, {}), _entry(sharing, report.document.text)
        entries[sharing.who] = _graver(entries.get(sharing.who, entry), entry)
    roles = sorted({who for entries in found.values() for who in entries}, key=_place)
    rows = sorted(found.items(), key=lambda row: min(_ORDER[entry.look] for entry in row[1].values()))
    return Table(
        tuple(wording.plain("roles", role) for role in roles),
        tuple((wording.plain("categories", name), tuple(entries.get(r) for r in roles)) for name, entries in rows),
        tuple(dict.fromkeys((p.name or p.address, p.outside) for p in report.recipients if p.name or p.address)),
    )


def _place(role: str) -> int:
    name = role.replace("_", "-")
    return ROLES.index(name) if name in ROLES else len(ROLES)


def _graver(one: Entry, other: Entry) -> Entry:
    """Of two entries for one role and category the one that asks more, with the words of both, its own first."""
    first, second = sorted((one, other), key=lambda entry: _ORDER[entry.look])
    return replace(first, words=tuple(dict.fromkeys((*first.words, *second.words)))[:3])


def _entry(sharing: Sharing, text: str) -> Entry:
    look, standing = wording.STANDINGS.get((sharing.standing, sharing.explained), ("explain", sharing.standing))
    words = dict.fromkeys(shortened(text[s.start : s.end], 30) for s in sharing.spans)
    return Entry(look, standing, tuple(words)[:3])
