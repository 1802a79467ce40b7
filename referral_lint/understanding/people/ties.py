"""Which names are one person: full name, first name, surname with a title, “SURNAME, First”."""

from __future__ import annotations

from dataclasses import dataclass, field

from referral_lint.understanding.people.candidates import Name
from referral_lint.understanding.people.words import gender


@dataclass
class Group:
    """The names of one person. `first` and `last` are lower-case words, empty while unknown."""

    first: str = ""
    last: str = ""
    sex: str = ""  # he | she | ""
    names: list[Name] = field(default_factory=list)

    @property
    def fullest(self) -> str:
        best = max(self.names, key=lambda n: (len(n.words), not all(w.isupper() for w in n.words)))
        return " ".join(best.words) if len(best.words) > 1 or not best.title else f"{best.title} {best.words[0]}"


def tie(names: tuple[Name, ...]) -> list[Group]:
    """Groups of names, one a person, in order of their first mention. Full names are looked at first."""
    groups: list[Group] = []
    for name in sorted(names, key=lambda n: (len(n.words) < 2, n.span)):
        first, last = _parts(name)
        sex = gender(name.title) if name.title else ""
        group = _match(groups, first, last, sex)
        if group is None:
            group = Group(first, last, sex)
            groups.append(group)
        group.first, group.last, group.sex = group.first or first, group.last or last, group.sex or sex
        group.names.append(name)
    for group in groups:
        group.names.sort(key=lambda n: n.span)
    return sorted(groups, key=lambda g: g.names[0].span)


def _parts(name: Name) -> tuple[str, str]:
    words = [w.lower() for w in name.words]
    if len(words) == 1:
        return (
            ("", words[0]) if name.title and not name.title.lower().startswith(("nurse", "sister")) else (words[0], "")
        )
    if name.words[0].isupper() and len(words[0]) > 2 and not name.words[-1].isupper():
        return words[1], words[0]  # ENTWISTLE Roland
    return words[0], words[-1]


def _match(groups: list[Group], first: str, last: str, sex: str) -> Group | None:
    def fits(group: Group) -> bool:
        return not (sex and group.sex and sex != group.sex)

    if first and last:
        return next((g for g in groups if g.first and _same(g.first, first) and g.last in (last, "")), None)
    if first:
        return next((g for g in groups if g.first == first), None) or next(
            (g for g in groups if g.last == first or (g.first and _short(first, g.first))), None
        )
    return next((g for g in groups if g.last == last and g.sex == sex and not g.first), None) or next(
        (g for g in groups if g.last == last and fits(g) and not _child(g)), None
    )


def _child(group: Group) -> bool:
    """A person whom nothing gives a title is no “Mrs”: a surname with a title is then somebody else's."""
    return bool(group.first) and not group.sex


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


def _short(short: str, long: str) -> bool:
    return (
        len(short) >= 3
        and len(long) - len(short) >= 2
        and (long.startswith(short) or (short.endswith(("ie", "y")) and len(short) > 3 and long.startswith(short[:-2])))
    )
