"""`referral-lint milter`: check messages for a mail server."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.mail import dry_run as replays
from referral_lint.mail import server, status


@click.command()
@click.option(
    "--socket", metavar="unix:PATH | inet:HOST:PORT", help="Where to listen, instead of what the configuration says."
)
@click.option("--status", "ask", is_flag=True, help="Say whether the filter answers, and what it has done.")
@click.option(
    "--missed",
    type=click.File("r", errors="replace"),
    metavar="MAILLOG",
    help="List messages that went past the filter; - reads the log on standard input, such as from journalctl.",
)
@click.option(
    "--dry-run",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Say what each mode would have done with past messages; nothing is sent.",
)
@with_config
def milter(socket: str | None, ask: bool, missed: TextIO | None, dry_run: Path | None, settings: Config) -> int:
    """Check messages for a mail server, until told to end.

    With --status it ends with 0 if the filter answers and 1 if not; with --missed, with 1 if there are any.
    """
    address = server.address_of(socket or settings.mail.socket)
    state = settings.folder / settings.mail.state
    if dry_run is not None:
        for line in replays.replay(settings, dry_run):
            put(f"{line}\n")
        return 0
    if missed is not None:
        found = list(status.missed(state, missed))
        put("".join(f"{queue_id}\n" for queue_id in found))
        if not found:
            say("No message went past the filter.")
        return 1 if found else 0
    if ask:
        return _status(address, state)
    server.serve(settings, address, say)
    return 0


def _status(address: server.Address, state: Path) -> int:
    there = status.answers(address)
    put("The filter answers.\n" if there else "The filter does not answer.\n")
    try:
        put("".join(f"{line}\n" for line in status.told(state)))
    except (OSError, KeyError, ValueError):
        put("It has counted nothing yet.\n")
    return 0 if there else 1
