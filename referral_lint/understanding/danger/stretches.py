"""The stretches of a draft that are read together for danger."""

from __future__ import annotations

GROUP, STEP = 6, 3  # units of one stretch of a long draft, and from one stretch's beginning to the next's


def groups(count: int) -> list[tuple[int, int]]:
    """Where each stretch begins and how many units it has: a short draft as it is, of a long one six at a time."""
    if count <= GROUP:
        return [(0, count)] if count else []
    return [(first, min(GROUP, count - first)) for first in range(0, count - GROUP + STEP, STEP)]
