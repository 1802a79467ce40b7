"""What the configuration says of a message: its mode, whom a report may go to, what is not looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from referral_lint.config import Config
from referral_lint.config_keys import MODES, MailFilter, Policy
from referral_lint.mail.message import Mail
from referral_lint.mail.mistakes import refuse_mistakes
from referral_lint.mail.patterns import Network, fits, is_address, is_network, networks, within
from referral_lint.rules.rule import Rule

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
        return local if is_address(local) else ""

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
    """The policies of a configuration. Raises ConfigError for what would do nothing, or could not be done."""
    mail = config.mail
    refuse_mistakes(config, tuple(rules))
    return Policies(
        mail,
        networks(mail.own_networks),
        networks(mail.trusted_relays),
        networks(one for one in mail.leave_alone if is_network(one)),
    )
