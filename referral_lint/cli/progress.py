"""How far a long run is: done, rate, time left. On a terminal one line that changes, elsewhere a line a minute."""

from __future__ import annotations

import sys
import time
from collections import deque
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from referral_lint.review.row import FileRow

WINDOW = 30.0  # seconds that the rate is taken over


class Progress:
    """`1,234 of 10,000 · 31 a second · about 5 minutes left`, on standard error. Use as a context manager."""

    def __init__(self) -> None:
        self._total = self._done = self._same = self._unread = 0
        self._live = sys.stderr.isatty()
        self._every = 0.2 if self._live else 60.0
        self._said = time.monotonic()
        self._times: deque[tuple[float, int]] = deque()

    def begin(self, total: int) -> None:
        self._total = total

    def step(self, row: FileRow) -> None:
        self._done += 1
        self._same += row.documents is None
        self._unread += bool(row.problem)
        now = time.monotonic()
        if not self._times:  # loading is over: the rate is that of the files after the first
            self._times.append((now, self._done))
        if now - self._said < self._every and self._done < self._total:
            return
        self._times.append((now, self._done))
        while len(self._times) > 2 and now - self._times[0][0] > WINDOW:
            self._times.popleft()
        self._said = now
        self._show(self.line())

    def line(self) -> str:
        """What there is to say now."""
        (start, before), (now, done) = self._times[0], self._times[-1]
        rate = (done - before) / max(now - start, 1e-6)
        said = [f"{self._done:,} of {self._total:,}"]
        if self._done < self._total and rate > 0:
            said += [f"{rate:,.0f} a second" if rate >= 1 else f"{60 * rate:,.0f} a minute"]
            said += [f"about {duration((self._total - self._done) / rate)} left"]
        if self._same:
            said.append(f"{self._same:,} unchanged")
        if self._unread:
            said.append(f"{self._unread:,} not read")
        return " · ".join(said)

    def _show(self, line: str) -> None:
        click.echo(f"\r\x1b[K{line}" if self._live else line, nl=not self._live, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._live and self._total:
            click.echo("", err=True)
        if kind is KeyboardInterrupt and self._total:
            click.echo("Stopped. Everything so far is kept: the same command goes on from here.", err=True)


def duration(seconds: float) -> str:
    """ "40 seconds", "5 minutes", "2 hours": as exact as a person needs."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.0f} {name}s"
    return f"{max(1, round(seconds))} seconds" if seconds >= 1.5 else "1 second"
