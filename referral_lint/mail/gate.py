"""One message from its end to its answer: judged in time or not, decided, remembered and recorded before it is told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from referral_lint.mail import replies
from referral_lint.mail.alone import why_left_alone
from referral_lint.mail.decide import DEFER, PASS, QUARANTINE, REFUSE, Decision, Judgement, Known, decide
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
    follows: bool = False  # a report is on its way to the sender
    new_subject: str | None = None


class Gate:
    """Decides on messages, as many at once as `turns`: only that many are held whole in memory."""

    def __init__(self, policies: Policies, desk: Desk, judge: Judge, turns: int, wake: Callable[[], None]) -> None:
        self._policies, self._desk, self._judge, self._wake = policies, desk, judge, wake
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
        mode = self._policies.mode(mail, judgement.found if judgement else ())
        if mode == "quarantine" and not can_quarantine:
            mode = "ask"
        reason = reason_in(mail.header("Subject"))
        mark = (
            judgement.fingerprint
            if judgement
            else self._keyed(mail.sender, mail.header("Message-ID"), *mail.recipients)
        )
        thread = self._keyed(mail.login or mail.sender, without(mail.header("Subject")))
        decision = decide(
            mode,
            judgement,
            reason=reason,
            at_once=self._policies.goes_at_once(mail),
            known=self._known(mark, thread),
            on_failure=self._policies.mail.on_failure,
        )
        decision, number = self._remembered(decision, mark, thread)
        subject = None
        if reason and decision.action == PASS and can_change and judgement and not judgement.sealed:
            subject = encoded(without(mail.header("Subject")))
        matter = self._policies.matter(mail, judgement.found, mode) if judgement else ()
        outcome = Outcome(decision, judgement, matter, number, reason, fault, new_subject=subject)
        return await self._with_errands(mail, mark, outcome)

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

    def _known(self, mark: str, thread: str) -> Known:
        try:
            return self._desk.memory.known(mark, thread)
        except sqlite3.Error:
            return Known(asked=True, deferred=True)  # what cannot be remembered is not held either

    def _remembered(self, decision: Decision, mark: str, thread: str) -> tuple[Decision, str]:
        """A refusal counts only once it is remembered: else the same message would never go."""
        what = {REFUSE: "asked", QUARANTINE: "asked", DEFER: "deferred"}.get(decision.action)
        if what is None:
            return decision, ""
        try:
            if what == "asked":
                self._desk.memory.remember(thread, f"asked {mark[:16]}")
            return decision, self._desk.memory.remember(mark, what)[0]
        except sqlite3.Error as fault:
            self._desk.log(f"what was asked cannot be remembered ({type(fault).__name__}); nothing is held")
            return Decision(PASS, "not remembered", decision.mode, tell=True), ""

    async def _with_errands(self, mail: Mail, mark: str, outcome: Outcome) -> Outcome:
        """Leave what has to be written to people for the outbox; the same message is told of once."""
        decision, config = outcome.decision, self._policies.mail
        to = self._policies.reporter(mail)
        follows = False
        if decision.tell and config.report_from and to and not mail.body.lost:
            follows = await self._report(mail, mark, outcome, to)
        if decision.action == QUARANTINE and config.release_to and config.report_from:
            with suppress(OSError):
                self._desk.errands.add(self._errand("release", config.release_to, mail, outcome))
        self._wake()
        return Outcome(**{**outcome.__dict__, "follows": follows})

    async def _report(self, mail: Mail, mark: str, outcome: Outcome, to: str) -> bool:
        try:
            if not self._desk.memory.remember(mark, f"told {outcome.decision.action}")[1]:
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
