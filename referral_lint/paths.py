"""Where the rule packs and the language pipeline lie: inside an installed package, or beside it in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

_INSIDE = Path(__file__).parent / "_data"
_ROOT = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent

RULES = _ROOT / "rules"
MODELS = _ROOT / "models"


def user_folder() -> Path:
    """Where this user's own settings and secrets are kept. Raises RuntimeError if the user has no folder at all."""
    named = os.environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME")
    return (Path(named) if named else Path.home() / ".config") / "referral-lint"


def cache_folder() -> Path:
    """Where this user keeps what can be made again at any time. Raises RuntimeError if the user has no folder at all."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "referral-lint"
