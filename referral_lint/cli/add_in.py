"""`referral-lint add-in`: what is installed in Thunderbird, Outlook or Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from referral_lint.addins import build
from referral_lint.cli.serve import PORT
from referral_lint.cli.terminal import say
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.files import at_end_of_link, write_whole

# host program -> (what makes the file, the name that it gets, what to do with it)
ADD_INS: dict[str, tuple[Callable[[int], bytes], str, str]] = {
    "thunderbird": (
        build.thunderbird,
        "referral-lint.xpi",
        "In Thunderbird: Add-ons and Themes, the cog, Install Add-on From File.",
    ),
    "outlook": (
        build.outlook,
        "referral-lint-outlook.xml",
        "Give it to Outlook as a custom add-in, or to your administrator. It needs `serve` with --certificate and --key.",
    ),
    "word": (
        build.word,
        "referral-lint-word.xml",
        "Put it in the folder of your trusted add-in catalogue. It needs `serve` with --certificate and --key.",
    ),
}


@click.command("add-in")
@click.argument("program", type=click.Choice(tuple(ADD_INS)))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Where `serve` listens.")
def add_in(program: str, output: Path | None, port: int) -> int:
    """Write the file that installs the add-in for PROGRAM: thunderbird, outlook or word."""
    make, name, then = ADD_INS[program]
    path = output or Path(name)
    try:
        write_whole(at_end_of_link(path), make(port))
    except OSError as fault:
        raise ReferralLintError(f"this file cannot be written {trouble(fault)}", path) from fault
    say(f"Written: {path}. {then}")
    return 0
