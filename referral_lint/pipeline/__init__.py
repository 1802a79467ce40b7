"""The components of our own language pipeline; importing this package registers them with spaCy."""

from __future__ import annotations

from referral_lint.pipeline import bio, features

__all__ = ["bio", "features"]
