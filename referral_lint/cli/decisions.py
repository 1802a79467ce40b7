"""`referral-lint decisions`: the notes that were kept of decisions to share."""

from __future__ import annotations

from pathlib import Path

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.saving import save_report
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.decisions import Decisions, Entry, decisions_from
from referral_lint.errors import ReferralLintError
from referral_lint.writers.plain import clean

TAMPERED = 1


@click.group()
@with_config
@click.pass_context
def decisions(ctx: click.Context, settings: Config) -> None:
    """Show the notes that were kept of decisions to share, or not to share."""
    ctx.obj = decisions_from(settings)


@decisions.command("list")
@click.pass_obj
def list_all(kept: Decisions) -> int:
    """One line a note, the oldest first."""
    lines = [_line(entry) for entry in kept.entries() if entry.kind == "note"]
    put("".join(f"{line}\n" for line in lines) or "No decision was kept so far.\n")
    return 0


@decisions.command()
@click.argument("number", type=int)
@click.pass_obj
def show(kept: Decisions, number: int) -> int:
    """The note NUMBER, as `list` shows it."""
    entry = next((e for e in kept.entries() if e.number == number and e.kind == "note"), None)
    if entry is None:
        raise ReferralLintError(f"There is no note {number}. `referral-lint decisions list` shows those there are.")
    put(f"{_line(entry)}\n\n{entry.words or ''}")
    return 0


@decisions.command()
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
@click.pass_obj
def export(kept: Decisions, output: Path | None) -> int:
    """Everything as JSON."""
    if output is None:
        put(kept.export())
    else:
        save_report(output, kept.export(), ())
    return 0


@decisions.command()
@click.pass_obj
def verify(kept: Decisions) -> int:
    """Say whether every entry is as it was kept; ends with 1 if one is not."""
    faults = kept.faults()
    for fault in faults:
        put(f"{fault}\n")
    if not faults:
        put(f"All {len(kept.entries())} entries are as they were kept.\n")
    return TAMPERED if faults else 0


@decisions.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why its words go. The reason is kept.")
@click.pass_obj
def erase(kept: Decisions, number: int, reason: str) -> int:
    """Take away the words of the note NUMBER. That there was one stays, and still verifies."""
    if not reason.strip():
        raise click.UsageError("An erasure needs a reason, in a few words.")
    kept.erase(number, reason.strip())
    say(f"Erased: the words of note {number}.")
    return 0


def _line(entry: Entry) -> str:
    about = clean(entry.title) if entry.title is not None else "(erased)"
    return f"{entry.number:>4}  {entry.kept[:10]}  {about}"
