"""The commands: one table of lazy imports, so that `--help` waits for nothing."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

import click

from referral_lint import __version__

# command -> ("module:function", one line of help); a module that is not there is not offered
COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("referral_lint.cli.check:check", "Check drafts: files, folders, or - for standard input."),
    "waive": ("referral_lint.cli.waive:waive", "Leave a finding as it is, and say why."),
    "review": ("referral_lint.cli.review:review", "Look through a folder of referrals for what could be better."),
    "serve": ("referral_lint.cli.serve:serve", "Open a page on this machine to check drafts in."),
    "add-in": ("referral_lint.cli.add_in:add_in", "Write the add-in for Thunderbird, Outlook or Word."),
    "hook": ("referral_lint.cli.hook:hook", "Check one message on standard input, for a mail program."),
    "milter": ("referral_lint.cli.milter:milter", "Check messages for a mail server."),
    "rules": ("referral_lint.cli.rules:rules", "List the rules, or run their examples."),
    "explain": ("referral_lint.cli.explain:explain", "Say what a rule looks for, and why."),
    "init": ("referral_lint.cli.init:init", "Write a configuration file with everything explained."),
    "config": ("referral_lint.cli.config:show", "Show every setting and where it comes from."),
    "decisions": ("referral_lint.cli.decisions:decisions", "Show the notes that were kept of decisions to share."),
}


class Commands(click.Group):
    """A click group that imports a command when it is called, not before."""

    def __init__(self, name: str, table: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(name, help="Check a referral before it is sent.", **more)
        self._table = {name: entry for name, entry in table.items() if _is_there(entry[0])}
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._table:
            return None
        module, name = self._table[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._table.items()])


def _is_there(entry: str) -> bool:
    try:
        return importlib.util.find_spec(entry.split(":")[0]) is not None
    except ModuleNotFoundError:  # its package is not there either
        return False


def _version_option() -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"referral-lint {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Show the version."
    )
