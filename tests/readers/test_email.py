"""Emails as they really arrive: nested, mislabelled, broken."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.model import BlockKind, Document, Mailbox, Source
from referral_lint.readers import Limits, mbox, read
from referral_lint.readers import archive as archive_reader
from referral_lint.readers.envelope import mailboxes

BODY = "Dear team,\n\nPlease could you ring her about the damp?\n\nKind regards\nJo Roe\nHealth visitor\n"


def message(body: str = BODY, subject: str = "Damp at home") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "Jo Roe <jo.roe@example.org>"
    mail["To"] = "Duty <duty@example.org>, Sam Lee <sam@example.org>"
    mail["Date"] = "Tue, 14 May 2024 11:05:00 +0100"
    mail.set_content(body)
    return mail


def documents(data: bytes | EmailMessage, limits: Limits | None = None) -> list[Document]:
    raw = data.as_bytes() if isinstance(data, EmailMessage) else data
    return read(Source("draft.eml", raw), limits)


def words(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.words(b) for b in document.blocks_of(*kinds)]


def whys(found: list[Document]) -> list[tuple[str, bool]]:
    return [(gap.why, gap.note) for document in found for gap in document.gaps]


def test_a_plain_message() -> None:
    (document,) = documents(message())
    assert document.part == ""
    assert words(document, BlockKind.EMAIL_HEADER)[0] == "Subject: Damp at home"
    assert words(document, BlockKind.PARAGRAPH) == ["Dear team,", "Please could you ring her about the damp?"]
    assert words(document, BlockKind.SIGNATURE) == ["Kind regards\nJo Roe\nHealth visitor"]
    envelope = document.envelope
    assert envelope is not None
    assert envelope.sender == Mailbox("Jo Roe", "jo.roe@example.org")
    assert [box.address for box in envelope.to] == ["duty@example.org", "sam@example.org"]
    assert envelope.sent == date(2024, 5, 14)
    assert document.gaps == ()


def test_a_subject_in_encoded_words() -> None:
    (document,) = documents(b"Subject: =?utf-8?q?Caf=C3=A9?= =?iso-8859-1?q?_Zo=EB?=\nTo: a@example.org\n\nHi\n")
    assert document.envelope is not None
    assert document.envelope.subject == "Café Zoë"


def test_html_only() -> None:
    mail = message()
    mail.set_content("<h2>What I saw</h2><p>A bruise.</p><p style='display:none'>secret</p>", subtype="html")
    (document,) = documents(mail)
    assert words(document, BlockKind.HEADING) == ["What I saw"]
    assert words(document, BlockKind.HIDDEN) == ["secret"]


def test_plain_is_preferred_and_a_different_html_is_told() -> None:
    mail = message()
    mail.add_alternative("<p>Dear team,</p><p>Please could you ring her about the damp?</p>", subtype="html")
    assert whys(documents(mail)) == []
    mail = message("Open this in a browser.")
    mail.add_alternative(
        f"<p>{'One two three four five six seven eight nine ten eleven twelve. ' * 3}</p>", subtype="html"
    )
    (document,) = documents(mail)
    assert "eleven twelve" in document.text
    assert document.gaps[0].note


def test_attachments_are_documents_of_their_own() -> None:
    mail = message()
    mail.add_attachment("He is 9.\n", filename="notes on Sam.txt")
    first, second = documents(mail)
    assert (first.part, second.part) == ("body", "attachment: notes on Sam.txt")
    assert second.text.strip() == "He is 9."
    assert second.source == "draft.eml"
    assert words(first, BlockKind.FILE_NAME) == ["notes on Sam.txt"]
    assert first.envelope is not None
    assert first.envelope.attachments == ("notes on Sam.txt",)


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return data.getvalue()


def test_a_zip_is_opened_one_level_deep() -> None:
    inner = zipped(a_txt="inner")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("b.txt", "outer")
        archive.writestr("c.zip", inner)
    mail = message()
    mail.add_attachment(data.getvalue(), maintype="application", subtype="zip", filename="x.zip")
    found = documents(mail)
    assert [d.text for d in found[1:]] == ["outer", ""]
    assert found[1].part == "attachment: x.zip > attachment: b.txt"
    assert "not opened" in found[2].gaps[0].why


def test_a_password_on_an_attachment_is_no_fault() -> None:
    data = bytearray(zipped(a_txt="secret words"))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1  # the flag of an encrypted member
    mail = message()
    mail.add_attachment(bytes(data), maintype="application", subtype="zip", filename="x.zip")
    assert [note for _, note in whys(documents(mail))] == [True]


def test_a_nested_message_and_what_is_attached_to_it() -> None:
    inner = message("Earlier words.", "Earlier")
    inner.add_attachment("deep", filename="deep.txt")
    outer = message()
    outer.add_attachment(inner)
    found = documents(outer)
    assert [d.part for d in found] == ["body", "attachment: Earlier", "attachment: Earlier > attachment: deep.txt"]
    assert "Earlier words." in found[1].text


def test_a_digest() -> None:
    raw = (
        b"Subject: Digest\nMIME-Version: 1.0\nContent-Type: multipart/digest; boundary=x\n\n--x\n\n"
        b"Subject: One\n\nFirst.\n--x\n\nSubject: Two\n\nSecond.\n--x--\n"
    )
    assert ["First." in d.text or "Second." in d.text for d in documents(raw)] == [False, True, True]


def test_messages_nested_without_end() -> None:
    mail = message()
    for _ in range(30):
        outer = message()
        outer.add_attachment(mail)
        mail = outer
    found = documents(mail)
    assert len(found) < 12
    assert any("depth" in why or "deep" in why for why, _ in whys(found))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"To: a@example.org\nContent-Type: text/plain; charset=no-such\n\ncaf\xc3\xa9", "café"),
        (b"To: a@example.org\nContent-Type: text/plain; charset=us-ascii\n\n\xa35", "£5"),
        (b"To: a@example.org\nContent-Transfer-Encoding: base64\n\n!!!not base64", "not base64"),
        (b"To: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\nno boundary at all", "no boundary at all"),
        (b"To: a@example.org\nContent-Type: text/plain; charset\n\nwords", "words"),
        (b"To: a@example.org\nContent-Type: text/plain\n\n<html><body><p>page</p>", "page"),
        (b"To: =?utf-8?b?!!?= <a@example.org>\nSubject: \xff\xfe\n\nwords", "words"),
        (
            b"Subject: x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nSUMMARY:Visit to\n  Sam\nUID:1\n",
            "Visit to Sam",
        ),
    ],
)
def test_broken_messages_are_still_read(raw: bytes, expected: str) -> None:
    assert any(expected in d.text for d in documents(raw))


def test_a_picture_in_the_message_is_named_and_an_attached_one_is_a_gap() -> None:
    mail = message()
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="screen.png")
    (document,) = documents(mail)
    assert [(gap.what, gap.note) for gap in document.gaps] == [("logo.png", True), ("screen.png", False)]


def test_an_encrypted_message_says_so() -> None:
    raw = b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG"
    (document,) = documents(raw)
    assert "encrypted" in document.gaps[0].why
    assert not document.gaps[0].note


def test_a_message_encrypted_in_its_words_says_so() -> None:
    letters = "-----BEGIN PGP MESSAGE-----\n\nhQEMA8\nabcd\n-----END PGP MESSAGE-----\n"
    (document,) = documents(message(f"Dear team,\n{letters}"))
    assert "hQEMA8" not in document.text
    assert "Dear team" in document.text
    assert whys([document]) == [("The message is encrypted, so it was not checked.", False)]


@pytest.mark.parametrize("kind", ["base64", "quoted-printable"])
def test_a_forwarded_message_packed_like_a_file(kind: str) -> None:
    inner = b"Subject: About Leo\n\nHe is nine.\n"
    packed = base64.encodebytes(inner) if kind == "base64" else inner.replace(b":", b"=3A")
    head = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n"
    data = head + b"Content-Transfer-Encoding: " + kind.encode() + b"\n\n" + packed + b"\n--b--\n"
    _, nested = read(Source("draft.eml", data))
    assert nested.envelope is not None
    assert nested.envelope.subject == "About Leo"
    assert "He is nine." in nested.text


def test_an_empty_attachment_is_a_note() -> None:
    mail = message()
    mail.add_attachment(b"", maintype="application", subtype="pdf", filename="form.pdf")
    (document,) = documents(mail)
    assert [(gap.what, gap.note) for gap in document.gaps] == [("form.pdf", True)]


@pytest.mark.parametrize(
    ("name", "members", "why"),
    [
        (
            "talk.pptx",
            {"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<b/>"},
            "A presentation cannot be read.",
        ),
        (
            "list.ods",
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            "spreadsheet",
        ),
        ("plan.pages", {"index.xml": "<a/>", "buildVersionHistory.plist": "<b/>"}, "Save it as Word or PDF"),
    ],
)
def test_what_cannot_be_read_is_not_taken_for_an_archive(name: str, members: dict[str, str], why: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for inside, words in members.items():
            archive.writestr(inside, words)
    (document,) = read(Source(name, data.getvalue()))
    assert document.text == ""
    assert why in document.gaps[0].why


def test_an_empty_message_says_so() -> None:
    (document,) = documents(b"Message-ID: <1@example.org>\n\n")
    assert document.gaps[0].why == "The message holds no text."


def test_no_more_parts_than_the_limit() -> None:
    mail = message()
    for n in range(20):
        mail.add_attachment("words", filename=f"{n}.txt")
    found = documents(mail, Limits(parts=5))
    assert len(found) <= 6
    assert any("very many" in why or "too many" in why for why, _ in whys(found))


def test_a_mailbox_gives_a_document_a_message() -> None:
    raw = b"From a@example.org Mon Jul 20 01:01:07 2015\nSubject: One\n\nFirst.\n>From here on.\n\n"
    raw += b"From b@example.org Mon Jul 20 01:01:07 2015\nSubject: Two\n\nSecond.\n"
    found = read(Source("old.mbox", raw))
    assert [d.part for d in found] == ["message 1", "message 2"]
    assert "\nFrom here on." in found[0].text


def test_a_zip_bomb_is_not_unpacked() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 3_000_000)
    found = read(Source("a.zip", data.getvalue()), Limits(unpacked=1_000_000))
    assert all(not d.text for d in found)
    assert "safely" in found[0].gaps[0].why


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"Content-Type: multipart/mixed; boundary=a\n", b"Subject: "]))
def test_no_bytes_break_the_reader(data: bytes, head: bytes) -> None:
    found = read(Source("a.eml", b"To: a@example.org\n" + head + data, "message/rfc822"))
    assert all("damaged" not in gap.why for d in found for gap in d.gaps)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Subject: x\nTo: a@example.org\nContent-Type: text/plain; charset=utf-7\n\nAnna +2AA- came", "Anna ? came"),
        (b"Subject: =?utf-7?q?Anna_+2AA-_came?=\nTo: a@example.org\n\nHello", "Subject: Anna ? came"),
        (b"Subject: x\nTo: a@example.org\nContent-Type: text/plain; charset=unicode_escape\n\nAnna \\ud800", "\\ud800"),
    ],
)
def test_half_a_character_does_not_stop_the_check(raw: bytes, expected: str) -> None:
    (document,) = documents(raw)
    assert expected in document.text
    assert document.text.encode("utf-8")


@pytest.mark.parametrize("piece", ["a", "(", "a:b;", "<mailto:", "a@", "=?a?q?x", "=?utf-8?q?a?="])
def test_a_header_of_very_many_characters_is_read_once(piece: str) -> None:
    line = (piece * 100_000)[:100_000]
    documents(f"From: a@example.org\nTo: {line}\nSubject: {line}\n\nHello\n".encode())
    (cut,) = documents(f"From: a@example.org\nSubject: {'late ' * 50_000}\n\nHello\n".encode())
    assert "longer than can be read" in cut.gaps[0].why
    mailboxes(line * 10)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Jo Roe <mailto:jo@example.org>", "Jo Roe", "jo@example.org"),
        ("(jo@example.org) Jo Roe", "Jo Roe", "jo@example.org"),
        ("Jo Roe mailto:jo@example.org", "Jo Roe", "jo@example.org"),
        ("Jo Roe @ the hub", "Jo Roe @ the hub", ""),
    ],
)
def test_an_address_in_every_dress(written: str, name: str, address: str) -> None:
    assert mailboxes(written) == (Mailbox(name, address),)


def packed(*files: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for n, file in enumerate(files):
            archive.writestr(f"table{n}.csv", file)
    return data.getvalue()


def with_files(*files: tuple[str, bytes]) -> EmailMessage:
    mail = message()
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what archives gave."""
    sizes: list[int] = []
    real = archive_reader._unpacked

    def counted(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes | None:
        data = real(archive, member, most)
        sizes.append(member.file_size if member.file_size <= most else 0)
        return data

    monkeypatch.setattr(archive_reader, "_unpacked", counted)
    return sizes


def test_many_small_archives_unpack_to_no_more_than_one(unpacked: list[int]) -> None:
    zipped = packed(*[b" " * 900_000] * 4)
    mail = with_files(*[(f"z{n}.zip", zipped) for n in range(8)])
    limits = Limits(unpacked=2_000_000)
    assert any("not read" in why or "unpacks to more" in why for why, _ in whys(documents(mail, limits)))
    assert sum(unpacked) <= 2_000_000
    unpacked.clear()
    box = b"".join(b"From a@b Mon Jan  1 00:00:00 2024\n" + mail.as_bytes() + b"\n\n" for _ in range(3))
    assert len(read(Source("a.mbox", box), limits)) > 3
    assert sum(unpacked) <= 2_000_000


def test_damaged_members_count_for_what_they_unpack_to(unpacked: list[int]) -> None:
    zipped = packed(*[b" " * 900_000] * 8).replace(zlib.crc32(b" " * 900_000).to_bytes(4, "little"), b"none")
    found = read(Source("a.zip", zipped), Limits(unpacked=2_000_000))
    assert sum(unpacked) <= 2_000_000
    assert len(found[-1].gaps) == 8


def test_a_document_and_an_archive_share_what_may_be_unpacked() -> None:
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"<a>" + b" " * 900_000 + b"</a>")
    mail = with_files(*[(f"{n}.odt", sheet.getvalue()) for n in range(4)])
    said = [why for why, _ in whys(documents(mail, Limits(unpacked=2_000_000)))]
    assert sum("unpacks to more" in why for why in said) == 1
    assert sum("in all were not read" in why for why in said) == 1


