"""The server lives in a process of its own, and dies when somebody clears everything: memory that was used goes with it.

What starts it holds the socket and the address, and never a word of a draft; a new life begins at the same address.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvicorn

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.model import Source
from referral_lint.paths import user_folder
from referral_lint.web import tasks
from referral_lint.web.access import Door
from referral_lint.web.app import application
from referral_lint.web.pages import Tickets
from referral_lint.web.programs import Programs
from referral_lint.web.serving import server_for
from referral_lint.workers import Workers

SECONDS = 20.0  # for one piece of work; a draft takes far less than one
MEMORY = 6_000_000_000  # bytes of one worker process
CLEARED = 75  # exit code: begin again
SECONDS_TO_END = 8
WARMING = Source("warming.txt", b"Dear team,\n\nI am writing to ask for help for Jo, who is often late.\n\nSam Poole")
_CONTEXT: Any = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Place:
    """What every life of the server has in common."""

    settings: Config
    door: Door
    certificate: Path | None = None
    key: Path | None = None
    workers: int = 0


def run(place: Place, listening: socket.socket, ticket: str, ready: Callable[[], None]) -> None:
    """Serves until it is interrupted, one life after another. `ready` is called when the first one answers.

    Raises ReferralLintError if rules, pipeline or certificate cannot be used.
    """
    while (code := _one(place, listening, ticket, ready)) == CLEARED:
        ready, ticket = _nothing, ""
    if code:
        raise ReferralLintError("The page ended before it should. Start it again.")


def _nothing() -> None:
    """Nobody has to be told again."""


def _one(place: Place, listening: socket.socket, ticket: str, ready: Callable[[], None]) -> int:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_live, args=(place, listening, ticket, theirs))
    process.start()
    theirs.close()
    try:
        fault = ours.recv()
        if isinstance(fault, ReferralLintError):
            raise fault
        ready()
        process.join()
    except EOFError as fault:
        raise ReferralLintError("The page could not be started. Try again.") from fault
    finally:
        ours.close()  # tells a life that still goes on to end
        process.join(SECONDS_TO_END)
        if process.is_alive():
            process.kill()
            process.join()
    return int(process.exitcode or 0)


def _live(place: Place, listening: socket.socket, ticket: str, pipe: Connection) -> None:
    """One life: in the process of its own."""
    life = _Life()
    try:
        with (
            listening,
            Workers(place.settings, place.workers, task=tasks.do, seconds=SECONDS, memory=MEMORY) as workers,
            suppress(KeyboardInterrupt),
        ):
            life.server = _server(place, workers, Tickets(ticket), life)
            for _ in range(2 * (place.workers or os.cpu_count() or 1)):  # the first check of a process is slow
                workers.submit(tasks.Job(tasks.checked, (WARMING, False, "")))
            pipe.send(None)
            threading.Thread(target=life.watch, args=(pipe,), daemon=True).start()
            life.server.run(sockets=[listening])
    except ReferralLintError as fault:
        pipe.send(fault)
    if life.cleared:
        raise SystemExit(CLEARED)


def _server(place: Place, workers: Workers, tickets: Tickets, life: _Life) -> uvicorn.Server:
    """Clearing ends the life, but not behind a proxy: others are at work there."""
    paired = Programs(user_folder() / "programs.json")
    end = None if place.door.sign_in else life.clear
    app = application(place.door, workers, paired, place.settings, tickets=tickets, after_clear=end)
    return server_for(app, place.certificate, place.key)


class _Life:
    """How a life ends: somebody clears everything, or whoever started it is gone."""

    server: uvicorn.Server
    cleared = False

    def clear(self) -> None:
        self.cleared = True
        self.server.should_exit = True

    def watch(self, pipe: Connection) -> None:
        with suppress(EOFError, OSError):
            pipe.recv()
        self.server.should_exit = True
