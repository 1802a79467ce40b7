"""What a configuration means: the rules that are in force, and the setting that drafts are read in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from referral_lint.config import Config
from referral_lint.errors import RuleError
from referral_lint.model import Severity
from referral_lint.rules.load import NoSuchPack, load_packs
from referral_lint.rules.named import named
from referral_lint.rules.rule import Rule
from referral_lint.understanding.setting import Setting


def every_rule(config: Config) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules of every pack, those that are switched off too, in the severities that are in force; `{pack: version}`.

    Raises ConfigError for a pack or a rule that there is not, RuleError for one that cannot be used.
    """
    try:
        rules, versions = load_packs(config.packs, config.folder)
    except NoSuchPack as fault:
        raise config.wrong("packs", fault.message) from fault
    changed = {_named(rules, config, f"severities.{name}", name).id: value for name, value in config.severities.items()}
    return tuple(_with(rule, changed.get(rule.id)) for rule in rules), versions


def rules_in_force(config: Config, only: Iterable[str] = ()) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules that run, and `{pack: version}`. With `only`: these, even if they are switched off. Raises like above."""
    rules, versions = every_rule(config)
    wanted = {named(rules, name).id for name in only}
    off = {_named(rules, config, "off", name).id for name in config.off}
    return tuple(r for r in rules if (r.id in wanted if wanted else r.id not in off)), versions


def setting_of(config: Config) -> Setting:
    return Setting(
        sender=config.sender.agency,
        recipients=config.recipients.agency,
        nation=config.nation,
        known_words=frozenset(config.known_words),
        own_domains=_domains(config.sender.domains),
        secure_domains=_domains(config.recipients.secure_domains),
        local=config.local,
    )


def _domains(given: tuple[str, ...]) -> tuple[str, ...]:
    """People write `@example.org` and `*.example.org` as often as `example.org`."""
    return tuple(domain.strip().lower().rpartition("@")[2].removeprefix("*").lstrip(".") for domain in given)


def _with(rule: Rule, severity: str | None) -> Rule:
    """A severity that somebody chose holds everywhere: the rule's own exceptions no longer count."""
    return rule if severity is None else replace(rule, severity=Severity(severity), severity_when=())


def _named(rules: Iterable[Rule], config: Config, key: str, name: str) -> Rule:
    try:
        return named(rules, name)
    except RuleError as fault:
        raise config.wrong(key, fault.message) from fault
