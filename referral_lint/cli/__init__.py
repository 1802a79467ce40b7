"""The command line: `main` runs a command and turns every end into an exit code and, at most, one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from referral_lint import patterns, process
from referral_lint.cli.group import COMMANDS, Commands
from referral_lint.cli.terminal import say, speak_utf8, stop_writing
from referral_lint.errors import ReferralLintError, trouble

__all__ = ["cli", "main"]

INTERRUPTED = 130  # as a shell says of a command stopped with Ctrl-C
MISTAKE = 2  # in the command, the configuration or a rule

cli = Commands("referral-lint", COMMANDS)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code. Never a traceback, unless REFERRAL_LINT_DEBUG is set."""
    process.settle()
    code = run(arguments)
    patterns.keep()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command line. Standard output holds results; everything else goes to standard error."""
    speak_utf8()
    try:
        code = cli.main(arguments, prog_name="referral-lint", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as mistake:
        mistake.show()
        return MISTAKE
    except ReferralLintError as mistake:
        return _say(str(mistake))
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        stop_writing()
        return 0
    except Exception as fault:
        if os.environ.get("REFERRAL_LINT_DEBUG"):
            raise
        return _say(_unexpected(fault))
    return code if isinstance(code, int) else 0


def _unexpected(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return f"{fault.filename}: {trouble(fault)}." if fault.filename else f"{fault.strerror}."
    # Never the text of the fault: it could hold words of a draft.
    return (
        f"Something went wrong inside referral-lint ({type(fault).__name__}). Nothing was sent or changed. "
        "Please report it where you got the program from; set REFERRAL_LINT_DEBUG=1 to see the details."
    )


def _say(sentence: str) -> int:
    say(f"referral-lint: {sentence}")
    return MISTAKE
