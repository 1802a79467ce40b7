"""The command line. A first version: `check` with JSON."""

from __future__ import annotations

from pathlib import Path

import click

from referral_lint import __version__


@click.group()
@click.version_option(__version__, message="referral-lint %(version)s")
def main() -> None:
    """Check a referral before it is sent."""


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "form", default="json")
def check(paths: tuple[str, ...], form: str) -> None:
    """Check drafts."""
    from referral_lint.engine import Linter
    from referral_lint.model import Source
    from referral_lint.writers import json

    linter = Linter()
    report = linter.lint_all(Source(path, Path(path).read_bytes()) for path in paths)
    click.echo(json.render(report), nl=False)
