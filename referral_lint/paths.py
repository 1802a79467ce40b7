"""Where the rule packs and the language pipeline lie: inside an installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_INSIDE = Path(__file__).parent / "_data"
_ROOT = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent

RULES = _ROOT / "rules"
MODELS = _ROOT / "models"
