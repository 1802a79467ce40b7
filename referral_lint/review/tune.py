"""Which rules to switch off or take down a step, from what readers here said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from referral_lint.review.audit import Precision

FEWEST = 5  # judged findings, below which nothing is proposed
WEIGHTS = (
    "Each draft that was read stands for all of its group that were not chosen; so a share can differ from the plain "
    "numbers, and is less sure. A rule is switched off or taken down only where even the upper end of what is likely "
    "is too low."
)
OFF_BELOW, DOWN_BELOW = 0.5, 0.8  # of the upper end of the interval, so that a rule keeps the benefit of the doubt
_DOWN = {"stop": "fix", "fix": "think"}
_ORDER = ("off", "down", "look", "keep", "more")
_KEPT = {"security", "identity"}  # what cannot be taken back is worth a false alarm: looked at, never switched off


@dataclass(frozen=True, slots=True)
class Advice:
    """`does`: off, down, look, keep or more; `to`: the severity for "down"."""

    of: Precision
    does: str
    to: str = ""

    @property
    def sentence(self) -> str:
        share = self.of.share
        seen = (
            f"readers agreed with {self.of.agreed} of {self.of.judged}, "
            f"which stands for {100 * share.value:.0f}% here (likely {100 * share.low:.0f}–{100 * share.high:.0f}%)"
        )
        said = {
            "off": "Switch it off: most of what it finds here is not so",
            "down": f"Take it down to `{self.to}`: it is too often wrong here to count as `{self.of.severity}`",
            "look": "Often wrong here, but about what cannot be taken back: look at its findings together before you change it",
            "keep": _keep(self.of),
            "more": "Too few were read to say",
        }[self.does]
        return f"{self.of.rule}: {said}; {seen}."


def _keep(rule: Precision) -> str:
    if rule.share.value >= DOWN_BELOW:
        return "Keep it"
    if rule.share.high >= DOWN_BELOW:
        return "Keep it until more are read: of so few it may be chance"
    return "Keep it: often not so here, but a question never counts against anybody"


def advice(found: Sequence[Precision]) -> list[Advice]:
    """One piece of advice a rule; what should change comes first."""
    return sorted(map(_one, found), key=lambda one: _ORDER.index(one.does))


def _one(rule: Precision) -> Advice:
    if rule.judged < FEWEST:
        return Advice(rule, "more")
    if rule.share.high >= DOWN_BELOW:
        return Advice(rule, "keep")
    if rule.family in _KEPT or rule.severity == "stop":
        return Advice(rule, "look")
    if rule.share.high < OFF_BELOW:
        return Advice(rule, "off")
    return Advice(rule, "down", _DOWN[rule.severity]) if rule.severity in _DOWN else Advice(rule, "keep")


def as_settings(every: Sequence[Advice], off: Sequence[str]) -> str:
    """The lines for referral-lint.toml; empty if nothing is to be changed. `off`: what is switched off already."""
    away = [*off, *(one.of.rule for one in every if one.does == "off")]
    down = [(one.of.rule, one.to) for one in every if one.does == "down"]
    lines = []
    if len(away) > len(off):
        lines.append("off = [" + ", ".join(f'"{name}"' for name in away) + "]")
    if down:
        lines.append("severities = { " + ", ".join(f'{name} = "{to}"' for name, to in down) + " }")
    return "\n".join(lines)
