"""Outlook messages: read from the streams of an OLE file, here kept in a dictionary."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime

import compressed_rtf
import pytest

from referral_lint.model import BlockKind, Document, Mailbox, Source
from referral_lint.readers import msg, read
from referral_lint.readers.email import UNDECODED

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Streams = dict[str, bytes]


class FakeOle:
    """As much of olefile as the reader uses."""

    def __init__(self, streams: Streams, lost: int = 0) -> None:
        self.streams, self.lost = streams, lost

    def __enter__(self) -> FakeOle:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def listdir(self, streams: bool, storages: bool) -> list[list[str]]:
        paths = {tuple(name.split("/")[:n]) for name in self.streams for n in range(1, name.count("/") + 2)}
        return [list(path) for path in sorted(paths)]

    def openstream(self, path: list[str]) -> io.BytesIO:
        return io.BytesIO(self.streams["/".join(path)][: -self.lost or None])

    def get_size(self, path: list[str]) -> int:
        return len(self.streams["/".join(path)])


def words(tag: str, text: str, under: str = "") -> Streams:
    return {f"{under}__substg1.0_{tag}001F": text.encode("utf-16-le")}


def person(n: int, name: str, address: str, kind: int) -> Streams:
    under = f"__recip_version1.0_#{n:08X}/"
    table = b"\0" * 8 + struct.pack("<HHIII", 0x0003, 0x0C15, 6, kind, 0)
    return {**words("3001", name, under), **words("39FE", address, under), f"{under}__properties_version1.0": table}


def message(under: str = "", **more: bytes) -> Streams:
    ticks = int((datetime(2024, 5, 14, 11, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    table = b"\0" * 32 + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    return {
        **words("0037", "Damp at home", under),
        **words("1000", "Dear team,\r\n\r\nPlease ring her.\r\n", under),
        **words("0C1A", "Jo Roe", under),
        **words("5D01", "jo@example.org", under),
        f"{under}__properties_version1.0": table,
        **more,
    }


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[[Streams], list[Document]]:
    def open_it(streams: Streams) -> list[Document]:
        monkeypatch.setattr(msg, "OleFileIO", lambda _: FakeOle(streams))
        return read(Source("draft.msg", SIGNATURE))

    return open_it


def test_a_message(opened: Callable[[Streams], list[Document]]) -> None:
    people = {**person(0, "Duty", "duty@example.org", 1), **person(1, "Sam Lee", "sam@example.org", 2)}
    (document,) = opened({**message(), **people})
    envelope = document.envelope
    assert envelope is not None
    assert envelope.subject == "Damp at home"
    assert envelope.sender == Mailbox("Jo Roe", "jo@example.org")
    assert envelope.to == (Mailbox("Duty", "duty@example.org"),)
    assert envelope.cc == (Mailbox("Sam Lee", "sam@example.org"),)
    assert envelope.sent == date(2024, 5, 14)
    assert [document.words(b) for b in document.blocks_of(BlockKind.PARAGRAPH)] == ["Dear team,", "Please ring her."]


def test_an_exchange_path_is_no_address(opened: Callable[[Streams], list[Document]]) -> None:
    streams = message()
    streams.update(words("5D01", "/O=EXCHANGE/CN=JO"))
    (document,) = opened(streams)
    assert document.envelope is not None
    assert document.envelope.sender == Mailbox("Jo Roe")


def test_html_and_packed_rtf_bodies(opened: Callable[[Streams], list[Document]]) -> None:
    streams = message()
    del streams["__substg1.0_1000001F"]
    (document,) = opened({**streams, "__substg1.0_10130102": b"<h1>Why</h1><p>Please ring.</p>"})
    assert [document.words(b) for b in document.blocks_of(BlockKind.HEADING)] == ["Why"]
    packed = compressed_rtf.compress(rb"{\rtf1\ansi Please ring \b her\b0 .\par}")
    (document,) = opened({**streams, "__substg1.0_10090102": packed})
    assert "Please ring her." in document.text


def test_attachments_nested_messages_and_pictures(opened: Callable[[Streams], list[Document]]) -> None:
    a, b, c = (f"__attach_version1.0_#{n:08X}/" for n in range(3))
    found = opened(
        {
            **message(),
            **words("3707", "notes.txt", a),
            f"{a}__substg1.0_37010102": b"He is nine.",
            **message(f"{b}__substg1.0_3701000D/"),
            **words("3707", "logo.png", c),
            **words("3712", "part1@example.org", c),
            f"{c}__substg1.0_37010102": b"\x89PNG",
        }
    )
    assert [d.part for d in found] == ["body", "attachment: notes.txt", "attachment: Damp at home"]
    assert found[1].text == "He is nine."
    assert [(gap.what, gap.note) for gap in found[0].gaps] == [("logo.png", True)]


def test_a_sealed_message_says_so(opened: Callable[[Streams], list[Document]]) -> None:
    under = "__attach_version1.0_#00000000/"
    streams = {**message(), **words("001A", "IPM.Note.SMIME"), f"{under}__substg1.0_37010102": b"0\x82\x01"}
    found = opened(streams)
    assert "encrypted" in found[0].gaps[0].why


def test_old_code_pages(opened: Callable[[Streams], list[Document]]) -> None:
    table = b"\0" * 32 + struct.pack("<HHIII", 0x0003, 0x3FDE, 6, 1252, 0)
    (document,) = opened({"__substg1.0_1000001E": "Zoë – £5".encode("cp1252"), "__properties_version1.0": table})
    assert document.text.endswith("Zoë – £5")


def test_a_damaged_packed_text_is_a_gap(opened: Callable[[Streams], list[Document]]) -> None:
    streams = message()
    del streams["__substg1.0_1000001F"]
    packed = compressed_rtf.compress(rb"{\rtf1\ansi Please ring her at school.\par}")
    for damaged in (packed[:-9], packed[:10]):
        (document,) = opened({**streams, "__substg1.0_10090102": damaged})
        assert [(gap.why, gap.note) for gap in document.gaps] == [(UNDECODED, False)]


def test_a_stream_that_breaks_off_or_cannot_be_read_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msg, "OleFileIO", lambda _: FakeOle(message(), lost=10))
    (document,) = read(Source("draft.msg", SIGNATURE))
    assert "Please ring" in document.text
    assert UNDECODED in {gap.why for gap in document.gaps}

    def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(FakeOle, "openstream", fails)
    (document,) = read(Source("draft.msg", SIGNATURE))
    assert {gap.why for gap in document.gaps} == {UNDECODED}


def test_an_attachment_without_its_bytes_is_a_gap(opened: Callable[[Streams], list[Document]]) -> None:
    linked = words("3707", "care plan.docx", "__attach_version1.0_#00000000/")
    (document,) = opened({**message(), **linked})
    assert "care plan.docx" in document.text
    assert [(gap.what, gap.note) for gap in document.gaps] == [("care plan.docx", False)]


def test_an_empty_message_says_so(opened: Callable[[Streams], list[Document]]) -> None:
    (document,) = opened({"__properties_version1.0": b""})
    assert document.gaps[0].why == "The message holds no text."


def test_a_damaged_file_says_so() -> None:
    (document,) = read(Source("draft.msg", SIGNATURE + b"\0" * 600))
    assert "damaged" in document.gaps[0].why
