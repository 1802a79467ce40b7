"""What is done in the worker processes, where a hostile draft can do no more than end one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from referral_lint.engine import Linter
from referral_lint.model import DocumentReport, Report, Source
from referral_lint.web.noname import strict
from referral_lint.web.refusal import Refused
from referral_lint.workers import Unjudged, Workers
from referral_lint.writers import ANNOTATORS, named
from referral_lint.writers.json import render

Result = TypeVar("Result")
MOST_WAITING = 200  # pieces of work; the next one is told to come back


@dataclass(frozen=True, slots=True)
class Job:
    """A function of a module and its arguments; the linter comes first."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...]


def do(linter: Linter, job: Job) -> Any:
    """The task of the workers."""
    return job.work(linter, *job.arguments)


def as_json(linter: Linter, source: Source) -> str:
    """The contract's JSON of one input."""
    return render(linter.lint(source))


def checked(linter: Linter, source: Source, no_names: bool, to: str) -> Report:
    """The report of one input. `no_names`: a general enquiry; `to`: the kind of service that reads it."""
    setting = replace(linter.setting, mode="no-names") if no_names else linter.setting
    setting = replace(setting, recipients=(to,)) if to else setting
    if not no_names:
        return linter.with_setting(setting).lint(source)
    reader = copy(linter.with_setting(setting))
    reader.waivers = None  # fingerprints come after what is added here
    report = reader.lint(source)
    documents = tuple(strict(document) for document in report.documents)
    if linter.waivers is not None:
        documents = linter.waivers.apply(documents, {rule.id for rule in linter.rules})
    return replace(report, documents=documents)


def annotated(_linter: Linter, source: Source, report: DocumentReport, edits: bool) -> bytes:
    """The annotated copy of a Word or PDF file. Raises ReferralLintError if it cannot be made."""
    copy: bytes = named(ANNOTATORS[report.document.media_type])(source, report, suggest_edits=edits)
    return copy


class Queue:
    """Hands work to the workers and waits for it without holding up anybody else."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._waiting = 0

    async def ask(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """The result of `work(linter, *arguments)`. Raises Refused (503, 504)."""
        if self._waiting >= MOST_WAITING:
            raise Refused(503, "Too much is being checked at the moment. Try again in a few seconds.")
        self._waiting += 1
        try:
            result: Result = await asyncio.wrap_future(self._workers.submit(Job(work, arguments)))
            return result
        except Unjudged as fault:
            raise _unfinished(fault) from fault
        except RuntimeError as fault:
            raise Refused(503, "The program is being closed. Start it again.") from fault
        finally:
            self._waiting -= 1


class Unfinished(Refused):
    """One piece of work took too long, or ended its process; others are not touched by that."""


def _unfinished(fault: Unjudged) -> Unfinished:
    if fault.reason == "time":
        return Unfinished(504, f"{fault} Try a shorter piece of it.")
    return Unfinished(503, f"{fault} Nothing was sent or changed. Try again, or try a part of it.")
