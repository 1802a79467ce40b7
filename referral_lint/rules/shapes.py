"""What may stand behind a key of a rule file: a shape says what is wrong with a value, and where in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

Place = tuple[Any, ...]  # keys, and numbers of entries, that lead to a value
Fault = tuple[Place, str]  # where it is, and what is wrong there: the end of a sentence
Shape = Callable[[Any], Iterator[Fault]]


class Key(NamedTuple):
    """A key of a mapping: what stands behind it, and whether it may be left out."""

    shape: Shape
    needed: bool = True


def text(value: Any) -> Iterator[Fault]:
    """Words, at least one."""
    if not isinstance(value, str):
        yield (), "must be a text: put it in quotes"
    elif not value.strip():
        yield (), "must not be empty"


def flag(value: Any) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield (), "must be true or false"


def probability(value: Any) -> Iterator[Fault]:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        yield (), "must be a number from 0 to 1"


def day(value: Any) -> Iterator[Fault]:
    """A day, which YAML may have read as one."""
    try:
        date.fromisoformat(str(value))
    except ValueError:
        yield (), "must be a day, such as 2026-11-20"


def table(value: Any) -> Iterator[Fault]:
    """Any keys with any values."""
    if not isinstance(value, Mapping):
        yield (), "must be keys with values"


def one_of(names: Iterable[str] | Callable[[], Iterable[str]]) -> Shape:
    """One of these words; a function, if what knows them is not to be read before somebody asks."""

    def faults(value: Any) -> Iterator[Fault]:
        known = list(names() if callable(names) else names)
        if value not in known:
            yield (), f"cannot be {value!r}: it is one of {', '.join(known)}"

    return faults


def listed(shape: Shape, least: int = 0) -> Shape:
    """A list, each entry of this shape."""

    def faults(value: Any) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield (), "must be a list: put “- ” before each entry"
        elif len(value) < least:
            yield (), f"needs at least {('no', 'one entry', 'two entries')[least]}"
        else:
            yield from (((i, *place), why) for i, one in enumerate(value) for place, why in shape(one))

    return faults


def one_or_listed(shape: Shape) -> Shape:
    """A value, or a list of such."""
    several = listed(shape, 1)
    return lambda value: (several if isinstance(value, list) else shape)(value)


def mapping(keys: Mapping[str, Key]) -> Shape:
    """These keys, each with its shape, and no other."""

    def faults(value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield (), f"must be keys with values: {', '.join(keys)}"
            return
        for key in value:
            if key not in keys:
                yield (key,), f"is not known here: the keys are {', '.join(keys)}"
        for key, (shape, needed) in keys.items():
            if key in value:
                yield from (((key, *place), why) for place, why in shape(value[key]))
            elif needed:
                yield (), f"lacks {key!r}"

    return faults


def each(names: Iterable[str], shape: Shape) -> Shape:
    """Any of these names, each with a value of this shape."""
    return mapping({name: Key(shape, needed=False) for name in names})
