"""The facts that everybody shares: rules/data, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from referral_lint.errors import RuleError
from referral_lint.paths import RULES

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is about ten times faster


@cache
def facts(name: str) -> Any:
    """A YAML file of rules/data. Raises RuleError if it is missing or broken."""
    path = RULES / "data" / name
    try:
        return yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506  (a safe loader)
    except (OSError, yaml.YAMLError) as fault:
        raise RuleError("this file of facts cannot be read; install referral-lint again", path) from fault


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A tab-separated file of rules/data as mappings; lines that begin with # are comments."""
    path = RULES / "data" / name
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    except OSError as fault:
        raise RuleError("this file of facts cannot be read; install referral-lint again", path) from fault
    head = lines[0].split("\t")
    return tuple(dict(zip(head, line.split("\t"), strict=False)) for line in lines[1:])
