"""Prints the rules: what `explain` says of one, and the reference of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from referral_lint.facts import facts
from referral_lint.model import Severity
from referral_lint.rules.conditions import CONDITIONS
from referral_lint.rules.rule import Condition, Example, Rule, Variant
from referral_lint.rules.said import in_words
from referral_lint.rules.schema import PATTERNS

Mark = Callable[[str], str]
Section = tuple[str, Sequence[str]]

_BY_MODEL = "By the trained network in models/wording: words that a reviewer would mark with the label {label}, as it and the rest of the draft tell, from a probability of {threshold} on."


def sections(rule: Rule, mark: Mark) -> Iterator[Section]:
    """Everything that is to be said of a rule, as titles with their lines. `mark` shows the words that are meant."""
    yield "What it looks for", [_flat(rule.flags)]
    if rule.kind == "model":
        yield "How it looks", [_BY_MODEL.format(**rule.matcher)]
    yield "What it says", [_flat(rule.message), *(_of_variant(v, v.message) for v in rule.variants)]
    yield "What to write instead", [_flat(rule.suggestion), *(_of_variant(v, v.suggestion) for v in rule.variants)]
    yield "Why", [_flat(rule.why)]
    yield "Where this comes from", sources(rule)
    for title, lines in (
        ("Only where", [_words_of(condition) for condition in rule.when]),
        ("It stays silent where", [_words_of(condition) for condition in rule.unless]),
        ("It never looks at", [_flat(line) for line in rule.never]),
        ("It finds", [_marked(example, mark) for example in rule.bad]),
        ("It leaves alone", [_marked(example, mark) for example in rule.good]),
        ("It does not find yet", [_marked(example, mark) for example in rule.known_misses]),
    ):
        if lines:
            yield title, lines


def gravity(rule: Rule, called: Mapping[Severity, str]) -> str:
    """How grave a finding of the rule is, in these words, and where it is graver or milder than that."""
    otherwise = (f"{called[severity]} where {_words_of(condition)}" for condition, severity in rule.severity_when)
    return "; ".join([called[rule.severity], *otherwise])


def sources(rule: Rule) -> list[str]:
    """Where the rule's reason comes from, in words; a code that nobody explained stays as it is."""
    known = facts("report_words.yaml")["sources"]
    return [known.get(code, code) for code in _codes(rule)]


def founding() -> str:
    """Which document "Guidance on information sharing" is."""
    return str(facts("report_words.yaml")["guidance"])


def rests_on_it(rule: Rule) -> bool:
    """Does the rule cite that document?"""
    return not set(facts("guidance.yaml")["lines"]).isdisjoint(_codes(rule))


def markdown(rules: Iterable[Rule]) -> str:
    """The reference of these rules, and which of them answer each line of the guidance."""
    every = sorted(rules, key=lambda rule: (rule.family, rule.id))
    lines = ["# The rules", "", "Made by `referral-lint rules --markdown` from the rule files themselves.", ""]
    for family, members in groupby(every, key=lambda rule: rule.family):
        lines += [f"## {family}", ""]
        for rule in members:
            lines += _entry(rule)
    lines += ["## The guidance, line by line", "", founding(), "", "| | the guidance says | rules |", "|---|---|---|"]
    lines += [f"| {code} | {words} | {answer} |" for code, words, answer in guidance(every)]
    return "\n".join(lines) + "\n"


def guidance(rules: Iterable[Rule]) -> Iterator[tuple[str, str, str]]:
    """Each line of the guidance: its code, its words, and the rules and other things that answer it ("" if nothing)."""
    table, known = facts("guidance.yaml"), facts("report_words.yaml")["sources"]
    every = list(rules)
    for code in table["lines"]:
        # What cites the whole of a line answers its parts too.
        answers = [f"`{rule.id}`" for rule in every if code in _codes(rule) or code.rstrip("abcd") in _codes(rule)]
        otherwise = table["otherwise"].get(code)
        words = known[code].partition(": ")[2] or known[code].partition(", ")[2]
        yield code, words, "; ".join(part for part in (", ".join(answers), otherwise) if part)


def _entry(rule: Rule) -> list[str]:
    grave = gravity(rule, {severity: f"*{severity.value}*" for severity in Severity})
    lines = [f"### {rule.id}", "", f"{grave} · {_flat(rule.title)}", ""]
    for title, said in sections(rule, lambda words: f"**{words}**"):
        lines += [f"{title}:", "", *(f"- {_escaped(line)}" for line in said), ""]
    return lines


def _codes(rule: Rule) -> list[str]:
    return [code.strip() for code in rule.source.split("·")]


def _words_of(condition: Condition) -> str:
    if condition.name in CONDITIONS:
        return CONDITIONS[condition.name].words
    return PATTERNS[condition.name].format(in_words(condition.pattern))


def _of_variant(variant: Variant, said: str) -> str:
    return f"{_flat(said)} (where {_words_of(variant.where)})"


def _marked(example: Example, mark: Mark) -> str:
    out, at = "", 0
    for start, end in sorted(example.spans):
        out += example.text[at:start] + mark(example.text[start:end])
        at = end
    setting = ", ".join(f"{key}: {_plain(value)}" for key, value in example.context.items())
    return _flat(out + example.text[at:]) + (f" ({setting})" if setting else "")


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """So that a page shows the pattern or example as it is; the marks of the words in question stay."""
    return text.replace("<", "&lt;").replace("_", "\\_")
