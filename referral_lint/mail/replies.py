"""What the mail server is told, and the plain words in it. Titles of rules, numbers; never a word of the message."""

from __future__ import annotations

from collections.abc import Iterable

from referral_lint.mail import frames
from referral_lint.mail.decide import QUARANTINE, REFUSE, Decision
from referral_lint.mail.policy import Found

MOST_SAID = 3
DANGER = "If anyone is in immediate danger, ring 999."


def refusal_lines(number: str, found: Iterable[Found], report_follows: bool) -> list[str]:
    """Why it was not sent, the two or three things that matter most, and the two ways on."""
    said = list(found)[:MOST_SAID]
    lines = [f"Not sent yet: please look at this first (number {number})."]
    lines += [f"{n}. {_plain(one.title)}." for n, one in enumerate(said, 1)]
    if report_follows:
        lines.append("An email to you shows the places.")
    lines.append("Right as it is? Send the same message again, or write [send: your reason] in its subject.")
    return [*lines, DANGER]


def frames_for(decision: Decision, number: str, found: Iterable[Found], subject: str | None, follows: bool) -> bytes:
    """The bytes of the answer. `subject`: the new value of that header, if it changes."""
    changes = b"" if subject is None else frames.change_header("Subject", subject)
    if decision.action == REFUSE:
        return frames.refusal("550 5.7.1", refusal_lines(number, found, follows))
    if decision.action == QUARANTINE:
        return changes + frames.quarantine(f"referral-lint number {number}") + frames.CONTINUE
    return changes + frames.CONTINUE


def _plain(title: str) -> str:
    return title.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'").rstrip(".")
