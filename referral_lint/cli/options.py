"""Options that several commands share, and the configuration they lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from referral_lint import config
from referral_lint.config import Config
from referral_lint.config_keys import AGENCIES, NATIONS
from referral_lint.understanding.agencies import sector

Command = TypeVar("Command", bound=Callable[..., Any])


def _load(_ctx: click.Context, _option: click.Parameter, path: Path | None) -> Config:
    return config.load(path)


def _config_option(name: str, **more: Any) -> Callable[[Command], Command]:
    about = "The configuration, instead of the nearest referral-lint.toml upward from here."
    return click.option("--config", name, type=click.Path(path_type=Path), metavar="FILE", help=about, **more)


with_config = _config_option("settings", callback=_load)
with_config_file = _config_option("file")  # for a command that loads it itself


def _agency(_ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kind of service, or the name of one that shows what it is."""
    found = tuple(name if name in AGENCIES else sector(name) for name in given)
    if not all(found):
        unknown = given[found.index("")]
        raise click.BadParameter(f"{unknown!r} is none of: {', '.join(AGENCIES)}.", param=option)
    return found


def with_setting(command: Command) -> Command:
    """`--to`, `--nation`, `--rule`, `--off` and `--config`: what a draft is checked against."""
    for option in (
        with_config,
        click.option("--off", multiple=True, metavar="RULE", help="Leave this rule out. Can be given several times."),
        click.option("--rule", "only", multiple=True, metavar="RULE", help="This rule only. Can be given several times."),
        click.option("--nation", type=click.Choice(NATIONS, case_sensitive=False), help="Where you work: names in use differ."),
        click.option(
            "--to", multiple=True, metavar="AGENCY", callback=_agency, help="Who will read it, such as health or housing."
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def in_force(settings: Config, to: tuple[str, ...], nation: str | None, off: tuple[str, ...]) -> Config:
    """The configuration with what the command line says instead."""
    if to:
        settings = settings.having({"recipients.agency": to}, "--to")
    if nation:
        settings = settings.having({"nation": nation}, "--nation")
    if off:
        settings = settings.having({"off": (*settings.off, *off)}, "--off")
    return settings