def test_a_mailbox_is_read_no_further_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Source] = []
    real = mbox.read_message
    monkeypatch.setattr(mbox, "read_message", lambda source, limits: reads.append(source) or real(source, limits))
    mail = with_files(*[(f"{n}.txt", b"hello there") for n in range(10)]).as_bytes()
    box = b"".join(b"From a@b Mon Jan  1 00:00:00 2024\n" + mail + b"\n\n" for _ in range(10))
    found = read(Source("a.mbox", box), Limits(parts=10))
    assert len(reads) == 1
    assert any("very many" in why for why, _ in whys(found))


def test_parts_that_take_too_long_are_said() -> None:
    found = documents(with_files(("a.txt", b"hello there")), Limits(seconds=-1))
    assert [document.part for document in found] == ["body"]
    assert any("take very long" in why for why, _ in whys(found))


def test_of_very_many_gaps_the_first_are_named() -> None:
    mail = with_files(*[(f"p{n}.png", b"x") for n in range(1000)])
    said = documents(mail)[0].gaps
    assert said[0].what == "p0.png"
    assert len(said) < 300
    assert "many more" in said[-1].why


@pytest.mark.parametrize(
    ("body", "size", "note"),
    [
        ("Please see below.", 150_000, False),
        ("Please see below.", 20_000, True),  # a logo below a short message
        (BODY, 150_000, True),
    ],
)
def test_a_large_picture_is_the_message_where_there_are_hardly_any_words(body: str, size: int, note: bool) -> None:
    made = message(body)
    made.add_alternative(f'<p>{body}</p><img src="cid:shot">', subtype="html")
    made.get_payload()[1].add_related(b"\x89PNG" + b"x" * size, "image", "png", cid="<shot>")  # type: ignore[union-attr]
    (found,) = documents(made)
    (gap,) = found.gaps
    assert gap.note is note
    assert ("Look at it yourself" in gap.why) is not note
