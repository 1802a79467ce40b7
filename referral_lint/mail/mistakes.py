"""What the `[mail]` section cannot mean: said with its line before the filter begins, not found out by a held message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from referral_lint.config import Config
from referral_lint.config_keys import KEYS
from referral_lint.errors import RuleError
from referral_lint.mail.patterns import is_address, is_login, is_network, is_pattern
from referral_lint.patterns import compiled
from referral_lint.rules.named import named
from referral_lint.rules.rule import Rule

_HEADER = compiled(r"header:[ \t]*[!-9;-~]+[ \t]*", re.I)
_ADDRESSES = "write duty@example.org, or @example.org for every address that ends so"
_NETWORKS = "write 192.0.2.0/24 or 192.0.2.7"


def refuse_mistakes(config: Config, rules: tuple[Rule, ...]) -> None:
    """Raises ConfigError for the first mistake."""
    mail = config.mail
    if mail.seconds < 1:
        raise config.wrong("mail.seconds", "it takes at least one second")
    for key in ("mail.report_from", "mail.release_to"):
        if config[key] and not is_address(config[key]):
            raise config.wrong(key, "this is not an address")
    for key in ("mail.own_networks", "mail.trusted_relays"):
        _each(config, key, config[key], is_network, f"is no network; {_NETWORKS}")
    _each(config, "mail.never_hold", mail.never_hold, is_pattern, f"fits no address; {_ADDRESSES}")
    _each(config, "mail.leave_alone", mail.leave_alone, _can_be_left_alone, f"fits nothing; {_ADDRESSES}, {_NETWORKS}, or header:NAME")  # fmt: skip
    for n, policy in enumerate(mail.policy):
        for name, is_right in (("mailboxes", is_pattern), ("senders", is_login), ("recipients", is_pattern)):
            _each(config, f"mail.policy.{n}.{name}", getattr(policy, name), is_right, f"fits no address; {_ADDRESSES}")
        _known_rules(config, f"mail.policy.{n}.rules", policy.rules, rules)
    _somebody_is_told(config)


def _each(config: Config, key: str, written: Iterable[str], is_right: Callable[[str], bool], wrong: str) -> None:
    for text in written:
        if not is_right(text):
            raise config.wrong(key, f"{text!r} {wrong}")


def _can_be_left_alone(text: str) -> bool:
    return is_pattern(text) or is_network(text) or bool(_HEADER.fullmatch(text))


def _known_rules(config: Config, key: str, written: Iterable[str], rules: tuple[Rule, ...]) -> None:
    for rule in written:
        try:
            named(rules, rule)
        except RuleError as fault:
            raise config.wrong(key, fault.message) from fault


def _somebody_is_told(config: Config) -> None:
    """Nobody is to be told who cannot be written to, and nothing waits in a queue of which nobody knows."""
    mail = config.mail
    modes = {"mail.mode": mail.mode} | {f"mail.policy.{n}.mode": policy.mode for n, policy in enumerate(mail.policy)}
    for place, mode in modes.items():
        if mode == "tell" and not mail.report_from:
            example = KEYS["mail.report_from"].example
            raise config.wrong(
                place, f"tell needs mail.report_from, or nobody is told: add report_from = {example} under [mail]"
            )
    for key in ("report_from", "release_to"):
        for place, mode in modes.items():
            if mode == "quarantine" and not getattr(mail, key):
                raise config.wrong(
                    place, f"quarantine needs mail.{key}: otherwise nobody is told that a message is held"
                )
