"""Checking in processes of their own: a time limit or a crash ends one worker, never the service.

One `nlp` belongs to one process (see language.py), so whatever checks many drafts, or must go on whatever a draft
does, gives its work to `Workers`. Mail filter, page and batch run use the same ones.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from referral_lint import process
from referral_lint.config import Config
from referral_lint.engine import Linter, linter_from
from referral_lint.errors import ReferralLintError
from referral_lint.model import Report, Source
from referral_lint.readers import office

Task = Callable[[Linter, Any], Any]
_Begin = tuple[Config, Task, int, Any, float]  # what a process is told at its start

START_SECONDS = 120.0  # to load rules and pipeline, on a machine that does much else
GRACE_SECONDS = 2.0  # to leave by itself
READING = 0.8  # of the time for a piece of work may be spent on reading it: the rest is a gap, not the whole
_CONTEXT: Any = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")


class Unjudged(ReferralLintError):
    """A piece of work gave no result. `reason`: time | crash | fault; the message is one sentence without content."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def lint(linter: Linter, source: Source) -> Report:
    """The task that most callers want."""
    return linter.lint(source)


class Workers:
    """`count` processes that each hold a Linter and do `task(linter, payload)`, one payload at a time.

    `task` is a function of a module, and payloads and results can be pickled. `seconds` bounds each piece of work,
    `memory` (bytes; POSIX only) each process. A worker that is too slow or dies is replaced; its piece of work fails
    with Unjudged and is not tried again here. `warm` is a payload that each process does before it is given any other:
    its first one takes much longer, and must not count against anybody's time. Use as a context manager, or call `close`.

    Raises ConfigError, RuleError or ModelError if a Linter cannot be built.
    """

    def __init__(
        self,
        config: Config,
        count: int = 0,
        *,
        task: Task = lint,
        seconds: float = 10.0,
        memory: int = 0,
        warm: Any = None,
    ) -> None:
        self._begin = (config, task, memory, warm, seconds * READING)
        self._seconds = seconds
        self._jobs: SimpleQueue[tuple[Any, Future[Any]] | None] = SimpleQueue()
        self._closing = False
        process.one_thread()
        office.sweep()
        workers = [_Worker(self._begin) for _ in range(count or os.cpu_count() or 1)]
        try:
            for worker in workers:
                worker.wait_until_ready()
        except BaseException:
            for worker in workers:
                worker.kill()
            raise
        self._threads = [threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in workers]
        for thread in self._threads:
            thread.start()

    def submit(self, payload: Any) -> Future[Any]:
        """The result of `task` on this payload, when it is there; Unjudged if there is none."""
        if self._closing:
            raise RuntimeError("these workers are closed")
        future: Future[Any] = Future()
        self._jobs.put((payload, future))
        return future

    def close(self) -> None:
        """Finish what was submitted, then end the processes."""
        self._closing = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self, worker: _Worker) -> None:
        """One thread a process: hands over a job, waits for its answer, and replaces a process that gave none."""
        while (next_one := self._one(worker, self._jobs.get())) is not None:
            worker = next_one
        worker.end()

    def _one(self, worker: _Worker, job: tuple[Any, Future[Any]] | None) -> _Worker | None:
        """Does one job and returns the worker for the next, or None after the last.

        A function of its own, so that no thread holds a draft or its report while it waits for the next.
        """
        if job is None:
            return None
        payload, future = job
        if not future.set_running_or_notify_cancel():
            return worker
        try:
            if not worker.alive:  # it died while nobody asked anything of it
                worker = _replaced(worker, self._begin)
            result = worker.do(payload, self._seconds)
        except Unjudged as fault:
            future.set_exception(fault)
            if fault.reason != "fault":
                worker.kill()
        except Exception as fault:  # what cannot be pickled, a replacement that cannot be started
            future.set_exception(Unjudged("crash", f"The check could not be done ({type(fault).__name__})."))
            worker.kill()
        else:
            future.set_result(result)
        return worker


class _Worker:
    """One process and the pipe to it, as its thread sees them."""

    def __init__(self, begin: _Begin) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_work, args=(theirs, *begin), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return bool(self._process.is_alive())

    def wait_until_ready(self) -> None:
        fault = self._answer(START_SECONDS)
        if isinstance(fault, ReferralLintError):
            raise fault

    def do(self, payload: Any, seconds: float) -> Any:
        self._pipe.send(payload)
        done, result = self._answer(seconds)
        if not done:
            raise Unjudged("fault", f"The check broke off ({result}).")
        return result

    def _answer(self, seconds: float) -> Any:
        try:
            if not self._pipe.poll(seconds):
                raise Unjudged("time", f"The check took longer than {seconds:g} seconds.")
            return self._pipe.recv()
        except (EOFError, OSError) as fault:
            raise Unjudged("crash", "The check ended before it was done.") from fault

    def kill(self) -> None:
        """Ends the process: one that waits for another program can end that first, and take its draft away."""
        self._process.terminate()
        self._process.join(GRACE_SECONDS)
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def end(self) -> None:
        """Closing the pipe tells an idle process to leave."""
        self._pipe.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.kill()


def _replaced(worker: _Worker, begin: _Begin) -> _Worker:
    worker.kill()
    fresh = _Worker(begin)
    try:
        fresh.wait_until_ready()
    except BaseException:
        fresh.kill()
        raise
    return fresh


def _work(pipe: Connection, config: Config, task: Task, memory: int, warm: Any, seconds: float) -> None:
    """What a worker process does. It leaves when the pipe closes: with its service, however that ended."""
    process.settle()
    signal.signal(signal.SIGTERM, _leave)
    _limit(memory)
    try:
        linter = linter_from(config)
    except ReferralLintError as fault:
        pipe.send(fault)
        return
    linter.limits = replace(linter.limits, seconds=min(seconds, linter.limits.seconds))
    if warm is not None:
        _done(task, linter, warm)
    pipe.send(None)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(_done(task, linter, pipe.recv()))


def _leave(*_: object) -> None:
    raise SystemExit(1)


def _done(task: Task, linter: Linter, payload: Any) -> tuple[bool, Any]:
    try:
        return True, task(linter, payload)
    except MemoryError:
        os._exit(1)  # this process is no use any more; whoever waits sees it end
    except Exception as fault:
        return False, type(fault).__name__  # never its text: it could hold words of a draft


def _limit(memory: int) -> None:
    if memory and os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
