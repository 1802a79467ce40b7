"""Patterns as `re` has read them, kept on this computer from one run to the next: to read them is a third of a start.

Only for patterns that the program itself has written. One that is made of the words of a draft or of a configuration goes to
`re.compile`, so that no such word is ever kept.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, AnyStr, Self

from referral_lint import files, paths

MOST = 8 << 20  # bytes of the file; beyond that it begins anew with what one run needed
_SUM = 16  # bytes of the checksum that the file begins with
# What `re` makes of a pattern: its flags, its code, how many groups it has and which of them are named.
Read = tuple[int, bytes, int, dict[str, int]]


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, of a pattern of our own. Raises re.error for a broken one."""
    return _store().compiled(pattern, int(flags))


def keep() -> None:
    """Write down what this run has read for the first time. Says nothing if it cannot: the next run reads it again."""
    with suppress(OSError, RuntimeError):
        _store().write(_file())


@cache
def _store() -> Store:
    try:
        return Store.read(_file())
    except (OSError, RuntimeError):
        return Store({})


def _file() -> Path:
    """Raises RuntimeError for a user without a folder."""
    return paths.cache_folder() / f"patterns-{sys.implementation.cache_tag}.bin"


class Store:
    """The patterns of one process: those that an earlier one has read, and those that this one reads."""

    def __init__(self, kept: dict[bytes, Read]) -> None:
        self._kept = kept
        self._used: dict[bytes, Read] = {}

    @classmethod
    def read(cls, path: Path) -> Self:
        """What an earlier run of the same Python wrote; nothing if the file is not whole. Raises OSError."""
        written = path.read_bytes()
        checksum, data = written[:_SUM], written[_SUM:]
        # Our own file, and whole.
        return cls(marshal.loads(data) if checksum == _checksum(data) else {})  # noqa: S302

    def write(self, path: Path) -> None:
        """Write the file, if there is anything new. Raises OSError."""
        if self._used.keys() <= self._kept.keys():
            return
        data = marshal.dumps(self._kept | self._used)
        if len(data) > MOST:
            data = marshal.dumps(self._used)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write_whole(path, _checksum(data) + data, mode=files.OWN)

    def compiled(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Raises re.error for a broken pattern."""
        key = blake2b(f"{flags} {pattern!r}".encode(), digest_size=16).digest()
        read = self._kept.get(key) or _read(pattern, flags)
        if read is None:
            return re.compile(pattern, flags)
        self._used[key] = read
        return _made(pattern, read)


def _checksum(data: bytes) -> bytes:
    return blake2b(_maker() + data, digest_size=_SUM).digest()


def _maker() -> bytes:
    """Whose code it is: another Python's is never run."""
    return f"{sys.version} {_engine().MAGIC} {_engine().CODESIZE} {sys.byteorder}".encode()


def _read(pattern: AnyStr, flags: int) -> Read | None:
    """A pattern as `re` reads it, or None if this Python goes about it in another way. Raises re.error."""
    compiler: Any = import_module("re._compiler")
    try:
        parsed = compiler._parser.parse(pattern, flags)
        code = array("I", compiler._code(parsed, flags))
        state = parsed.state
        return flags | state.flags, code.tobytes(), state.groups - 1, dict(state.groupdict)
    except (AttributeError, OverflowError):
        return None


def _made(pattern: AnyStr, read: Read) -> re.Pattern[AnyStr]:
    flags, written, groups, named = read
    code = array("I")
    code.frombytes(written)
    of_group: list[str | None] = [None] * (groups + 1)
    for name, group in named.items():
        of_group[group] = name
    made: re.Pattern[AnyStr] = _engine().compile(pattern, flags, code.tolist(), groups, named, tuple(of_group))
    return made


@cache
def _engine() -> Any:
    return import_module("_sre")
