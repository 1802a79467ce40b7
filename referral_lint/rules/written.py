"""A rule file as it was written: what it holds, and at which line and column each part of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from referral_lint.errors import RuleError, trouble
from referral_lint.facts import LOADER
from referral_lint.rules.shapes import Fault, Place


class Written:
    """Raises RuleError if it cannot be read, is not valid YAML, is no mapping or says something twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            loader = LOADER(path.read_bytes())
            self._root = loader.get_single_node()
            data = loader.construct_document(self._root) if self._root else None
        except OSError as fault:
            raise RuleError(f"this file cannot be read {trouble(fault)}", path) from fault
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise RuleError(f"not valid YAML: {getattr(fault, 'problem', fault)}", path, *place) from fault
        if not isinstance(data, dict):
            raise RuleError("a rule file is a mapping of keys to values", path, 1, 1)
        self.data: dict[str, Any] = data
        for key in _twice(self._root):
            raise RuleError(f"{key.value!r} stands here twice", path, *_position(key))

    def at(self, place: Place) -> tuple[int, int]:
        """Line and column of a part; of what is not there, of what it is missing in."""
        return self._found(place)[1]

    def lines(self, place: Place = ()) -> dict[str, int]:
        """The line of each part that stands there: by key, or by number in a list."""
        return {name: _position(part)[0] for name, part, _ in _parts(self._found(place)[0])}

    def _found(self, place: Place) -> tuple[Any, tuple[int, int]]:
        node, position = self._root, (1, 1)
        for step in place:
            for name, part, value in _parts(node):
                if name == str(step):
                    node, position = value, _position(part)
                    break
            else:
                break
        return node, position

    def wrong(self, place: Place, why: str) -> RuleError:
        """A mistake at this place, in one sentence."""
        return RuleError(f"{_called(place)} {why}", self.path, *self.at(place))

    def refuse(self, faults: Iterator[Fault]) -> None:
        """Raises RuleError for the first fault, if there is one."""
        for place, why in faults:
            raise self.wrong(place, why)


def _called(place: Place) -> str:
    """What a sentence calls a part: by its key, or as an entry of the list that a key has."""
    keys = [step for step in place if not isinstance(step, int)]
    if not keys:
        return "the rule"
    return f"an entry of {keys[-1]!r}" if isinstance(place[-1], int) else repr(keys[-1])


def _parts(node: Any) -> Iterator[tuple[str, Any, Any]]:
    """The parts of a mapping or a list: key or number, the node where it begins, and the node of its value."""
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(i), one, one) for i, one in enumerate(node.value))


def _twice(node: Any, depth: int = 2) -> Iterator[Any]:
    """Keys that stand twice in one mapping, of which YAML would keep the last in silence."""
    seen = set()
    for name, part, value in _parts(node):
        if name in seen:
            yield part
        seen.add(name)
        if depth > 1:
            yield from _twice(value, depth - 1)


def _position(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
