"""What can go wrong before any draft is read. A draft itself never raises: it gets a Gap."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

# What reading a file of numbers (.npz) raises that is missing, empty, cut short or altered.
BROKEN_FILE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


class ReferralLintError(Exception):
    """A mistake in a command, a configuration, a rule or an installation, in one sentence.

    `str(error)` is `FILE:LINE:COLUMN: what happened and what to do`, with the parts that are known.
    """

    def __init__(self, message: str, path: Path | str | None = None, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.path, self.line, self.column = message, path, line, column

    def __str__(self) -> str:
        place = [str(self.path)] if self.path else []
        place += [str(n) for n in (self.line, self.column) if n]
        return f"{':'.join(place)}: {self.message}" if place else self.message


class ConfigError(ReferralLintError):
    """The configuration cannot be used."""


class RuleError(ReferralLintError):
    """A rule file cannot be used."""


class ModelError(ReferralLintError):
    """The language pipeline cannot be used."""
