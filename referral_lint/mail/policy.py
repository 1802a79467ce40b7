"""What the configuration says of a message: its mode, whom a report may go to, what is not looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from referral_lint.config import Config
from referral_lint.config_keys import MODES, MailFilter, Policy
from referral_lint.errors import ConfigError, RuleError
from referral_lint.mail.message import Mail
from referral_lint.mail.patterns import Network, fits, is_network, networks, within
from referral_lint.rules.named import named
from referral_lint.rules.rule import Rule

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", re.ASCII)
_RANK = {"think": 0, "fix": 1, "stop": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found in a message: how grave, how often, and what the rule is called. No words of the message."""

    rule: str
    severity: str
    title: str
    count: int = 1


@dataclass(frozen=True)
class Policies:
    """The `[mail]` section, ready to be asked."""

    mail: MailFilter
    own_networks: tuple[Network, ...] = ()
    trusted_relays: tuple[Network, ...] = ()
    left_networks: tuple[Network, ...] = ()

    def mode(self, mail: Mail, found: Iterable[Found] = ()) -> str:
        """The strictest mode that counts for any finding; without findings, what holds for the message as such."""
        fitting = [policy for policy in self.mail.policy if self._fits(policy, mail)]
        modes = [self._mode_for(one, fitting) for one in found]
        plain = next((policy.mode for policy in fitting if not policy.rules), self.mail.mode)
        return max(modes, key=MODES.index, default=plain)

    def matter(self, mail: Mail, found: Iterable[Found], mode: str) -> tuple[Found, ...]:
        """Those findings for which this mode counts: what the sender is to be told first."""
        fitting = [policy for policy in self.mail.policy if self._fits(policy, mail)]
        return tuple(one for one in found if self._mode_for(one, fitting) == mode)

    def reporter(self, mail: Mail) -> str:
        """The address of whoever proved to be the sender; empty if nobody did, or it is no plain address."""
        if mail.login:
            local = mail.login if "@" in mail.login else f"{mail.login}@{self.mail.login_domain}"
        elif within(mail.client, self.trusted_relays):
            local = mail.sender
        else:
            local = ""
        return local if _ADDRESS.fullmatch(local) else ""

    def goes_at_once(self, mail: Mail) -> bool:
        """Is one of the readers somebody to whom nothing is ever held?"""
        return any(fits(address, self.mail.never_hold) for address in mail.recipients)

    def only(self, mode: str) -> Policies:
        """The same with one mode for everything."""
        return replace(self, mail=replace(self.mail, mode=mode, policy=()))

    def _fits(self, policy: Policy, mail: Mail) -> bool:
        return (
            (not policy.mailboxes or fits(mail.mailbox, policy.mailboxes) or fits(mail.sender, policy.mailboxes))
            and (not policy.senders or fits(mail.login, policy.senders) or fits(self.reporter(mail), policy.senders))
            and (not policy.recipients or any(fits(address, policy.recipients) for address in mail.recipients))
        )

    def _mode_for(self, found: Found, fitting: Iterable[Policy]) -> str:
        """The mode of the first policy that fits this finding. What is not grave enough to hold is told of instead."""
        policy = next((p for p in fitting if not p.rules or found.rule in p.rules), None)
        mode = policy.mode if policy else self.mail.mode
        chosen = policy is not None and found.rule in policy.rules
        if mode in ("ask", "quarantine") and not chosen and _RANK[found.severity] < _RANK[self.mail.hold_from]:
            return "tell"
        return "monitor" if mode == "tell" and found.severity == "think" and not chosen else mode


def policies_from(config: Config, rules: Iterable[Rule]) -> Policies:
    """The policies of a configuration. Raises ConfigError for a rule or a network that there is not."""
    mail, known = config.mail, tuple(rules)
    for n, policy in enumerate(mail.policy):
        for rule in policy.rules:
            try:
                named(known, rule)
            except RuleError as fault:
                raise config.wrong(f"mail.policy.{n}.rules", fault.message) from fault
    if mail.seconds < 1:
        raise config.wrong("mail.seconds", "it takes at least one second")
    if mail.report_from and not _ADDRESS.fullmatch(mail.report_from):
        raise config.wrong("mail.report_from", "this is not an address")
    return Policies(
        mail,
        _networks(config, "mail.own_networks", mail.own_networks),
        _networks(config, "mail.trusted_relays", mail.trusted_relays),
        networks(one for one in mail.leave_alone if is_network(one)),
    )


def _networks(config: Config, key: str, written: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return networks(written)
    except ValueError as fault:
        wrong: ConfigError = config.wrong(key, f"{fault}; write 192.0.2.0/24 or 192.0.2.7")
        raise wrong from fault
