"""`referral-lint check`: what to change before sending."""

from __future__ import annotations

from collections.abc import Iterable

import click

from referral_lint.cli.inputs import Input, inputs
from referral_lint.cli.terminal import Progress, put
from referral_lint.model import DocumentReport, Report, Verdict
from referral_lint.writers import WRITERS, writer

INCOMPLETE = 3
FAILING = {"stop": (Verdict.HOLD,), "fix": (Verdict.HOLD, Verdict.REVIEW), "think": (), "never": ()}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH… | -")
@click.option("--stdin-filename", default="-", metavar="NAME", help="The name of the draft on standard input.")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), default="json", help="How to show the result.")
@click.option("--fail-on", type=click.Choice(list(FAILING)), default="fix", help="From when on the exit code is 1.")
def check(paths: tuple[str, ...], stdin_filename: str, form: str, fail_on: str) -> int:
    """Check drafts: files, folders, or - for standard input."""
    render = writer(form)
    report = checked(list(inputs(paths, stdin_filename)))
    put(render(report))
    return exit_code(report, fail_on)


def checked(wanted: Iterable[Input]) -> Report:
    """One report over all inputs."""
    from referral_lint.engine import Linter

    everything = list(wanted)
    linter, progress = Linter(), Progress(len(everything))
    report = linter.blank()
    for one in everything:
        progress.step()
        source = one.read(linter.limits.bytes)
        report += source if isinstance(source, Report) else linter.lint(source)
    progress.close()
    return report


def exit_code(report: Report, fail_on: str) -> int:
    """1 something at or above `fail_on`, else 3 some part was not checked, else 0.

    The verdict decides, so that in an urgent draft nothing counts as more than `fix`.
    """
    if any(_fails(document, fail_on) for document in report.documents):
        return 1
    return 0 if report.complete else INCOMPLETE


def _fails(document: DocumentReport, fail_on: str) -> bool:
    if fail_on == "think":
        return bool(document.open_findings)
    return document.verdict in FAILING[fail_on]
