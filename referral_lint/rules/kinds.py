"""The kinds of rules: a closed set. Each turns the rules of its kind into one finder over a draft."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from referral_lint.errors import RuleError
from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.phrasing import listed
from referral_lint.rules.frames import Frame
from referral_lint.rules.phrases import Phrases, Placed
from referral_lint.rules.phrases import longest as longest_phrases
from referral_lint.rules.registry import CHECKS
from referral_lint.rules.rule import Match, Rule
from referral_lint.rules.spell import spelled
from referral_lint.rules.terms import terms
from referral_lint.understanding.edges import with_rest
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.taken import Taken
from referral_lint.understanding.wording.network import LABELS

if TYPE_CHECKING:
    from referral_lint.language import Pipeline
    from referral_lint.understanding.draft import Draft

Finder = Callable[["Draft"], Iterable[Match]]


def phrases(rules: Sequence[Rule], pipeline: Pipeline) -> Finder:
    """Of overlapping phrases of one rule the longest."""
    entries = [(rule, p) for rule in rules for phrase in rule.matcher["phrases"] for p in spelled(phrase)]
    index = Phrases(entries, pipeline.light.tokens)

    def find(draft: Draft) -> Iterator[Match]:
        by_rule: dict[str, list[Placed[Rule]]] = {}
        for placed in index.find(draft.doc):
            by_rule.setdefault(placed.label.id, []).append(placed)
        for found in by_rule.values():
            yield from (Match(placed.label, placed.span) for placed in longest_phrases(found))

    return find


def frames(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    """Frames by anchor word: only the sentences that hold an anchor are looked at."""
    every: list[tuple[Rule, Frame]] = []
    by_anchor: dict[str, list[int]] = {}
    for rule in rules:
        for text in rule.matcher["frames"]:
            try:
                frame = Frame(text)
            except (ValueError, re.error) as fault:
                raise RuleError(f"bad frame: {fault}", rule.path, rule.lines.get("frames", 1), 1) from fault
            for anchor in frame.anchors:
                by_anchor.setdefault(anchor, []).append(len(every))
            every.append((rule, frame))

    def find(draft: Draft) -> Iterator[Match]:
        by_sentence: dict[Span, list[str]] = {}
        for word in by_anchor.keys() & draft.word_places.keys():
            for sentence in {draft.sentence_at(offset) for offset in draft.word_places[word]}:
                by_sentence.setdefault(sentence, []).append(word)
        found: dict[str, tuple[Rule, set[Span]]] = {}
        for sentence, anchors in by_sentence.items():
            words = draft.words_of(sentence)
            for number in {number for anchor in anchors for number in by_anchor[anchor]}:
                rule, frame = every[number]
                if frame.may_match(words):
                    found.setdefault(rule.id, (rule, set()))[1].update(frame.spans(draft.text, sentence))
        for rule, spans in found.values():
            yield from (Match(rule, span) for span in longest(spans))

    return find


def longest(spans: Iterable[Span]) -> list[Span]:
    """Of overlapping spans the longest, in order."""
    kept: list[Span] = []
    taken = Taken()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not taken.overlaps(span):
            kept.append(span)
            taken.add(span)
    return sorted(kept)


def regexes(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    every = [(rule, [_pattern(rule, p) for p in rule.matcher["patterns"]]) for rule in rules]

    def find(draft: Draft) -> Iterator[Match]:
        for rule, patterns in every:
            taken = Taken()
            for pattern in patterns:
                for found in draft.searched.every(pattern):
                    span = Span(*found.span("words" if "words" in found.re.groupindex else 0))
                    if span.end > span.start and not taken.overlaps(span):
                        taken.add(span)
                        yield Match(rule, span, {k: v or "" for k, v in found.groupdict().items()})

    return find


def _pattern(rule: Rule, pattern: str) -> Sought:
    sought = Sought(pattern, re.I)
    try:
        sought.needles  # noqa: B018  (reads the pattern: a broken one must fail when it is loaded)
        return sought
    except re.error as fault:
        raise RuleError(f"bad pattern {pattern!r}: {fault}", rule.path, rule.lines.get("patterns", 1), 1) from fault


def tokens(rules: Sequence[Rule], pipeline: Pipeline) -> Finder:
    from spacy.matcher import Matcher

    assert pipeline.nlp is not None  # asked for in `needs`
    matcher = Matcher(pipeline.nlp.vocab)
    by_id = {rule.id: rule for rule in rules}
    for rule in rules:
        try:
            matcher.add(rule.id, list(rule.matcher["patterns"]), greedy="LONGEST")
        except ValueError as fault:
            message = f"bad token pattern: {str(fault).splitlines()[0]}"
            raise RuleError(message, rule.path, rule.lines.get("patterns", 1), 1) from fault

    def find(draft: Draft) -> Iterator[Match]:
        for span in matcher(draft.doc.spacy, as_spans=True):
            yield Match(by_id[span.label_], Span(span.start_char, span.end_char))

    return find


def statements(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    """A statement that is absent (of several: all of them; with `any`, one of them): a finding about the document."""
    told = facts("statement_words.yaml")["statements"]

    def find(draft: Draft) -> Iterator[Match]:
        for rule in rules:
            names = _names(rule)
            absent = [name for name in names if draft.statement(name).missing]
            if absent and (len(absent) == len(names) or rule.matcher.get("any")):
                yield Match(rule, None, {"missing": listed([told[name].get("about", name) for name in absent])})

    return find


def _names(rule: Rule) -> list[str]:
    named = rule.matcher["statement"]
    return [named] if isinstance(named, str) else list(named)


def sharing(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    """Information that the purpose does not need, and that no reason stands beside."""
    categories = facts("categories.yaml")["categories"]

    def find(draft: Draft) -> Iterator[Match]:
        for row in draft.sharing:
            if row.explained:
                continue
            for rule in rules:
                wants = rule.matcher
                entry = categories[row.category]
                if (
                    row.standing in wants["standing"]
                    and entry["sensitivity"] in wants.get("sensitivity", (entry["sensitivity"],))
                    and row.who in wants.get("who", (row.who,))
                    and row.who not in wants.get("not_who", ())
                    and row.category in wants.get("category", (row.category,))
                    and row.category not in wants.get("not_category", ())
                ):
                    for span in row.spans:
                        yield Match(rule, span, {"category": entry["label"], "who": row.who})

    return find


def models(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    """Stretches that a reviewer would mark with the rule's label with at least the rule's threshold as probability."""
    for rule in rules:
        if rule.matcher["label"] not in LABELS:
            message = f"there is no label {rule.matcher['label']!r}: one of {', '.join(LABELS)}"
            raise RuleError(message, rule.path, rule.lines.get("label", 1), 1)

    def find(draft: Draft) -> Iterator[Match]:
        for rule in rules:
            for span in draft.wording.spans(rule.matcher["label"], rule.matcher["threshold"]):
                whole = with_rest(draft.text, span, draft.sentence_at(span.start).end)
                yield Match(rule, _with_amount(draft.text, whole))

    return find


# Before “days ago”: how many.
_AMOUNT = compiled(
    r"(?i)(?:\b(?:about|around|nearly|almost|over|just) )?(?<![\w.,/-])(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|some|several|(?:a )?(?:few|couple(?: of)?))(?: (?:days?|weeks?|wks?|months?|mths?|years?|yrs?|hours?|minutes?|mins?|nights?))? $"
)
_AGO = compiled(r"(?i)(?:(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|hours?|minutes?|mins?|nights?) )?ago\b")


def _with_amount(text: str, span: Span) -> Span:
    """“3 days ago” as a whole, where the network begins it at “days” or “ago”."""
    found = _AGO.match(text, span.start) and _AMOUNT.search(text, max(0, span.start - 40), span.start)
    return Span(found.start(), span.end) if found else span


def python(rules: Sequence[Rule], _pipeline: Pipeline) -> Finder:
    """The checks that data cannot say."""
    pairs = []
    for rule in rules:
        name = rule.matcher["check"]
        if name not in CHECKS:
            message = f"there is no check {name!r}: one of {', '.join(CHECKS)}"
            raise RuleError(message, rule.path, rule.lines.get("check", 1), 1)
        module, function = CHECKS[name].function.split(":")
        pairs.append((rule, getattr(importlib.import_module(f"referral_lint.checks.{module}"), function)))

    def find(draft: Draft) -> Iterator[Match]:
        for rule, check in pairs:
            yield from check(draft, rule)

    return find


BUILDERS: dict[str, Callable[[Sequence[Rule], Pipeline], Finder]] = {
    "phrase": phrases,
    "frame": frames,
    "term": terms,
    "regex": regexes,
    "token": tokens,
    "statement": statements,
    "sharing": sharing,
    "model": models,
    "python": python,
}


def needs(rules: Iterable[Rule]) -> set[str]:
    """What the rules ask of the pipeline. Patterns over tokens are spaCy's."""
    every = list(rules)
    own = {"spacy"} if any(rule.kind == "token" for rule in every) else set()
    return own.union({"names"}, *(rule.needs for rule in every))


def build(rules: Iterable[Rule], pipeline: Pipeline) -> list[tuple[str, Finder]]:
    """One finder a kind, over all rules of that kind, with what it is called; of checks one each, so that none stops another.

    Raises RuleError for a pattern that does not compile.
    """
    groups: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        name = f"the rule {rule.id}" if rule.kind == "python" else f"the {rule.kind} rules"
        groups.setdefault((rule.kind, name), []).append(rule)
    return [(name, BUILDERS[kind](group, pipeline)) for (kind, name), group in groups.items()]
