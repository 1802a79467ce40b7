"""What each mode would have done with past messages: a folder of them, judged again and decided, and nothing sent."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from referral_lint.config import Config
from referral_lint.config_keys import MODES
from referral_lint.errors import ReferralLintError
from referral_lint.in_force import every_rule
from referral_lint.mail.alone import why_left_alone
from referral_lint.mail.decide import PASS, QUARANTINE, REFUSE, Decision, Judgement, decide
from referral_lint.mail.judge import WORKER_MEMORY, job_of, judge
from referral_lint.mail.message import Mail, from_bytes
from referral_lint.mail.policy import Policies, policies_from
from referral_lint.mail.tag import reason_in
from referral_lint.readers.detect import is_document
from referral_lint.workers import Unjudged, Workers

CONFIGURED = "as set up"
OUTCOMES = ("goes", "goes, sender told", "refused once", "held for release", "left alone")
AT_ONCE = 8  # messages that are read ahead of the workers


@dataclass
class Replay:
    """The counts by mode and outcome, and one line a message of what the configuration as it is would have done."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {m: Counter() for m in (CONFIGURED, *MODES)})
    asked: dict[str, set[str]] = field(default_factory=lambda: {m: set() for m in (CONFIGURED, *MODES)})
    messages: int = 0

    def add(
        self, mail: Mail, judgement: Judgement | None, policies: Policies, alone: str
    ) -> tuple[str, Decision | None]:
        """Count one message in every mode. The outcome as set up, and the decision if there was one to make."""
        self.messages += 1
        told: dict[str, tuple[str, Decision | None]] = {}
        for mode in self.counts:
            decision = None if alone else self._decision(mode, mail, judgement, policies)
            told[mode] = (_outcome(decision), decision)
            self.counts[mode][told[mode][0]] += 1
        return told[CONFIGURED]

    def _decision(self, mode: str, mail: Mail, judgement: Judgement | None, policies: Policies) -> Decision:
        found = judgement.found if judgement else ()
        here = policies if mode == CONFIGURED else policies.only(mode)
        mark = judgement.fingerprint if judgement else ""
        decision = decide(
            here.mode(mail, found),
            judgement,
            reason=reason_in(mail.header("Subject")),
            at_once=here.goes_at_once(mail),
            asked=mark in self.asked[mode],
        )
        if decision.action == REFUSE:
            self.asked[mode].add(mark)
        return decision

    def table(self) -> Iterator[str]:
        """The counts as lines for a person."""
        yield f"{'':12}" + "".join(f"{name:>19}" for name in OUTCOMES)
        for mode, counts in self.counts.items():
            yield f"{mode:12}" + "".join(f"{counts[name]:>19}" for name in OUTCOMES)


def replay(config: Config, folder: Path) -> Iterator[str]:
    """One line a message, then the table. Raises ReferralLintError, or OSError for a folder that cannot be read."""
    policies, key = policies_from(config, every_rule(config)[0]), secrets.token_bytes(32)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and _may_be_mail(path))
    if not files:
        raise ReferralLintError("there is no message in this folder; save some there, each as one file (.eml)", folder)
    total = Replay()
    with Workers(config, config.mail.workers, task=judge, seconds=config.mail.seconds, memory=WORKER_MEMORY) as workers:
        for path, mail, alone, future in _ahead(files, policies, key, workers):
            judgement, fault = _result(future)
            outcome, decision = total.add(mail, judgement, policies, alone)
            why = alone or fault or (decision.why if decision else "")
            rules = ", ".join(one.rule for one in judgement.found if one.severity != "think") if judgement else ""
            yield f"{path.relative_to(folder)}: {outcome} ({why}){': ' if rules else ''}{rules}"
    yield ""
    yield f"What each mode would have done with {total.messages} {'message' if total.messages == 1 else 'messages'}:"
    yield from total.table()


def _may_be_mail(path: Path) -> bool:
    """Files of a mail folder are called as they please, but no Word file is a message."""
    return not path.name.startswith(".") and (path.suffix.lower() == ".eml" or not is_document(path.name))


Handed = tuple[Path, Mail, str, "Future[Judgement] | None"]


def _ahead(files: Iterable[Path], policies: Policies, key: bytes, workers: Workers) -> Iterator[Handed]:
    """The messages in order, a few of them given to the workers before they are asked for."""
    waiting: list[Handed] = []
    for path in files:
        mail = from_bytes(path.read_bytes())
        alone = why_left_alone(mail, policies)
        future = None if alone or mail.body.lost else workers.submit(job_of(mail, key))
        waiting.append((path, mail, alone, future))
        if len(waiting) >= AT_ONCE:
            yield waiting.pop(0)
    yield from waiting


def _result(future: Future[Judgement] | None) -> tuple[Judgement | None, str]:
    try:
        return (future.result() if future else None), ""
    except Unjudged as fault:
        return None, f"not judged: {fault.reason}"


def _outcome(decision: Decision | None) -> str:
    if decision is None:
        return "left alone"
    if decision.action != PASS:
        return "held for release" if decision.action == QUARANTINE else "refused once"
    return "goes, sender told" if decision.tell else "goes"
