"""`referral-lint hook`: one message on standard input, for Exim, procmail and other pipes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from referral_lint import config
from referral_lint.cli.options import with_config_file
from referral_lint.cli.terminal import put, say
from referral_lint.config_keys import FAIL_LEVELS
from referral_lint.errors import ReferralLintError
from referral_lint.mail.hook import GOES, UNREAD, asked
from referral_lint.mail.message import from_bytes


@click.command()
@click.option("--sender", default="", metavar="ADDRESS", help="Who sends it, if not who its From line names.")
@click.option(
    "--recipient", "recipients", multiple=True, metavar="ADDRESS", help="Who gets it, if not its To, Cc and Bcc."
)
@click.option("--fail-on", type=click.Choice(FAIL_LEVELS), help="From when on the exit code is 1.  [default: fix]")
@click.option("--unread-goes", is_flag=True, help="End with 0 and not 3 if some part could not be read, nor with 2.")
@with_config_file
def hook(sender: str, recipients: tuple[str, ...], fail_on: str | None, unread_goes: bool, file: Path | None) -> int:
    """Check one message on standard input, for a mail program.

    Ends with 0 if it can go, 1 if something should change first, 3 if some part could not be read, whatever was found in
    the rest, and 2 for a mistake in the configuration: let it go then.
    Danger and protection referrals, and what the mail filter leaves alone, always end with 0.
    """
    try:
        settings = config.load(file)
        mail = from_bytes(sys.stdin.buffer.read(), sender, tuple(one.lower() for one in recipients))
        code, lines = asked(settings, mail, fail_on or settings.fail_on)
    except Exception as fault:  # never its text if it is not ours: it could hold words of the message
        if not unread_goes:
            raise
        why = str(fault) if isinstance(fault, ReferralLintError) else type(fault).__name__
        say(f"referral-lint: the message was not checked, so it can go ({why})")
        return GOES
    put("".join(f"{line}\n" for line in lines))
    return GOES if unread_goes and code == UNREAD else code
