"""Many phrases looked for at once: an index by the first letters, so that a text costs one look-up a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.variants import spelled

_WORD = compiled(r"[^\W_]+|£")
_KEY = 2  # letters


class Lexicon:
    """Phrases of named groups. `{a,b}` spells out variants, `*` ends a word in any way, `_` is up to three words."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        by_key: dict[str, dict[str, list[str]]] = {}
        for group, cues in groups.items():
            for cue in cues:
                for variant in spelled(cue):
                    by_key.setdefault(_first(variant)[:_KEY], {}).setdefault(group, []).append(variant)
        self._by_key = {
            key: [(group, tuple({_first(cue) for cue in cues}), _pattern(cues)) for group, cues in entry.items()]
            for key, entry in by_key.items()
        }

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
        """Every phrase that begins between `start` and `end`, with its group, in order of its first word."""
        stop = len(text) if end is None else end
        stretch = text[start:stop]
        lower = stretch.lower()
        groups = self._by_key.get
        for place in _WORD.finditer(lower if len(lower) == len(stretch) else stretch):
            word = place[0]
            for group, firsts, pattern in groups(word[:_KEY], ()):
                if word.startswith(firsts):
                    found = pattern.compiled.match(text, start + place.start(), stop)
                    if found:
                        yield group, Span(*found.span())


def _first(cue: str) -> str:
    """The letters with which the first word of a phrase begins."""
    first: str = _WORD.findall(cue.lower())[0]
    return first


def _pattern(cues: list[str]) -> Sought:
    """Compiled when a text first has a word that begins so."""
    return Sought("|".join(_phrase(cue) for cue in sorted(cues, key=len, reverse=True)), re.I)


def _phrase(cue: str) -> str:
    out = ""
    for word in cue.split():
        if word == "_":
            out += r"(?:\s+[^\s.;,]+){0,3}?"
            continue
        spelled = re.escape(word).replace("'", "['’]?").replace(r"\*", r"[\w'’-]*")
        out += (r"[\s-]+" if out else "") + spelled
    return out + r"(?!\w)"
