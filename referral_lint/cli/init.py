"""`referral-lint init`: a configuration file in which everything is explained."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from referral_lint import config
from referral_lint.cli.terminal import put, say
from referral_lint.config import NAME
from referral_lint.config_keys import KEYS
from referral_lint.errors import ConfigError, trouble
from referral_lint.mail.postfix import lines


@click.command()
@click.option("--postfix", is_flag=True, help="Print what goes into Postfix and systemd instead.")
def init(postfix: bool) -> int:
    """Write referral-lint.toml into this folder, with every setting explained and none set."""
    if postfix:
        put(lines(config.load(), _program()))
        return 0
    try:
        with Path(NAME).open("x", encoding="utf-8") as file:
            file.write(sample())
    except FileExistsError as fault:
        raise ConfigError("there is one here already; it was left as it is", NAME) from fault
    except OSError as fault:
        raise ConfigError(f"this file cannot be written {trouble(fault)}", NAME) from fault
    say(f"Written: {NAME}. Open it and set what you need.")
    return 0


def _program() -> str:
    """How this very installation is called by its full name."""
    beside = Path(sys.executable).with_name("referral-lint")
    return str(beside) if beside.exists() else shutil.which("referral-lint") or "referral-lint"


def sample() -> str:
    """A configuration file in which every key is explained and nothing is set."""
    lines = ["# The settings of referral-lint. Take away the # before a line to make it count.", ""]
    section = ""
    for key in sorted(KEYS, key=lambda k: "." in k):  # a stable sort: in TOML, keys without a section come first
        table, _, name = key.rpartition(".")
        if table != section:
            lines += [f"[{table}]", ""]
            section = table
        known = KEYS[key]
        lines.append(f"# {known.about}")
        if known.one_of:
            lines.append(f"# One of: {', '.join(known.one_of)}.")
        lines += [f"# {name} = {known.example}", ""]
    return "\n".join(lines)
