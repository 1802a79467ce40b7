"""`referral-lint explain RULE`: what it looks for, why, and the examples that prove it. Words of its message will do, too."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import colour, put, width
from referral_lint.config import Config
from referral_lint.in_force import every_rule
from referral_lint.rules.docs import founding, gravity, rests_on_it, sections
from referral_lint.rules.named import named_or_saying
from referral_lint.rules.rule import Rule
from referral_lint.writers.page.wording import SEVERITIES


@click.command()
@click.argument("rule")
@with_config
def explain(rule: str, settings: Config) -> int:
    """Say what RULE looks for and why, with examples: the words that it means stand in brackets.

    RULE is a rule's name, or words of its message in quotation marks: explain "could be twice a year"
    """
    found = named_or_saying(every_rule(settings)[0], rule)
    put("\n".join(_lines(found, width(), colour())) + "\n")
    return 0


def _lines(rule: Rule, columns: int, coloured: bool) -> Iterator[str]:
    def bold(words: str) -> str:
        return click.style(words, bold=True) if coloured else words

    called = {severity: words.lower() for severity, words in SEVERITIES.items()}
    yield from textwrap.wrap(f"{bold(rule.id)} · {gravity(rule, called)} · {rule.family}", columns)
    yield from textwrap.wrap(rule.title, columns)
    for title, said in sections(rule, lambda words: f"[{words}]"):
        yield ""
        yield bold(title)
        lead = "  - " if len(said) > 1 else "  "
        for line in said:
            yield from textwrap.wrap(line, columns, initial_indent=lead, subsequent_indent=" " * len(lead))
    if rests_on_it(rule):
        yield ""
        yield from textwrap.wrap(founding(), columns)
