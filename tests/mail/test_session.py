"""The protocol: however the bytes are cut, the same message comes out; whatever the bytes, nothing else than an error."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.mail import frames
from referral_lint.mail.frames import ProtocolError, frame
from referral_lint.mail.message import Body, Mail
from referral_lint.mail.session import Answer, Bye, Session

OFFER = frame("O", struct.pack(">III", 6, 0x1FF, 0x1FFFFF))
POOR_OFFER = frame("O", struct.pack(">III", 2, 0x01, 0))

text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def conversation(
    sender="ann@school.example", readers=("b@council.example",), headers=(), body=(b"Hello.",), login="ann"
):
    """What a mail server sends of one message."""
    yield frame("D", b"C" + b"j\0mail\0")
    yield frame("C", b"localhost\x004\x00\x19127.0.0.1\x00")
    yield frame("D", b"M{auth_authen}\0" + login.encode() + b"\0")
    yield frame("M", f"<{sender}>\0SIZE=3\0".encode())
    for reader in readers:
        yield frame("R", f"<{reader}>\0".encode())
    yield frame("T")
    for name, value in headers:
        yield frame("L", f"{name}\0{value}\0".encode())
    yield frame("N")
    for piece in body:
        yield frame("B", piece)
    yield frame("D", b"E" + b"i\0004F2A\0")
    yield frame("E")


def mails(session, data):
    return [event for event in session.receive(data) if isinstance(event, Mail)]


def test_a_message_is_put_together():
    (mail,) = mails(
        Session(), OFFER + b"".join(conversation(headers=[("Subject", " Help"), ("From", " Ann <a@b.example>")]))
    )
    assert (mail.sender, mail.recipients, mail.login) == ("ann@school.example", ("b@council.example",), "ann")
    assert (mail.client, mail.queue_id, mail.mailbox) == ("127.0.0.1", "4F2A", "a@b.example")
    assert mail.raw() == b"Subject: Help\r\nFrom: Ann <a@b.example>\r\n\r\nHello."


@given(
    headers=st.lists(st.tuples(st.sampled_from(["Subject", "To", "X-Odd"]), text), max_size=4),
    body=st.lists(st.binary(max_size=60), max_size=4),
    cuts=st.lists(st.integers(0, 2000), max_size=12),
)
def test_however_it_is_cut(headers, body, cuts):
    data = OFFER + b"".join(conversation(headers=headers, body=body)) + frame("Q")
    places = sorted({0, len(data), *(cut % len(data) for cut in cuts)})
    session, got = Session(), []
    for start, end in zip(places, places[1:], strict=False):
        got += session.receive(data[start:end])
    (mail,) = [event for event in got if isinstance(event, Mail)]
    assert mail.headers == tuple(headers)
    assert mail.body.read() == b"".join(body)
    assert isinstance(got[-1], Bye)


@given(st.lists(st.tuples(st.sampled_from("OCDHMRTLNBEAQKUx\0"), st.binary(max_size=40)), max_size=30))
def test_commands_in_any_order_give_events_or_a_protocol_error(commands):
    session = Session()
    try:
        for letter, words in commands:
            for event in session.receive(frame(letter, words)):
                assert isinstance(event, Answer | Mail | Bye)
    except ProtocolError:
        pass
    session.close()


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_noise_gives_nothing_but_a_protocol_error(pieces):
    session = Session()
    try:
        for piece in pieces:
            list(session.receive(piece))
    except ProtocolError:
        pass


def test_what_the_mail_server_cannot_do_is_not_used():
    session = Session()
    (answer,) = session.receive(POOR_OFFER)
    assert answer.data == frame("O", struct.pack(">III", 2, 0, 0))
    assert not session.can_change
    assert not session.can_quarantine
    # It wants an answer to everything, and gets one to each.
    events = list(session.receive(b"".join(conversation())))
    assert sum(isinstance(event, Answer) for event in events) == len("CMRTNB")


def test_with_postfix_only_the_offer_and_the_end_are_answered():
    session = Session()
    events = list(session.receive(OFFER + b"".join(conversation())))
    assert [type(event) for event in events] == [Answer, Mail]
    assert session.can_change
    assert session.can_quarantine


def test_two_messages_of_one_connection_do_not_mix():
    session = Session()
    first, second = mails(
        session, OFFER + b"".join(conversation(login="ann")) + b"".join(conversation(sender="c@d.example", login="bob"))
    )
    assert (first.login, second.login, second.sender) == ("ann", "bob", "c@d.example")
    given_up = b"".join(conversation())[:-5] + frame("A") + b"".join(conversation(readers=("e@f.example",)))
    (third,) = mails(session, given_up)
    assert third.recipients == ("e@f.example",)


def test_a_login_does_not_outlive_its_message():
    session = Session()
    list(session.receive(OFFER + b"".join(conversation(login="ann"))))
    plain = b"".join(piece for piece in conversation() if not piece[4:].startswith(b"DM"))
    (mail,) = mails(session, plain)
    assert mail.login == ""


def test_too_much_is_not_kept_and_known_to_be_lost(tmp_path):
    session = Session(lambda: Body(tmp_path, most=100))
    (mail,) = mails(session, OFFER + b"".join(conversation(body=[b"x" * 60, b"x" * 60])))
    assert mail.body.lost
    assert mail.body.size == 120
    with pytest.raises(ValueError, match="closed"):
        mail.raw()
    (mail,) = mails(Session(), OFFER + b"".join(conversation(headers=[("X", "y" * 600_000)] * 2)))
    assert mail.body.lost


def test_a_body_that_is_not_needed_is_not_kept():
    session = Session(keeps=lambda mail: mail.header("Auto-Submitted") == "")
    (mail,) = mails(session, OFFER + b"".join(conversation(headers=[("Auto-Submitted", " auto-replied")])))
    assert mail.body.lost


def test_a_long_body_waits_on_disk(tmp_path):
    body = Body(tmp_path)
    for _ in range(40):
        body.write(b"x" * 65_535)
    assert body.read() == b"x" * 65_535 * 40
    assert list(tmp_path.iterdir()) == []  # a file without a name: gone with the process


@pytest.mark.parametrize("length", [0, frames.LONGEST + 1])
def test_a_length_that_cannot_be(length):
    with pytest.raises(ProtocolError):
        list(Session().receive(struct.pack(">I", length) + b"O"))


def test_a_refusal_is_plain_and_marked_line_by_line():
    data = frames.refusal("550 5.7.1", ["Not yet: “50%” of it", "Look."])
    assert data[4:] == b"y550-5.7.1 Not yet: ?50 per cent? of it\r\n550 5.7.1 Look.\0"
    assert struct.unpack(">I", data[:4])[0] == len(data) - 4
