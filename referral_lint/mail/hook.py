"""One message and no mail server: may it go? The answer is an exit code and plain words without any of the message."""

from __future__ import annotations

import secrets

from referral_lint.config import Config
from referral_lint.config_keys import SEVERITIES
from referral_lint.in_force import every_rule
from referral_lint.mail.alone import why_left_alone
from referral_lint.mail.decide import Judgement
from referral_lint.mail.judge import WORKER_MEMORY, job_of, judge
from referral_lint.mail.message import Mail
from referral_lint.mail.policy import policies_from
from referral_lint.mail.replies import DANGER, MOST_SAID
from referral_lint.workers import Unjudged, Workers

GOES, LOOK, UNREAD = 0, 1, 3
# Not "Please look": where these words are all that is asked for, as in procmail, it must not be held for them.
UNREAD_GOES = "Not all of it could be read, so it can go."
IN_THE_REST = "Found in the rest:"


def asked(config: Config, mail: Mail, fail_on: str) -> tuple[int, list[str]]:
    """The exit code for a message, and the lines that say why. Raises ReferralLintError for a configuration's mistake.

    0: it can go (nothing at or above `fail_on`, or danger, protection, or left alone); 1: have a look first;
    3: not all of it could be read or judged in time, so let it go, whatever was found in the rest.
    """
    if not mail.headers:  # no message at all, or one that lost its head: nobody can say what it is
        return UNREAD, ["It could not be checked."]
    policies = policies_from(config, every_rule(config)[0])
    if why_left_alone(mail, policies):
        return GOES, []
    try:
        with Workers(config, 1, task=judge, seconds=config.mail.seconds, memory=WORKER_MEMORY) as workers:
            judgement: Judgement = workers.submit(job_of(mail, secrets.token_bytes(32))).result()
    except (Unjudged, OSError, ValueError):
        return UNREAD, ["It could not be checked."]
    return _answer(judgement, fail_on, policies.goes_at_once(mail))


def _answer(judgement: Judgement, fail_on: str, at_once: bool) -> tuple[int, list[str]]:
    grave = [one for one in judgement.found if _counts(one.severity, fail_on)]
    said = [f"{n}. {one.title}." for n, one in enumerate(grave[:MOST_SAID], 1)]
    if judgement.urgent or judgement.protection or judgement.invitation or at_once:
        return GOES, []
    if not judgement.complete:  # what was not read may tell of danger: a leak beside it must not hold that up
        return UNREAD, [UNREAD_GOES, *([IN_THE_REST, *said, DANGER] if said else [])]
    return (LOOK, ["Please look at this first:", *said, DANGER]) if said else (GOES, [])


def _counts(severity: str, fail_on: str) -> bool:
    return fail_on in SEVERITIES and SEVERITIES.index(severity) <= SEVERITIES.index(fail_on)
