"""One message from its end to its answer: judged in time or not, decided, remembered and recorded before it is told.

Nothing is held of which nobody knows: a refusal is told by the mail server itself, and a message is quarantined only once
the mail server has taken the note to who releases it; else it is refused instead.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from referral_lint.mail import replies
from referral_lint.mail.alone import why_left_alone
from referral_lint.mail.decide import PASS, QUARANTINE, REFUSE, Decision, Judgement, decide
from referral_lint.mail.errands import Errand, Errands
from referral_lint.mail.judge import Job, job_of
from referral_lint.mail.memory import Memory
from referral_lint.mail.message import Mail
from referral_lint.mail.metrics import Metrics
from referral_lint.mail.policy import Found, Policies
from referral_lint.mail.records import Records
from referral_lint.mail.tag import encoded, reason_in, without
from referral_lint.workers import Unjudged

Judge = Callable[[Job], Awaitable[Judgement]]


class Post(Protocol):
    """Writes to people: `notify` at once (was it taken?), and what is on the desk after `wake`."""

    def wake(self) -> None: ...

    async def notify(self, note: Errand) -> bool: ...


@dataclass
class Desk:
    """What is kept about messages. `log` takes one line without any personal detail."""

    memory: Memory
    records: Records
    errands: Errands
    metrics: Metrics
    log: Callable[[str], None]
    key: bytes = field(repr=False, default=b"")


@dataclass(frozen=True)
class Outcome:
    """What was decided and why; `number` if the message was held, `fault` if it could not be judged."""

    decision: Decision
    judgement: Judgement | None = None
    matter: tuple[Found, ...] = ()  # what the sender is told first
    number: str = ""
    reason: str = ""
    fault: str = ""
    again: bool = False  # the very same message was held before
    follows: bool = False  # a report is on its way to the sender
    new_subject: str | None = None


class Gate:
    """Decides on messages, as many at once as `turns`: only that many are held whole in memory."""

    def __init__(self, policies: Policies, desk: Desk, judge: Judge, turns: int, post: Post) -> None:
        self._policies, self._desk, self._judge, self._post = policies, desk, judge, post
        self._turns = asyncio.Semaphore(turns)

    def keeps(self, mail: Mail) -> bool:
        """Is the body needed? Known when the headers are there."""
        return not why_left_alone(mail, self._policies)

    async def answer(self, mail: Mail, can_change: bool = True, can_quarantine: bool = True) -> bytes:
        """The bytes that the mail server waits for. Whatever goes wrong here, the message goes, with a record."""
        began = time.monotonic()
        self._begin(mail)
        try:
            outcome = await self._outcome(mail, can_change, can_quarantine)
        except Exception as fault:  # a fault of ours must not hold a message up
            outcome = Outcome(Decision(PASS, "unjudged", "monitor"), fault=type(fault).__name__)
        took = time.monotonic() - began
        self._record(mail, outcome, took)
        self._desk.metrics.took(took)
        return replies.frames_for(
            outcome.decision, outcome.number, outcome.matter, outcome.new_subject, outcome.follows
        )

    def answered(self, mail: Mail) -> None:
        """The mail server has the answer."""
        self._desk.records.end(mail.queue_id)

    async def _outcome(self, mail: Mail, can_change: bool, can_quarantine: bool) -> Outcome:
        if why := why_left_alone(mail, self._policies):
            return Outcome(Decision(PASS, f"left alone: {why}", "none"))
        judgement, fault = await self._judged(mail)
        found = judgement.found if judgement else ()
        mode = self._policies.mode(mail, found)
        mark = (
            judgement.fingerprint
            if judgement
            else self._keyed(mail.sender, mail.header("Message-ID"), *mail.recipients)
        )
        reason, matter = reason_in(mail.header("Subject")), self._policies.matter(mail, found, mode)
        judged = Outcome(Decision(PASS, "", mode), judgement, matter, reason=reason, fault=fault)
        outcome = self._decided(mail, mark, judged, mode if can_quarantine or mode != "quarantine" else "ask")
        if outcome.decision.action == QUARANTINE and not await self._post.notify(self._note(mail, outcome)):
            outcome = self._decided(mail, mark, judged, "ask")
        if reason and outcome.decision.action == PASS and can_change and judgement and not judgement.sealed:
            outcome = replace(outcome, new_subject=encoded(without(mail.header("Subject"))))
        return await self._with_report(mail, mark, outcome)

    async def _judged(self, mail: Mail) -> tuple[Judgement | None, str]:
        """The judgement, or why there is none: time | crash | fault | disk | not kept (too long, or no room)."""
        if mail.body.lost:
            return None, "not kept"
        try:
            async with asyncio.timeout(self._policies.mail.seconds), self._turns:
                job = await asyncio.to_thread(job_of, mail, self._desk.key)
                try:
                    return await self._judge(job), ""
                except Unjudged as fault:
                    if fault.reason != "crash":
                        raise
                return await self._judge(job), ""  # the worker may have died of something else: another one tries
        except TimeoutError:
            return None, "time"
        except Unjudged as fault:
            return None, fault.reason
        except (OSError, ValueError):
            return None, "disk"

    def _decided(self, mail: Mail, mark: str, judged: Outcome, mode: str) -> Outcome:
        """The decision, in that mode. A refusal counts only once it is remembered: else the same message would never go."""
        at_once = self._policies.goes_at_once(mail)
        decision_if = partial(decide, mode, judged.judgement, reason=judged.reason, at_once=at_once)
        decision = decision_if(asked=False)
        if decision.action == PASS:
            return replace(judged, decision=decision)
        try:
            if self._desk.memory.asked(mark):
                return replace(judged, decision=decision_if(asked=True))
            number, is_new = self._desk.memory.remember(mark, "asked" if decision.action == REFUSE else "held")
        except sqlite3.Error as fault:
            self._desk.log(f"what was asked cannot be remembered ({type(fault).__name__}); nothing is held")
            return replace(judged, decision=Decision(PASS, "not remembered", mode, tell=True))
        return replace(judged, decision=decision, number=number, again=not is_new)

    def _is_told(self, mail: Mail, outcome: Outcome) -> bool:
        """Can a report go to whoever sent it?"""
        reporter = self._policies.mail.report_from and self._policies.reporter(mail)
        return bool(outcome.decision.tell and reporter) and not mail.body.lost

    def _note(self, mail: Mail, outcome: Outcome) -> Errand:
        """To who releases what is held."""
        note = self._errand("release", self._policies.mail.release_to, mail, outcome)
        return replace(note, again=outcome.again, sender_is_told=self._is_told(mail, outcome))

    async def _with_report(self, mail: Mail, mark: str, outcome: Outcome) -> Outcome:
        """Leave the report to the sender for the outbox."""
        if not self._is_told(mail, outcome):
            return outcome
        follows = await self._report(mail, mark, outcome, self._policies.reporter(mail))
        self._post.wake()
        return replace(outcome, follows=follows)

    async def _report(self, mail: Mail, mark: str, outcome: Outcome, to: str) -> bool:
        """The same message is told of once; one that is held, each time that it is."""
        action = outcome.decision.action
        try:
            if not self._desk.memory.remember(mark, f"told {action}")[1] and action != QUARANTINE:
                return False
            raw = (await asyncio.to_thread(job_of, mail, b"")).raw
            await asyncio.to_thread(self._desk.errands.add, self._errand("report", to, mail, outcome), raw)
        except (OSError, ValueError, sqlite3.Error) as fault:
            self._desk.log(f"a report cannot be kept ({type(fault).__name__})")
            return False
        return True

    def _errand(self, kind: str, to: str, mail: Mail, outcome: Outcome) -> Errand:
        titles = tuple(one.title for one in outcome.matter)
        decision = outcome.decision
        message_id = mail.header("Message-ID") if kind == "report" else ""
        return Errand(kind, to, decision.action, decision.why, outcome.number, mail.queue_id, message_id, titles)

    def _keyed(self, *said: str) -> str:
        """A fingerprint of what the headers and the envelope say; it gives nothing of them away."""
        return hmac.digest(self._desk.key, "\0".join(said).encode("utf-8", "replace"), hashlib.sha256).hex()

    # --- what is kept of it

    def _begin(self, mail: Mail) -> None:
        try:
            self._desk.records.begin(mail.queue_id)
        except OSError as fault:
            self._desk.log(f"{mail.queue_id}: no mark could be made of it ({fault.strerror})")

    def _record(self, mail: Mail, outcome: Outcome, took: float) -> None:
        decision, judgement = outcome.decision, outcome.judgement
        line = {
            "id": mail.queue_id,
            "action": decision.action,
            "why": decision.why,
            "mode": decision.mode,
            "ms": round(took * 1000),
            "size": mail.body.size,
            "recipients": len(mail.recipients),
            "report": outcome.follows,
        }
        if judgement is not None:
            line |= {"verdict": judgement.verdict, "complete": judgement.complete, "urgent": judgement.urgent}
            line["rules"] = {one.rule: one.count for one in judgement.found}
        line |= {k: v for k, v in (("number", outcome.number), ("fault", outcome.fault)) if v}
        self._count(outcome)
        self._desk.log(f"{mail.queue_id}: {decision.action} ({decision.why}) {line['ms']} ms {outcome.fault}".rstrip())
        try:
            self._desk.records.add(**line, **({"reason": outcome.reason[:300]} if outcome.reason else {}))
        except OSError as fault:
            self._desk.log(f"{mail.queue_id}: its record could not be written ({fault.strerror})")

    def _count(self, outcome: Outcome) -> None:
        metrics = self._desk.metrics
        metrics.count("messages", f"{outcome.decision.action}, {outcome.decision.why}")
        if outcome.judgement is not None:
            metrics.count("verdicts", outcome.judgement.verdict)
        if outcome.fault:
            metrics.count("failures", outcome.fault)
