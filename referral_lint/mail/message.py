"""One message on its way, as the mail server tells of it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import IO

from referral_lint.patterns import compiled
from referral_lint.readers.mimeparts import header_text

IN_MEMORY = 256_000  # bytes of a body above which it waits on disk
MOST_BYTES = 60_000_000  # of a body; what is longer is not kept, and so not judged


class Body:
    """The bytes of a message's body. What is long waits in a file without a name, which is gone with this process.

    `lost`: it could not be kept whole (too long, or no room on the disk).
    """

    def __init__(self, folder: Path | None = None, most: int = MOST_BYTES) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self._folder, self._most = folder, most
        self.size, self.lost = 0, False

    def write(self, data: bytes) -> None:
        self.size += len(data)
        if self.lost:
            return
        if self.size > self._most:
            self.lose()
            return
        try:
            if self.size > IN_MEMORY >= self.size - len(data):
                self._move_to_disk()
            self._file.write(data)
        except OSError:
            self.lose()

    def _move_to_disk(self) -> None:
        kept = self.read()
        self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        self._file.write(kept)

    def lose(self) -> None:
        """Give up what was kept."""
        self.lost = True
        self.close()

    def read(self) -> bytes:
        """All of it. Raises OSError or ValueError if it was lost or closed."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        self._file.close()

    __del__ = close


@dataclass(frozen=True, eq=False)
class Mail:
    """A message between the programs: envelope, headers as they came, and body."""

    sender: str = ""  # of the envelope; empty for bounces
    recipients: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Body = field(default_factory=Body)
    login: str = ""  # who authenticated, as the mail server knows them
    client: str = ""  # network address it comes from; empty if it has none
    queue_id: str = ""

    def header(self, name: str) -> str:
        """The first header of that name on one line, decoded; empty if there is none."""
        return next(self.all_headers(name), "")

    def all_headers(self, name: str) -> Iterator[str]:
        return (header_text(value) for key, value in self.headers if key.lower() == name.lower())

    @property
    def mailbox(self) -> str:
        """The address that it is from, for a person; lower case."""
        return parseaddr(self.header("From"))[1].lower() or self.sender

    def raw(self) -> bytes:
        """The message as a file would hold it. Raises like `Body.read`."""
        lines = "".join(f"{name}:{value}\r\n" for name, value in self.headers)
        return lines.encode("utf-8", "surrogateescape") + b"\r\n" + self.body.read()


_EMPTY_LINE = compiled(rb"\r?\n\r?\n")


def from_bytes(raw: bytes, sender: str = "", recipients: tuple[str, ...] = ()) -> Mail:
    """A message from a file or a pipe. Without an envelope, its headers say who sends it to whom."""
    end = _EMPTY_LINE.search(raw)
    head = raw[: end.start()] if end else raw
    top = message_from_bytes(head + b"\n\n", policy=policy.compat32)
    body = Body()
    if early := str(top.get_payload()).strip():  # no header lines, or no empty line after them
        body.write(early.encode("utf-8", "surrogateescape") + b"\n\n")
    body.write(raw[end.end() :] if end else b"")
    mail = Mail(headers=tuple((name, f" {value}") for name, value in top.items()), body=body)
    readers = [address for _, address in getaddresses([v for n in ("To", "Cc", "Bcc") for v in mail.all_headers(n)])]
    return Mail(
        sender=(sender or parseaddr(mail.header("From"))[1]).lower(),
        recipients=recipients or tuple(address.lower() for address in readers if address),
        headers=mail.headers,
        body=body,
    )
