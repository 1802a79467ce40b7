"""Plain text files and pasted emails."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import BlockKind, Document, Mailbox, Source
from referral_lint.readers import Limits, read
from referral_lint.readers.envelope import day, mailboxes


def one(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = read(Source("note.txt", data), limits)
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_encodings(encoding: str) -> None:
    text = "Zoë’s café is £5 away.\r\nShe said “no thank you” to the naïve offer – twice.\r\n"
    document = one(text.encode(encoding))
    assert document.text == text
    assert document.gaps == ()


def test_line_ends_stay_as_they_are() -> None:
    document = one(b"One\r\nTwo\r\n\r\nThree\r\n")
    assert document.text == "One\r\nTwo\r\n\r\nThree\r\n"
    assert [document.words(b) for b in document.blocks] == ["One\r\nTwo", "Three"]


@pytest.mark.parametrize("data", [b"\0" * 5000, bytes(range(256)) * 40, b"   \n "])
def test_what_is_no_text_says_so(data: bytes) -> None:
    document = one(data)
    assert document.text == ""
    assert len(document.gaps) == 1
    assert not document.gaps[0].note


def test_text_padded_with_nuls_is_still_read() -> None:
    assert one(b"Please ring Sam." + b"\0" * 2000).text.startswith("Please ring Sam. ")


def test_a_very_long_file_is_read_in_part_and_says_so() -> None:
    document = one(b"word " * 1000, Limits(characters=100))
    assert len(document.text) == 100
    assert "first 100 characters" in document.gaps[0].why


DRAFT = b"""Subject: RE: Rent
From: Jo Roe <jo.roe@example.org>
To: Duty team <duty@example.org>; Joan Pritchard, headteacher
Cc:
Sent: Tuesday 14 May 2024 11:05

Dear team

Please ring.
"""


def test_a_pasted_email_has_an_envelope() -> None:
    document = one(DRAFT)
    envelope = document.envelope
    assert envelope is not None
    assert envelope.subject == "RE: Rent"
    assert envelope.is_reply
    assert envelope.sender == Mailbox("Jo Roe", "jo.roe@example.org")
    assert envelope.to == (Mailbox("Duty team", "duty@example.org"), Mailbox("Joan Pritchard, headteacher"))
    assert envelope.cc == ()
    assert envelope.sent == date(2024, 5, 14)
    headers = [document.words(b) for b in document.blocks_of(BlockKind.EMAIL_HEADER)]
    assert headers[0] == "Subject: RE: Rent"
    assert len(headers) == 5


def test_a_header_line_that_a_program_broke_goes_on() -> None:
    text = b"Subject: Safeguarding adults concern about a tenant at Ferry Court, ref\nFC/0625\nFrom: Jo Roe\nTo: Duty team\n\nHello\n"
    document = one(text)
    assert document.envelope is not None
    assert document.envelope.subject == "Safeguarding adults concern about a tenant at Ferry Court, ref FC/0625"
    assert [b.kind for b in document.blocks] == [BlockKind.EMAIL_HEADER] * 3 + [BlockKind.PARAGRAPH]


def test_a_short_header_line_does_not_go_on() -> None:
    assert one(b"Subject: Rent\nHello\nFrom: Jo\n").envelope is None


def test_a_form_that_begins_with_to_is_no_email() -> None:
    assert one(b"To: the Hub\nDate: 4 May\n\nName: Sam\n").envelope is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@example.org, b@example.org", (Mailbox("", "a@example.org"), Mailbox("", "b@example.org"))),
        (
            '"Roe, Jo" <jo@example.org>, Sam <s@example.org>',
            (Mailbox("Roe, Jo", "jo@example.org"), Mailbox("Sam", "s@example.org")),
        ),
        ("Starkey, Ewan (Marlbeck police)", (Mailbox("Starkey, Ewan (Marlbeck police)"),)),
        ("Jo [mailto:jo@example.org]", (Mailbox("Jo", "jo@example.org"),)),
        (" ; ", ()),
    ],
)
def test_mailboxes(value: str, expected: tuple[Mailbox, ...]) -> None:
    assert mailboxes(value) == expected


def test_the_domain_of_an_address_has_no_capitals() -> None:
    assert [box.domain for box in mailboxes("Jo <Jo@Ward.Example.ORG>; Sam Lee")] == ["ward.example.org", ""]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Wed, 15 January 2025, 09:40", date(2025, 1, 15)),
        ("09/10/2025 16:22", date(2025, 10, 9)),
        ("2025-10-09T10:00", date(2025, 10, 9)),
        ("Oct 9, 2025", date(2025, 10, 9)),
        ("Thu, 09 Oct 2025 10:00:00 +0100", date(2025, 10, 9)),
        ("31 February 2025", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days(value: str, expected: date | None) -> None:
    assert day(value) == expected


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    (document,) = read(Source("a.txt", data, "text/plain"))
    assert document.text or document.gaps


@given(st.text(max_size=300))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    text = "Dear team,\n" + text.replace("\0", "").replace("\ufeff", "")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return
    (document,) = read(Source("a.txt", data, "text/plain"))
    if not document.gaps:
        assert document.text == text
