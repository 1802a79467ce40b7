"""One connection of a mail server as a machine of bytes and phases: bytes in, answers and whole messages out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from referral_lint.mail import frames
from referral_lint.mail.frames import ProtocolError
from referral_lint.mail.message import Body, Mail

MOST_RECIPIENTS = 20_000
MOST_HEADER_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Answer:
    """Bytes to send to the mail server."""

    data: bytes


@dataclass(frozen=True)
class Bye:
    """The mail server has no more to say."""


Event = Answer | Mail | Bye


@dataclass
class _Letter:
    """A message while it comes in."""

    sender: str
    body: Body
    login: str = ""
    recipients: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    characters: int = 0


class Session:
    """`new_body` makes what keeps a body; `keeps` says, after the headers, whether this one is needed at all.

    A `Mail` among the events is whole: the mail server waits for `verdict` bytes of it, and for nothing else.
    """

    def __init__(self, new_body: Callable[[], Body] = Body, keeps: Callable[[Mail], bool] = lambda _mail: True) -> None:
        self._frames, self._new_body, self._keeps = frames.Frames(), new_body, keeps
        self._macros: dict[str, dict[str, str]] = {}  # by the command that they came for
        self._client = ""
        self._letter: _Letter | None = None
        self.can_quarantine = self.can_change = False
        self._unanswered = 0

    def receive(self, data: bytes) -> Iterator[Event]:
        """What follows from these bytes, in order. Raises ProtocolError; the connection is then no use any more."""
        for letter, words in self._frames.feed(data):
            handle = _COMMANDS.get(letter)
            if handle is None:
                raise ProtocolError("a command that there is not")
            yield from handle(self, words)
            if letter in frames.UNANSWERED and not self._unanswered & frames.UNANSWERED[letter]:
                yield Answer(frames.CONTINUE)

    def close(self) -> None:
        """Let go of a message that will not be finished."""
        if self._letter is not None:
            self._letter.body.close()
        self._forget()

    # --- commands

    def _offer(self, words: bytes) -> Iterator[Event]:
        answer, actions, self._unanswered = frames.accepted(*frames.offer(words))
        self.can_quarantine = bool(actions & frames.QUARANTINE)
        self.can_change = bool(actions & frames.CHANGE_HEADER)
        yield Answer(answer)

    def _macro(self, words: bytes) -> Iterator[Event]:
        names = frames.strings(words[1:])
        values = {k.strip("{}"): v for k, v in zip(names[::2], names[1::2], strict=False)}
        self._macros[words[:1].decode("latin-1")] = values
        yield from ()

    def _connect(self, words: bytes) -> Iterator[Event]:
        """host name, then a letter for the family, a port of two bytes and the address."""
        _, _, rest = words.partition(b"\0")
        family = rest[:1]
        address = rest[3:].split(b"\0")[0].decode("ascii", "replace") if family in (b"4", b"6") else ""
        self._client = address.removeprefix("IPv6:")
        yield from ()

    def _ignored(self, _words: bytes) -> Iterator[Event]:
        yield from ()

    def _mail(self, words: bytes) -> Iterator[Event]:
        if self._letter is not None:
            raise ProtocolError("a message inside another")
        login = self._macros.get("M", {}).get("auth_authen", "")
        self._letter = _Letter(_address(words), self._new_body(), login)
        yield from ()

    def _rcpt(self, words: bytes) -> Iterator[Event]:
        letter = self._begun()
        if len(letter.recipients) < MOST_RECIPIENTS:
            letter.recipients.append(_address(words))
        else:
            letter.body.lose()
        yield from ()

    def _header(self, words: bytes) -> Iterator[Event]:
        letter = self._begun()
        name, value = (*frames.strings(words), "", "")[:2]
        letter.characters += len(name) + len(value)
        if letter.characters <= MOST_HEADER_CHARACTERS:
            letter.headers.append((name, value))
        else:
            letter.body.lose()
        yield from ()

    def _headers_end(self, _words: bytes) -> Iterator[Event]:
        letter = self._begun()
        if not self._keeps(self._whole(letter)):
            letter.body.lose()
        yield from ()

    def _body(self, words: bytes) -> Iterator[Event]:
        self._begun().body.write(words)
        yield from ()

    def _end(self, words: bytes) -> Iterator[Event]:
        letter = self._begun()
        if words:
            letter.body.write(words)
        whole = self._whole(letter)
        self._forget()
        yield whole

    def _abort(self, _words: bytes) -> Iterator[Event]:
        self.close()
        yield from ()

    def _quit(self, _words: bytes) -> Iterator[Event]:
        self.close()
        yield Bye()

    def _again(self, _words: bytes) -> Iterator[Event]:
        """The same connection is used for another client."""
        self.close()
        self._client = ""
        yield from ()

    def _forget(self) -> None:
        self._letter, self._macros = None, {}

    def _begun(self) -> _Letter:
        if self._letter is None:
            raise ProtocolError("a part of a message that never began")
        return self._letter

    def _whole(self, letter: _Letter) -> Mail:
        ids = [values["i"] for values in self._macros.values() if values.get("i")]
        return Mail(
            letter.sender,
            tuple(letter.recipients),
            tuple(letter.headers),
            letter.body,
            letter.login,
            self._client,
            ids[-1] if ids else "",
        )


_COMMANDS: dict[str, Callable[[Session, bytes], Iterator[Event]]] = {
    "O": Session._offer,
    "D": Session._macro,
    "C": Session._connect,
    "H": Session._ignored,
    "M": Session._mail,
    "R": Session._rcpt,
    "T": Session._ignored,
    "U": Session._ignored,
    "L": Session._header,
    "N": Session._headers_end,
    "B": Session._body,
    "E": Session._end,
    "A": Session._abort,
    "Q": Session._quit,
    "K": Session._again,
}


def _address(words: bytes) -> str:
    """`<a@b.example>` → `a@b.example`; domains and names in lower case, as people do not tell them apart."""
    given = (frames.strings(words) or [""])[0].strip()
    return given.removeprefix("<").removesuffix(">").lower()
