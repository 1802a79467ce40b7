"""A starter to double-click, where the system keeps such things."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from referral_lint.errors import ReferralLintError, trouble

NAME = "Check a referral"


def install(system: str, home: Path, environment: Mapping[str, str], python: str = sys.executable) -> Path:
    """Writes the starter of this user and returns its path. `system` is `sys.platform`. Raises ReferralLintError."""
    path, text = _starter(system, home, environment, python)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        path.chmod(0o755)
    except OSError as fault:
        raise ReferralLintError(f"The starter cannot be written {trouble(fault)}.", path) from fault
    return path


def where_to_find(system: str) -> str:
    """A sentence for the person who wants to double-click it."""
    where = {
        "win32": "in the Start menu, under All apps",
        "darwin": "in the Finder, in the folder Applications of your home folder",
    }
    return f"You find it as “{NAME}” {where.get(system, 'in the menu of programs, under Office; log in again if it is not there yet')}."


def _starter(system: str, home: Path, environment: Mapping[str, str], python: str) -> tuple[Path, str]:
    if system == "win32":
        menu = Path(environment.get("APPDATA") or home / "AppData/Roaming") / "Microsoft/Windows/Start Menu/Programs"
        return menu / f"{NAME}.cmd", _WINDOWS.format(name=NAME, python=python.replace("%", "%%"))
    if system == "darwin":
        return home / "Applications" / f"{NAME}.command", _MAC.format(name=NAME, python=shlex.quote(python))
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local/share")
    return data / "applications/referral-lint.desktop", _LINUX.format(name=NAME, python=_quoted(python))


def _quoted(python: str) -> str:
    """An argument of an Exec line: in double quotes, twice escaped, as the desktop entry specification says."""
    inner = "".join(f"\\{c}" if c in '"`$\\' else c for c in python)
    return '"' + inner.replace("\\", "\\\\").replace("%", "%%") + '"'


_WINDOWS = '@echo off\r\ntitle {name} (close this window to end)\r\n"{python}" -m referral_lint serve\r\nif errorlevel 1 pause\r\n'
_MAC = """#!/bin/sh
# Opens the page; closing the window that appears ends it.
printf '\\033]0;{name} (close this window to end)\\007'
exec {python} -m referral_lint serve
"""
_LINUX = """[Desktop Entry]
Type=Application
Version=1.5
Name={name}
Comment=Say what to change in a referral before it is sent
Exec={python} -m referral_lint serve
Terminal=true
Categories=Office;
Icon=document-send
"""
