"""Danger in so few words that no model needs to weigh them: “ambulance needed now”. The phrases are rules/data/urgency_words.yaml."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from referral_lint.understanding.danger import shapes
from referral_lint.understanding.saying import features
from referral_lint.understanding.saying.units import Unit


def is_said(units: Sequence[Unit], cut: Callable[[str], list[str]] = features.tokens) -> bool:
    """Does one of these call for help, or tell of a state that cannot wait, and nothing in or near it say that it is not so now?"""
    return bool(shapes.matching("plain", units, cut))
