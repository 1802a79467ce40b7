"""What can go wrong before any draft is read. A draft itself never raises: it gets a Gap."""

from __future__ import annotations

import errno
import zipfile
import zlib
from pathlib import Path

# What reading a file of numbers (.npz) raises that is missing, empty, cut short or altered.
BROKEN_FILE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


# What helps against what the system says of a file, a folder or an address.
_HELP = {
    errno.ENOENT: "check its name, and that its folder is there",
    errno.ENOTDIR: "check its name: a part of it is a file and no folder",
    errno.EISDIR: "that is a folder; give the name of a file",
    errno.EACCES: "choose another place, or ask whoever owns it to let you",
    errno.EPERM: "choose another place, or ask whoever owns it to let you",
    errno.EROFS: "nothing can be changed there; choose another place",
    errno.ENOSPC: "make room on the disk, or choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EADDRINUSE: "another program listens there; end it, or choose another address",
    errno.EADDRNOTAVAIL: "this machine has no such address; choose another",
}


def trouble(fault: OSError) -> str:
    """What the system says, in brackets, and what to do about it: "(Permission denied); choose another place …"."""
    said = fault.strerror or type(fault).__name__
    return f"({said}); {_HELP.get(fault.errno or 0, 'try again, or choose another place')}"


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
