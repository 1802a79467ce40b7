"""What is written where: results to standard output, and a reader who leaves early is no fault."""

from __future__ import annotations

import io
import os
import shutil
import sys

import click


def speak_utf8() -> None:
    """Results are UTF-8 wherever they go, whatever the machine's locale; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def put(text: str) -> None:
    """Write a result to standard output. If nobody reads any more, the command still ends with its own exit code."""
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        stop_writing()


def stop_writing() -> None:
    """Let nothing more be written to standard output, so that closing it at the end does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def colour() -> bool:
    """May standard output be coloured? A person watches, and has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to write in: the terminal's own, but no longer than a line that is pleasant to read."""
    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 80


class Progress:
    """`Checking 3 of 12` on standard error, only where a person watches and there is more than one file."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = total > 1 and sys.stderr.isatty()

    def step(self) -> None:
        self._done += 1
        if self._shown:
            click.echo(f"\rChecking {self._done} of {self._total} … ", nl=False, err=True)

    def close(self) -> None:
        if self._shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
