"""`referral-lint config`: what is in force, and where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put
from referral_lint.config import Config
from referral_lint.config_keys import KEYS
from referral_lint.in_force import rules_in_force


@click.command("config")
@with_config
def show(settings: Config) -> int:
    """Show every setting, its value, and where it comes from."""
    rules_in_force(settings)  # so that a rule or a pack that there is not is said here too
    rows = [(key, written(settings[key]), settings.origin(key)) for key in KEYS]
    name, value = (max(len(row[i]) for row in rows) for i in (0, 1))
    value = min(value, 40)
    lines = [f"{settings.path or 'No configuration file here or above: everything is as built in.'}", ""]
    lines += [f"{key:{name}}  {said:{value}}  {origin}" for key, said, origin in rows]
    put("\n".join(lines) + "\n")
    return 0


def written(value: Any) -> str:
    """The value as it would stand in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {written(item)}" for name, item in value.items()) + " }" if value else "{}"
    if is_dataclass(value) and not isinstance(value, type):
        return written({f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name)})
    return str(value)
