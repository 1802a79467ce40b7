"""The kind `term`: words of a table, each with plain words to put in its place, unless the text explains them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.facts import rows
from referral_lint.model import Severity, Span
from referral_lint.patterns import compiled
from referral_lint.rules import phrases
from referral_lint.rules.phrases import Phrases, longest
from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.spell import spelled
from referral_lint.understanding import agencies

if TYPE_CHECKING:
    from referral_lint.language import Pipeline
    from referral_lint.understanding.draft import Draft

_GLOSS = compiled(
    r"['’\"”]?(?: ?\((?=[^()\n]*[^\W\d_]+ [^\W\d_]+ [^\W\d_])[^()\n]{9,}\)|,? (?:that is|which means|meaning|by which I mean|i\.e\.?|ie|in other words|in plain words)\b"
    r"| of the [A-Z]|, often called\b"
    r"|:? ?[–—-] (?=(?:that|he|she|they|it|the|so|this|when)\b))"
)
_LONG = compiled(r"\b[a-z]{8,}\b")
_BETWEEN = compiled(r"(?:,? (?:and|or|with|at|of|in|to|but|&) |, |/|-| )(?:(?:a|an|the|his|her|their) )?")
_NAMED = compiled(
    r"(?:\w[\w ,'’]{8,}\(|\b(?:called|known as|(?:we|they|staff|doctors|clinicians|teachers|therapists|workers|people) call(?: it| this)?|(?:name|word|term) for (?:this|it|that) is|the (?:term|word)s?(?: for this)? is|termed|named) ?(?:an? )?[“\"‘']?)$"
)


def terms(rules: Sequence[Rule], pipeline: Pipeline) -> Callable[[Draft], Iterable[Match]]:
    """Finds the terms of each rule's table, and words with the endings that it names."""
    built = [(rule, _index(rule, pipeline)) for rule in rules]

    def find(draft: Draft) -> Iterator[Match]:
        for rule, index in built:
            found = (
                p for p in index.find(draft.doc) if _holds_in(draft.setting.nation, p.label) and _is_meant(draft, p)
            )
            placed = [(phrase.span, phrase.label) for phrase in longest(found)]
            placed += _learned(rule, draft, [span for span, _ in placed])
            kept = [(span, row) for span, row in sorted(placed, key=_place) if not is_explained(draft.text, span)]
            for together in _neighbours(draft, kept):
                yield _match(rule, draft, together)

    return find


Entry = dict[str, str]
Placed = tuple[Span, Entry]


def _place(placed: Placed) -> Span:
    return placed[0]


def _neighbours(draft: Draft, placed: list[Placed]) -> Iterator[list[Placed]]:
    """Terms that stand within a word or two of each other are one remark."""
    together: list[Placed] = []
    for entry in placed:
        if together and not _BETWEEN.fullmatch(draft.text, together[-1][0].end, entry[0].start):
            yield together
            together = []
        together.append(entry)
    if together:
        yield together


def _index(rule: Rule, pipeline: Pipeline) -> Phrases[Entry]:
    entries = ((row, words) for row in rows(rule.matcher["table"]) for words in spelled(row["term"]))
    return Phrases(entries, pipeline.light.tokens)


def _holds_in(nation: str, row: Entry) -> bool:
    """What a row says may be so in some nations only."""
    return nation in row.get("nations", nation)


def _is_meant(draft: Draft, found: phrases.Placed[Entry]) -> bool:
    """“Plugged”, “rooting”, “diverted” are everyday words, too: the row says which words beside them make them the trade's."""
    beside = found.label.get("beside")
    return not beside or draft.has(_words(beside), draft.sentence_at(found.span.start))


@cache
def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{pattern})(?!\w)")


def _learned(rule: Rule, draft: Draft, taken: list[Span]) -> Iterator[Placed]:
    """Long words with a learned beginning or ending that ordinary English does not have."""
    endings, beginnings = tuple(rule.matcher.get("endings", ())), tuple(rule.matcher.get("beginnings", ()))
    if not endings and not beginnings:
        return
    ordinary = tuple(rule.matcher.get("ordinary", ()))
    for word in _LONG.finditer(draft.text):
        low = word[0]
        if (low.endswith(endings) or low.startswith(beginnings)) and not low.startswith(ordinary):
            span = Span(*word.span())
            if not any(t.start <= span.start < t.end for t in taken):
                yield span, {"plain": "", "sector": "health", "ask": "fix"}


def _match(rule: Rule, draft: Draft, placed: list[Placed]) -> Match:
    shared = all(_own_trade(draft, row["sector"]) for _, row in placed)
    asked = shared or all(row["ask"] == "think" or _own_trade(draft, row["sector"]) for _, row in placed)
    span = Span(placed[0][0].start, placed[-1][0].end)
    plain = _plain(draft, placed)
    severity = Severity.THINK if asked else None
    fields = {"plain": plain} | ({"shared": "yes"} if shared else {})
    return Match(rule, span, fields, severity=severity, suggestion=None if plain else _NO_MEANING)


_NO_MEANING = "Say it in everyday words, or explain it in brackets."


def _plain(draft: Draft, placed: list[Placed]) -> str:
    """What the terms mean; of several each with its own words before it."""
    meanings = {row["plain"]: draft.words(span) for span, row in placed if row["plain"]}
    if len(meanings) > 1:
        return "; ".join(f"“{term}” is {plain}" for plain, term in meanings.items())
    return "".join(meanings)


def is_explained(text: str, span: Span) -> bool:
    """A gloss stands right behind the words, or the words stand in brackets behind plain ones."""
    before = text[max(0, span.start - 60) : span.start].rsplit("\n", 1)[-1]
    return _GLOSS.match(text, span.end, span.end + 200) is not None or _NAMED.search(before) is not None


def _own_trade(draft: Draft, sector: str) -> bool:
    """Do sender and receiver both work where this is everyday language?"""
    if not draft.recipients or draft.sender is None:
        return False
    both = {draft.sender.agency, draft.recipients[0].agency}
    return both == {agencies.trade(sector)}
