"""The milter: listens, reads what mail servers say into sessions, and answers with what the gate decides."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError, trouble
from referral_lint.in_force import every_rule
from referral_lint.mail.decide import Judgement
from referral_lint.mail.errands import FOLDER, Errands
from referral_lint.mail.frames import ProtocolError
from referral_lint.mail.gate import Desk, Gate
from referral_lint.mail.judge import WORKER_MEMORY, Job, job_of, judge
from referral_lint.mail.memory import memory_in
from referral_lint.mail.message import Body, Mail, from_bytes
from referral_lint.mail.metrics import Metrics
from referral_lint.mail.outbox import Outbox
from referral_lint.mail.policy import policies_from
from referral_lint.mail.records import Records
from referral_lint.mail.session import Answer, Bye, Session
from referral_lint.waivers import secret_key
from referral_lint.workers import Workers

READ_AT_ONCE = 65_536
IDLE = 3600.0  # seconds after which a mail server that says nothing is let go
METRICS_EVERY = 5.0
FIRST_SYSTEMD_SOCKET = 3
WARMING = (
    b"From: a@school.example\nTo: b@council.example\nSubject: Request for early help\n\n"
    b"I am writing about Ann Lee, aged 7. She is frequently late, since 3 May 2026. Her mother agrees to this.\n"
)


@dataclass(frozen=True)
class Address:
    """`unix:PATH` or `inet:HOST:PORT`."""

    path: Path | None = None
    host: str = ""
    port: int = 0


def address_of(text: str) -> Address:
    """Raises ReferralLintError for what is neither."""
    kind, _, rest = text.partition(":")
    if kind == "unix" and rest:
        return Address(path=Path(rest))
    host, _, port = rest.rpartition(":")
    if kind == "inet" and host and port.isascii() and port.isdigit() and 0 < int(port) < 65_536:
        return Address(host=host.strip("[]"), port=int(port))
    raise ReferralLintError(f"{text!r} is no place to listen at; write unix:PATH or inet:HOST:PORT")


class Milter:
    """Everything that one filter needs, from its configuration. Raises ReferralLintError if it cannot begin."""

    def __init__(self, config: Config, log: Callable[[str], None]) -> None:
        self.config, self.log = config, log
        policies = policies_from(config, every_rule(config)[0])
        self._state = config.folder / config.mail.state
        self.metrics = Metrics()
        self.desk = self._desk()
        self._outbox = Outbox(self.desk.errands, config, self.metrics, log)
        self._ready: asyncio.Future[Workers] = asyncio.get_running_loop().create_future()
        self._count = config.mail.workers or os.cpu_count() or 1
        self._gate = Gate(policies, self.desk, self._judge, self._count, self._outbox)
        self._connections: set[asyncio.Task[None]] = set()

    def _desk(self) -> Desk:
        records = Records(self._state)
        try:
            if left := records.broken_off():
                self.log(
                    f"{left} messages were in hand when the filter ended; the mail server treated them by its own setting"
                )
        except OSError as fault:  # a full disk must not keep the filter away; the marks stay for the next start
            self.log(f"{self._state}: what the last run left unfinished cannot be written down ({fault.strerror})")
        try:
            errands = Errands(self._state / FOLDER)
        except OSError as fault:
            raise ReferralLintError(f"this folder cannot be used {trouble(fault)}", self._state / FOLDER) from fault
        memory = memory_in(self._state, self.log)
        return Desk(memory, records, errands, self.metrics, self.log, secret_key(self._state / "key"))

    async def run(self, address: Address) -> None:
        """Listen until told to end, then finish what is in hand. Messages that come before the workers are there wait."""
        ending = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ending.set)
        server = await _listening(address, self._connected)
        tasks = [
            asyncio.create_task(one) for one in (self._start_workers(), self._outbox.deliver_all(), self._measure())
        ]
        self.log("ready to listen")
        stop = asyncio.create_task(ending.wait())
        done, _ = await asyncio.wait([stop, tasks[0]], return_when=asyncio.FIRST_COMPLETED)
        if tasks[0] in done:
            tasks[0].result()  # a configuration that cannot be used ends the filter with one sentence
            self.log("ready to check")
            await stop
        server.close()
        await self._finish()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._close()

    async def _start_workers(self) -> None:
        self._ready.set_result(await asyncio.to_thread(self._workers))

    def _workers(self) -> Workers:
        seconds, warm = self.config.mail.seconds, job_of(from_bytes(WARMING), b"warm")
        return Workers(self.config, self._count, task=judge, seconds=seconds, memory=WORKER_MEMORY, warm=warm)

    async def _judge(self, job: Job) -> Judgement:
        workers = await asyncio.shield(self._ready)
        judgement: Judgement = await asyncio.wrap_future(workers.submit(job))
        return judgement

    # --- connections

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        session = Session(lambda: Body(self._state), self._gate.keeps)
        try:
            await self._serve(session, reader, writer)
        except ProtocolError as fault:
            self.log(f"a connection was closed: {fault}")
        except (ConnectionError, TimeoutError, asyncio.CancelledError):
            pass
        finally:
            session.close()
            self._connections.discard(task)
            writer.close()

    async def _serve(self, session: Session, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await asyncio.wait_for(reader.read(READ_AT_ONCE), IDLE):
            for event in session.receive(data):
                if isinstance(event, Bye):
                    return
                if isinstance(event, Answer):
                    writer.write(event.data)
                else:
                    await self._answer(session, event, writer)
            await writer.drain()

    async def _answer(self, session: Session, mail: Mail, writer: asyncio.StreamWriter) -> None:
        self.metrics.in_hand += 1
        try:
            writer.write(await self._gate.answer(mail, session.can_change, session.can_quarantine))
            await writer.drain()
            self._gate.answered(mail)
        finally:
            mail.body.close()
            self.metrics.in_hand -= 1

    async def _finish(self) -> None:
        """Give what is in hand the time that it may take; idle connections are let go."""
        for _ in range(int(self.config.mail.seconds * 10) + 10):
            if not self.metrics.in_hand:
                break
            await asyncio.sleep(0.1)
        for task in list(self._connections):
            task.cancel()

    async def _close(self) -> None:
        if self._ready.done():
            await asyncio.to_thread(self._ready.result().close)
        await asyncio.to_thread(self._outbox.close)
        with suppress(OSError):
            self.metrics.save(self._state)
        self.desk.memory.close()
        self.desk.records.close()

    async def _measure(self) -> None:
        while True:
            with suppress(OSError):
                self.metrics.save(self._state)
            await asyncio.sleep(METRICS_EVERY)


Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _listening(address: Address, connected: Connected) -> asyncio.Server:
    """At the socket that systemd holds for us, if there is one, else at the address. Raises ReferralLintError."""
    try:
        if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1":
            given = socket.socket(fileno=FIRST_SYSTEMD_SOCKET)
            return await asyncio.start_server(connected, sock=given)
        if address.path is None:
            return await asyncio.start_server(connected, address.host, address.port)
        address.path.unlink(missing_ok=True)  # what an earlier run left behind; the lock says that it is over
        server = await asyncio.start_unix_server(connected, address.path)
        address.path.chmod(0o660)
    except OSError as fault:
        raise ReferralLintError(
            f"it is not possible to listen there {trouble(fault)}", str(address.path or "")
        ) from fault
    return server


def serve(config: Config, address: Address, log: Callable[[str], None]) -> None:
    """Run the filter until it is told to end. Raises ReferralLintError."""
    os.umask(0o027)

    async def begin() -> None:
        await Milter(config, log).run(address)

    asyncio.run(begin())
