"""Sends what waits in `errands`: writes each report in a worker and hands it to the organisation's own mail server.

A note to who releases held messages does not wait: the message is held once the mail server has taken it.
There is no network client: the mail server's own `sendmail` program takes the message on its standard input.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.mail import errands, reports
from referral_lint.mail.errands import Errand, Errands
from referral_lint.mail.metrics import Metrics
from referral_lint.workers import Workers

SECONDS_TO_WRITE = 60.0
SECONDS_TO_HAND_OVER = 30.0
SECONDS_FOR_A_NOTE = 5.0  # the mail server waits for its answer about the message meanwhile
SECONDS_BETWEEN_TRIES = 60.0


class NotTaken(Exception):
    """The mail server's program did not take a message; the text says how it ended."""


class Outbox:
    """Run `deliver_all` as a task; `wake` says that there is something new."""

    def __init__(self, waiting: Errands, config: Config, metrics: Metrics, log: Callable[[str], None]) -> None:
        self._waiting, self._config, self._metrics, self._log = waiting, config, metrics, log
        self._news = asyncio.Event()
        self._writers: Workers | None = None
        self._not_before: dict[Path, float] = {}

    def wake(self) -> None:
        self._news.set()

    async def deliver_all(self) -> None:
        """Send what waits, until cancelled."""
        while True:
            self._news.clear()
            try:
                await self._deliver_due()
            except Exception as fault:  # one report must not keep all others back
                self._log(f"the reports that wait could not be looked through ({type(fault).__name__})")
            try:
                await asyncio.wait_for(self._news.wait(), SECONDS_BETWEEN_TRIES / 4)
            except TimeoutError:
                continue

    async def notify(self, note: Errand) -> bool:
        """Hand a note over at once. Did the mail server take it?"""
        try:
            async with asyncio.timeout(SECONDS_FOR_A_NOTE):
                await self._hand_over(reports.brief(note, self._config.mail.report_from), note.to)
        except (NotTaken, OSError, TimeoutError) as fault:
            self._metrics.count("reports", "failed")
            self._log(f"{note.queue_id}: nobody could be told that it is held ({_reason(fault)})")
            return False
        self._metrics.count("reports", "sent")
        return True

    async def _deliver_due(self) -> None:
        for path in self._waiting.waiting():
            if self._waiting.is_old(path):
                await self._give_up(path)
            elif self._not_before.get(path, 0.0) <= time.monotonic():
                await self._deliver(path)

    async def _give_up(self, path: Path) -> None:
        with suppress(OSError, ValueError):
            errand, _ = await asyncio.to_thread(errands.read, path)
            self._log(f"{errand.queue_id}: the report on it was given up after {errands.DAYS:g} days")
        self._metrics.count("reports", "given up")
        self._waiting.done(path)

    def close(self) -> None:
        if self._writers is not None:
            self._writers.close()

    async def _deliver(self, path: Path) -> None:
        try:
            errand, raw = await asyncio.to_thread(errands.read, path)
            message = await self._written(errand, raw)
            await self._hand_over(message, errand.to)
        except ValueError:
            self._log("a damaged report was given up")
            self._waiting.done(path)
        except (NotTaken, OSError, TimeoutError) as fault:
            self._metrics.count("reports", "failed")
            self._log(f"a report could not be handed over ({_reason(fault)}); it waits")
            self._not_before[path] = time.monotonic() + SECONDS_BETWEEN_TRIES
        else:
            self._metrics.count("reports", "sent")
            self._waiting.done(path)
            self._not_before.pop(path, None)

    async def _written(self, errand: Errand, raw: bytes) -> bytes:
        sender = self._config.mail.report_from
        if errand.kind != "report" or not raw:
            return reports.brief(errand, sender)
        try:
            if self._writers is None:
                self._writers = await asyncio.to_thread(self._start)
            written: bytes = await asyncio.wrap_future(self._writers.submit((errand, raw, sender)))
        except ReferralLintError:
            return reports.brief(errand, sender)
        return written

    def _start(self) -> Workers:
        """Started when the first report is wanted: where nobody is told, nobody pays for it."""
        return Workers(self._config, 1, task=reports.compose, seconds=SECONDS_TO_WRITE)

    async def _hand_over(self, message: bytes, to: str) -> None:
        """Empty envelope sender: nothing comes back, so nothing can loop. Raises NotTaken, OSError or TimeoutError."""
        program = await asyncio.create_subprocess_exec(
            *self._config.mail.sendmail,
            *("-i", "-f", "<>", "--", to),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(SECONDS_TO_HAND_OVER):
                await program.communicate(message)
        except (TimeoutError, asyncio.CancelledError):
            with suppress(ProcessLookupError):
                program.kill()
            await program.wait()
            raise
        if program.returncode != 0:
            raise NotTaken(f"the mail server's program ended with {program.returncode}")


def _reason(fault: Exception) -> str:
    """How a hand-over failed, without any address."""
    if isinstance(fault, OSError) and fault.strerror:
        return f"the mail server's program: {fault.strerror}"
    return str(fault) or "it took too long"
