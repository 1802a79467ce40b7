"""What travels with a draft: each earlier message by itself, the lines around the draft, the other version of an email."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from referral_lint.model import Source
from referral_lint.readers import beside, read


def texts(source: str | bytes, kind: str = "text/plain") -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    return [" ".join(one.text.split()) for one in beside.of(read(Source("draft", data, kind))[0])]


HEAD = "Subject: Re: the key\nFrom: Ada Penn\nTo: Ola Kay\n\nThank you, that is fine.\n\n"


@pytest.mark.parametrize(
    "below",
    [
        "-----Original Message-----\nFrom: Ola Kay\nSent: 3 March 2026 09:00\nTo: Ada Penn\nSubject: the key\n\nThe key is at the desk.\nPlease sign for it.\n",
        "On 3 March 2026 at 09:00, Ola Kay wrote:\n> The key is at the desk.\n> Please sign for it.\n",
        "> The key is at the desk.\n> Please sign for it.\n",
    ],
)
def test_an_earlier_message_is_read_without_what_programs_put_before_it(below: str) -> None:
    assert any(
        one.removeprefix("the key ") == "The key is at the desk. Please sign for it." for one in texts(HEAD + below)
    )


def test_each_earlier_message_is_a_text_of_its_own() -> None:
    below = "> Yes, at four.\n>\n> > Can you come at four?\n"
    assert {"Yes, at four.", "Can you come at four?"} <= set(texts(HEAD + below))


def test_the_subject_and_the_sign_off_are_looked_at_and_addresses_are_not() -> None:
    (around,) = texts(
        "Subject: FW: the key\nFrom: Ada Penn\nTo: ola@desk.example\n\nIt is here.\n\nKind regards\nAda Penn\nRoom 4\n"
    )
    assert around == "the key Kind regards Ada Penn Room 4"


@pytest.mark.parametrize(
    ("plain", "rich"),
    [("The key is here.", "<p>The bus was late.</p>"), ("Bus.", "<p>The key is here and the bus was late.</p>")],
)
def test_the_version_that_was_not_chosen_is_looked_at(plain: str, rich: str) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ada@desk.example", "ola@desk.example", "Key"
    made.set_content(plain)
    made.add_alternative(rich, subtype="html")
    document = read(Source("draft.eml", bytes(made), "message/rfc822"))[0]
    said = document.text + " ".join(one.text for one in beside.of(document))
    assert "The key is here" in said
    assert "us was late" in said or "Bus." in said


def test_two_versions_that_say_the_same_are_one() -> None:
    made = EmailMessage()
    made["From"], made["To"] = "ada@desk.example", "ola@desk.example"
    made.set_content("The key is here.")
    made.add_alternative("<p>The <b>key</b> is here.</p>", subtype="html")
    assert not read(Source("draft.eml", bytes(made), "message/rfc822"))[0].beside
