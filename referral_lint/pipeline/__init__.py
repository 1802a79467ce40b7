"""The components of our own language pipeline. `register` makes them known to spaCy before it loads one."""

from __future__ import annotations


def register() -> None:
    """Idempotent; imports spaCy, so it is called only where a pipeline is loaded or trained."""
    from referral_lint.pipeline import bio, features  # noqa: F401  (importing bio registers its factory)

    features.register()
