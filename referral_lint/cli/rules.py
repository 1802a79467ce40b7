"""`referral-lint rules`: which rules there are; `rules test` runs their examples."""

from __future__ import annotations

from pathlib import Path

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.in_force import every_rule, rules_in_force
from referral_lint.rules.named import named


@click.group(invoke_without_command=True)
@click.option("--markdown", is_flag=True, help="The whole reference, with examples and what each rule rests on.")
@with_config
@click.pass_context
def rules(context: click.Context, markdown: bool, settings: Config) -> int:
    """List the rules: name, severity, family, title."""
    context.obj = settings
    if context.invoked_subcommand is None:
        put(_reference(settings) if markdown else _table(settings))
    return 0


@rules.command("test")
@click.argument("names", nargs=-1, metavar="[RULE…]")
@click.pass_obj
def test(settings: Config, names: tuple[str, ...]) -> int:
    """Run the examples of every rule, or of those named. Ends with 2 if one does not do what its rule says."""
    chosen, _ = every_rule(settings)
    if names:
        chosen = tuple(named(chosen, name) for name in names)
    from referral_lint.rules.examples import run

    tried = wrong = 0
    for outcome in run(chosen):
        tried += 1
        if outcome.fault:
            wrong += 1
            text = " ".join(outcome.example.text.split())
            put(f"{outcome.rule.path}:{outcome.example.line}: {outcome.expected}: {text!r}: {outcome.fault}\n")
    ended = f"{wrong} went wrong" if wrong else "all as they say"
    say(f"Rules: {len(chosen)}. Examples: {tried}, {ended}.")
    return 2 if wrong else 0


def _table(settings: Config) -> str:
    every, _ = every_rule(settings)
    running = {rule.id for rule in rules_in_force(settings)[0]}
    rows = [
        (
            rule.id,
            rule.severity.value,
            rule.family,
            rule.title if rule.id in running else f"(switched off) {rule.title}",
        )
        for rule in sorted(every, key=lambda rule: (rule.family, rule.id))
    ]
    first, second, third = (max((len(row[i]) for row in rows), default=0) for i in range(3))
    return "".join(f"{a:{first}}  {b:{second}}  {c:{third}}  {d}\n" for a, b, c, d in rows)


def _reference(settings: Config) -> str:
    from referral_lint.rules.docs import markdown

    return markdown(every_rule(settings)[0])


@rules.command("tune")
@click.argument("results", type=click.Path(path_type=Path, exists=True), metavar="OUT")
@click.pass_obj
def tune(settings: Config, results: Path) -> int:
    """Propose which rules to switch off or take down, from what readers said of a review's sample.

    OUT is the folder of the review. Nothing is changed: the lines for referral-lint.toml are printed.
    """
    from referral_lint.review import audit, store
    from referral_lint.review.tune import WEIGHTS, advice, as_settings

    with store.reading(results) as db:
        found, missed = advice(audit.precision(db)), audit.missed(db)
    if not found and not missed.number:
        raise ReferralLintError("nobody has judged a sample yet: `review --sample 20`, then `--read-back`", results)
    put("".join(f"{one.sentence}\n" for one in found if one.does != "more"))
    few = [one.of.rule for one in found if one.does == "more"]
    put(f"Too few findings were read to say of: {', '.join(few)}.\n" if few else "")
    put(f"{audit.in_words(missed)}\n")
    put(f"{WEIGHTS}\n")
    lines = as_settings(found, settings.off)
    put(f"\nFor {settings.path or 'referral-lint.toml'}:\n\n{lines}\n" if lines else "\nNothing to change.\n")
    return 0
