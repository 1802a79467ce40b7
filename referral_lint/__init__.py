"""referral-lint: a linter for outgoing referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from referral_lint.engine import Linter

__all__ = ["Linter", "__version__"]


def __getattr__(name: str) -> Any:
    # Lazily, so that `referral-lint --help` does not wait for spaCy.
    if name == "Linter":
        from referral_lint.engine import Linter

        return Linter
    raise AttributeError(f"module 'referral_lint' has no attribute {name!r}")
