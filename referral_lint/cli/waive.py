"""`referral-lint waive`: somebody decides that a finding stays as it is, and says why."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path

import click

from referral_lint.cli.inputs import Input
from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import say
from referral_lint.config import Config
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.model import Finding, Report, Waiver

SHORTEST = 6  # characters of a fingerprint: fewer could be a typing error that fits something


@click.command()
@click.argument("file")
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
@click.option("--reason", default="", help="Why it stays as it is; needed, and kept in the file of decisions.")
@click.option("--by", metavar="NAME", help="Who decided.  [default: the name you are logged in with]")
@with_config
def waive(file: str, codes: tuple[str, ...], reason: str, by: str | None, settings: Config) -> int:
    """Leave findings of FILE as they are. CODE is what `check` shows with each; several can have one reason."""
    if not reason.strip():
        raise click.UsageError(
            'A decision needs a reason, in a few words that others will understand: --reason "why it stays as it is"'
        )
    if any(len(code) < SHORTEST for code in codes):
        raise click.UsageError(f"Give at least the first {SHORTEST} characters of each code.")
    from referral_lint import waivers
    from referral_lint.engine import linter_from

    linter = linter_from(settings)
    known = linter.waivers
    if known is None or not known.key:
        raise ReferralLintError(f"This decision cannot be kept: {known.trouble if known else 'there is no key'}.")
    source = Input(file, Path(file)).read(linter.limits.bytes)
    report = source if isinstance(source, Report) else linter.lint(source)
    findings = {f.fingerprint: f for f in (_open(report, code.lower(), file) for code in codes)}.values()
    today, place = date.today().isoformat(), known.file_for(file)
    for finding in findings:
        waiver = Waiver(finding.fingerprint, reason.strip(), by or _user(), today, finding.rule, known.draft_mark(file))
        try:
            waivers.add(place, waiver)
        except OSError as fault:
            raise ReferralLintError(f"this file cannot be written {trouble(fault)}", place) from fault
    say(f"Left as it is: {', '.join(finding.rule for finding in findings)}. Written to {place}")
    return 0


def _open(report: Report, start: str, file: str) -> Finding:
    """The one finding with this code. Raises ReferralLintError if there is none, more than one, or it is waived already."""
    finding = _found(report, start)
    if finding.waived is not None:
        raise ReferralLintError(f"{start} is waived already: {finding.waived.reason}", file)
    return finding


def _found(report: Report, start: str) -> Finding:
    """The one finding whose fingerprint begins so. Raises ReferralLintError if there is none, or more than one."""
    for gap in (gap for document in report.documents for gap in document.gaps if not document.document.text):
        raise ReferralLintError(gap.why, gap.what)
    found = [f for document in report.documents for f in document.findings if f.fingerprint.startswith(start)]
    if not found:
        raise ReferralLintError(
            f"No finding of this draft has the code {start!r}. `referral-lint check` shows each with its code."
        )
    if len(found) > 1:
        raise ReferralLintError(f"More than one finding has a code that begins with {start!r}: give all of it.")
    return found[0]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name on this machine
        return "unknown"
