"""Programs that may ask: paired once by a code that the person reads off the page, then known by a token.

Of a token only its hash is kept, in a file that its owner alone can read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from referral_lint.errors import trouble
from referral_lint.files import OWN, write_whole
from referral_lint.web.refusal import Refused

CODE_SECONDS = 300.0
TRIES = 5
MOST = 50  # programs


@dataclass(frozen=True, slots=True)
class Program:
    """A paired program. `id` is what its removal is asked for with; it opens nothing."""

    id: str
    name: str
    since: str  # ISO date
    hash: str  # SHA-256 of its token


@dataclass(slots=True)
class _Code:
    digits: str
    until: float
    tries: int = TRIES


class Programs:
    """The paired programs in `file`, and the one code that is good at the moment."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file, self._clock = file, clock
        self._code: _Code | None = None

    def new_code(self) -> str:
        """Eight digits, good for one program, five minutes and a few tries. An earlier code is no longer good."""
        self._code = _Code(f"{secrets.randbelow(10**8):08}", self._clock() + CODE_SECONDS)
        return self._code.digits

    def pair(self, code: str, name: str) -> str:
        """The token of a new program. Raises Refused (401) if the code is not good, (503) if it cannot be kept."""
        known = self._code
        if known is None or self._clock() > known.until:
            raise Refused(401, "There is no code to pair with at the moment. Ask for one on the page, under Programs.")
        if not hmac.compare_digest(known.digits.encode(), "".join(code.split()).encode("utf-8", "replace")):
            known.tries -= 1
            if known.tries <= 0:
                self._code = None
            raise Refused(401, "That is not the code on the page. Look again, or ask for a new one there.")
        self._code = None
        return self._keep(name)

    def _keep(self, name: str) -> str:
        token = secrets.token_urlsafe(32)
        shown = " ".join(name.split())[:60] or "A program"
        new = Program(secrets.token_hex(8), shown, date.today().isoformat(), _hash(token))
        self._write([*self.paired(), new][-MOST:])
        return token

    def knows(self, token: str) -> bool:
        """Is this the token of a paired program?"""
        asked = _hash(token)
        return any(hmac.compare_digest(asked, program.hash) for program in self.paired())

    def paired(self) -> list[Program]:
        """The paired programs, the oldest first; none if there is no file or it is damaged."""
        try:
            return [Program(**{k: str(v) for k, v in one.items()}) for one in json.loads(self._file.read_bytes())]
        except (OSError, ValueError, TypeError, AttributeError):
            return []

    def remove(self, program_id: str) -> None:
        """A removed program's token opens nothing any more."""
        self._write([program for program in self.paired() if program.id != program_id])

    def _write(self, programs: list[Program]) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._file, json.dumps([asdict(program) for program in programs]).encode(), OWN)
        except OSError as fault:
            raise Refused(503, f"The paired programs cannot be kept {trouble(fault)}.") from fault


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
