"""Which of the seventeen statements the draft makes, with which words, and which of the others it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_lint.model import Span, Statement, Status
from referral_lint.understanding.saying import recipient, units, weights
from referral_lint.understanding.saying.asked import UNDERSTOOD, Case, Stance, asked
from referral_lint.understanding.saying.weights import COLUMNS, NAMES

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

__all__ = ["NAMES", "find"]


def find(draft: Draft) -> tuple[Statement, ...]:
    """All seventeen, in the order of NAMES. What the setting knows wins over what the draft shows."""
    given = dict(draft.setting.statements)
    found = _found(draft) if len(given) < len(NAMES) else {}
    return tuple(Statement(name, Status(given[name])) if name in given else found[name] for name in NAMES)


def _found(draft: Draft) -> dict[str, Statement]:
    said = units.of(draft)
    model = weights.load()
    scores = model.score(said)
    lacks = dict(zip(COLUMNS, model.lacks(scores, draft.kind == "form"), strict=True))
    limits = dict(zip(COLUMNS, model.threshold, strict=True))

    def is_true(stance: str) -> bool:
        return bool(lacks[stance] < limits[stance])

    spans = _evidence(said, scores)
    states = {name: lacks[name] < limits[name] and spans[name] is not None for name in NAMES}
    spans["recipient"] = recipient.addressee(draft)
    states["recipient"] = spans["recipient"] is not None
    case = Case(
        purposes=tuple(p.id for p in draft.purposes),
        mode=draft.mode,
        urgent=draft.urgent,
        stance=Stance(agreed=is_true("agreed"), against=is_true("against")),
        said=states,
    )
    return {name: _statement(draft, name, case, spans[name]) for name in NAMES}


def _statement(draft: Draft, name: str, case: Case, span: Span | None) -> Statement:
    said = case.said is not None and case.said[name]
    # Nobody understood what was shared, or was overruled, if nobody agreed, or nobody refused.
    possible = asked(name, case) or name not in (*UNDERSTOOD, "override")
    if said and possible and span is not None:
        return Statement(name, Status.PRESENT, span, draft.words(span))
    return Statement(name, Status.ABSENT if asked(name, case) else Status.NOT_APPLICABLE)


def _evidence(said: tuple[units.Unit, ...], scores: weights.Floats) -> dict[str, Span | None]:
    """For each statement the unit that makes it best."""
    if not said:
        return dict.fromkeys(NAMES)
    return {name: said[int(scores[:, i].argmax())].span for i, name in enumerate(NAMES)}
