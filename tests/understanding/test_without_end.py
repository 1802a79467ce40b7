"""Text without an end, such as nobody writes: each character is looked at a few times, not as often as there are others.

The sizes are chosen so that a look at all the rest for each character would take hours.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
import spacy

from referral_lint.checks import one_child
from referral_lint.model import Block, BlockKind, Document, Source, Span
from referral_lint.readers import read
from referral_lint.understanding import sentences
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.people import careless
from referral_lint.understanding.saying import recipient
from referral_lint.understanding.setting import Setting

SIZE = 300_000


def filled(piece: str) -> str:
    return (piece * SIZE)[:SIZE]


@pytest.mark.parametrize("piece", [".", "!?", '."', "\n", "\n ", ". ", " "])
def test_sentences(piece: str) -> None:
    text = filled(piece) + "End"
    found = list(sentences.of_block(text, Block(0, len(text), BlockKind.PARAGRAPH)))
    assert found[-1].end == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is late... Now", ["It is late...", "Now"]),
        ("He said “no.” She left", ["He said “no.”", "She left"]),
        ("one.two Three", ["one.two Three"]),
        ("Wait?! \nthen this", ["Wait?!", "then this"]),
        ("a\n \nb", ["a", "b"]),
        ("from Dr. Oram. (Now)", ["from Dr. Oram.", "(Now)"]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    spans = sentences.of_block(text, Block(0, len(text), BlockKind.PARAGRAPH))
    assert [text[start:end] for start, end in spans] == expected


@pytest.mark.parametrize("piece", ["a-", "\n", "\n ", "\n- ", "mum-", ". ", "ab "])
def test_names_without_capitals(piece: str) -> None:
    text = filled(piece)
    careless.is_careless(text)
    assert list(careless._introduced(text)) == []


def test_a_small_letter_after_any_blank_lines_is_seen() -> None:
    assert careless.is_careless("he is late\n\n \n- he is cold. she rang")
    assert not careless.is_careless("He is late\n\n \n- He is cold. She rang")


@pytest.mark.parametrize("piece", ["7", "-", "1.", "> ", "a/"])
def test_who_reads_it(piece: str) -> None:
    text = "Note " + filled(piece) + "\n" + filled(piece)
    document = Document("a.txt", text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    doc = spacy.blank("en")("")
    recipient.addressee(Draft(document, doc, Setting()))


def test_the_pronoun_after_a_name_is_looked_for_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def search(text: str, start: int, end: int) -> re.Match[str] | None:
        looked.append(end - start)
        return None

    monkeypatch.setattr(one_child, "_SUBJECT", SimpleNamespace(search=search))
    text = filled("Anna\n")
    draft = SimpleNamespace(
        text=text,
        searched=SimpleNamespace(every=lambda _: ()),
        sentence_at=lambda _: Span(0, len(text)),
        next_sentence=lambda _: None,
        names_between=lambda *_: (),
    )
    one_child.sex_of(draft, list(range(0, SIZE, 5)), "Anna")  # type: ignore[arg-type]
    assert sum(looked) <= SIZE * 1_000 / 5


def test_a_table_of_names() -> None:
    (document,) = read(Source("a.csv", b"Anna,Bob\n" * 30_000))
    assert document.text.startswith("Anna\tBob\nAnna")
