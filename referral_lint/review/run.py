"""The run itself: files go to workers a few at a time, rows come back in any order, and each is kept at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from typing import Any, Protocol

from referral_lint.errors import ReferralLintError
from referral_lint.review.privacy import Names
from referral_lint.review.row import FileRow, Job
from referral_lint.review.store import Store
from referral_lint.review.walk import Found
from referral_lint.workers import Unjudged

AHEAD = 16  # files handed out that are not back yet: enough to keep workers busy, few enough to stay small
MEMORY = 4_000_000_000  # bytes that one worker may come to: a file that wants more ends its worker, not the machine
COMMIT_SECONDS = 2.0  # what a power cut costs at most


class Pool(Protocol):
    """Workers here, or a cluster."""

    def submit(self, payload: Any) -> Future[Any]: ...


class Stop(ReferralLintError):
    """Something that makes the whole run senseless, such as another version on the other machines."""


def run(
    found: Iterable[Found],
    store: Store,
    pool: Pool,
    names: Names,
    job: Callable[[Found, str], Job],
    told: Callable[[FileRow], None],
    ahead: int = AHEAD,
) -> None:
    """Look at every file and keep what comes of it. `job` makes a Job of a file and its last fingerprint.

    What stops a file (time, a crash, damage) is kept as its problem. An interruption leaves the rest to the next run.
    """
    pending: dict[Future[Any], Found] = {}
    last = time.monotonic()
    try:
        for one in found:
            pending[pool.submit(job(one, store.known(names.code("file", one.name))))] = one
            if len(pending) >= ahead:
                _collect(pending, store, names, told)
            if time.monotonic() - last > COMMIT_SECONDS:
                store.commit()
                last = time.monotonic()
        while pending:
            _collect(pending, store, names, told)
    except BaseException:
        for future in pending:
            future.cancel()
        store.commit()
        raise
    store.finish()


def _collect(pending: dict[Future[Any], Found], store: Store, names: Names, told: Callable[[FileRow], None]) -> None:
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        one = pending.pop(future)
        row = _row(future)
        code = names.code("file", one.name)
        store.keep(code, one.name, names.file(one.name), row)
        # A file that is as it was may be one that could not be read.
        told(row if row.documents is not None else replace(row, problem=store.problem(code)))


def _row(future: Future[Any]) -> FileRow:
    """A file that gave no result is looked at again by the next run: it may have been the machine and not the file."""
    try:
        row: FileRow = future.result()
    except Unjudged as why:
        return FileRow("", problem=str(why))
    return row
