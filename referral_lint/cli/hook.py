"""`referral-lint hook`: one message on standard input, for Exim, procmail and other pipes."""

from __future__ import annotations

import sys

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put
from referral_lint.config import Config
from referral_lint.config_keys import FAIL_LEVELS
from referral_lint.mail.hook import GOES, UNREAD, asked
from referral_lint.mail.message import from_bytes


@click.command()
@click.option("--sender", default="", metavar="ADDRESS", help="Who sends it, if not who its From line names.")
@click.option(
    "--recipient", "recipients", multiple=True, metavar="ADDRESS", help="Who gets it, if not its To, Cc and Bcc."
)
@click.option("--fail-on", type=click.Choice(FAIL_LEVELS), help="From when on the exit code is 1.  [default: fix]")
@click.option("--unread-goes", is_flag=True, help="End with 0 and not 3 if some part could not be read.")
@with_config
def hook(sender: str, recipients: tuple[str, ...], fail_on: str | None, unread_goes: bool, settings: Config) -> int:
    """Check one message on standard input, for a mail program.

    Ends with 0 if it can go, 1 if something should change first, 3 if some part could not be read: let it go then.
    Danger and protection referrals, and what the mail filter leaves alone, always end with 0.
    """
    mail = from_bytes(sys.stdin.buffer.read(), sender, tuple(one.lower() for one in recipients))
    code, lines = asked(settings, mail, fail_on or settings.fail_on)
    put("".join(f"{line}\n" for line in lines))
    return GOES if unread_goes and code == UNREAD else code
