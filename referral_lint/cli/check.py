"""`referral-lint check`: what to change before sending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_lint.cli.inputs import Input, inputs
from referral_lint.cli.options import in_force, with_setting
from referral_lint.cli.saving import format_of, save_copies, save_report
from referral_lint.cli.terminal import Progress, colour, put, width
from referral_lint.config import Config
from referral_lint.config_keys import FAIL_LEVELS
from referral_lint.model import DocumentReport, Gap, Report, Source, Verdict, unread
from referral_lint.writers import WRITERS, named
from referral_lint.writers.copies import is_annotated

if TYPE_CHECKING:
    from referral_lint.engine import Linter

INCOMPLETE = 3
A_COPY = "This is a checked copy: our comments are in it. Do not send it; put what you changed into the draft itself."
FAILING = {"stop": (Verdict.HOLD,), "fix": (Verdict.HOLD, Verdict.REVIEW)}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH… | -")
@click.option("--stdin-filename", default="-", metavar="NAME", help="The name of the draft on standard input.")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), help="How to show the result.  [default: as --output ends, else text]")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to a file.")
@click.option("--fail-on", type=click.Choice(FAIL_LEVELS), help="From when on the exit code is 1.  [default: fix]")
@click.option("--annotate", is_flag=True, help="Write a copy with comments beside each draft.")
@click.option("--suggest-edits", is_flag=True, help="The same, with certain changes already suggested in a Word copy.")
@with_setting
def check(
    paths: tuple[str, ...],
    stdin_filename: str,
    form: str | None,
    output: Path | None,
    fail_on: str | None,
    annotate: bool,
    suggest_edits: bool,
    to: tuple[str, ...],
    nation: str | None,
    only: tuple[str, ...],
    off: tuple[str, ...],
    settings: Config,
) -> int:
    """Check drafts: files, folders, or - for standard input.

    Ends with 1 if something should change, 3 if some part was not checked, 0 if neither, 2 for a mistake in the
    command.
    """
    settings = in_force(settings, to, nation, off)
    copies = annotate or suggest_edits
    if copies and "-" in paths:
        raise click.UsageError("A copy can only stand beside a file: save the draft first, then give its name.")
    form = format_of(output, form)
    render = named(WRITERS[form])
    report = checked(list(inputs(paths, stdin_filename)), settings, only, (copies, suggest_edits))
    if output is None:
        put(render(report, **_look(form)))
    else:
        save_report(output, render(report), paths)
    return exit_code(report, fail_on or settings.fail_on)


def checked(wanted: list[Input], settings: Config, only: tuple[str, ...], copies: tuple[bool, bool]) -> Report:
    """One report over all inputs; where copies are wanted they are written on the way."""
    from referral_lint.engine import linter_from

    linter, progress = linter_from(settings, only), Progress(len(wanted))
    report = linter.blank()
    try:
        for one in wanted:
            progress.step()
            report += _one(one, linter, *copies)
    finally:
        progress.close()
    return report


def _one(one: Input, linter: Linter, copies: bool, suggest_edits: bool) -> Report:
    source = one.read(linter.limits.bytes)
    if not isinstance(source, Source):
        return source
    try:
        report = linter.lint(source)
    except MemoryError:
        return unread(
            one.name, "There is not enough memory to check this file. Close other programs, or make it smaller."
        )
    if is_annotated(source.data):
        report = Report(gaps=(Gap(one.name, A_COPY, note=True),)) + report
    if copies and one.path is not None:
        save_copies(one.path, source, report, suggest_edits)
    return report


def _look(form: str) -> dict[str, Any]:
    """The text report on a screen has colour and the screen's width; every other result looks the same everywhere."""
    return {"colour": colour(), "width": width()} if form == "text" else {}


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
    return document.verdict in FAILING.get(fail_on, ())
