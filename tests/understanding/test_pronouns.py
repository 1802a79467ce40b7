"""Pronouns that could mean two people: whom a sentence speaks of, which two a pronoun fits, and what is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint import language
from referral_lint.engine import Linter
from referral_lint.errors import ModelError
from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.rules.load import load_packs
from referral_lint.understanding import pronouns
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.pronouns import known, mentions, pairs, signs, weights, words
from referral_lint.understanding.pronouns.weights import Weights
from referral_lint.understanding.setting import Setting

PIPELINE = language.load(())


def draft(text: str) -> Draft:
    document = next(iter(read(Source("draft.txt", text.encode(), "text/plain"))))
    return Draft(document, PIPELINE.doc(document.text), Setting())


def spoken_of(text: str) -> list[tuple[str, str, str]]:
    """Words, sex and owner of everybody in the first sentence, those who only own something in brackets."""
    one = draft(text)
    found = mentions.of(one, one.sentences[0], known.of(one))
    return [(f"({one.words(w.span)})" if w.owns else one.words(w.span), w.sex, w.owner) for w in found]


def two(text: str) -> list[tuple[str, str, str]]:
    one = draft(text)
    found = pairs.find(one, known.of(one))
    return [(one.words(p.pronoun), one.words(p.one.span), one.words(p.other.span)) for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mum and her older sister came.", [("Mum", "she", ""), ("her older sister", "she", "her")]),
        ("Mr. Bell rang Mrs Ann Khan.", [("Mr. Bell", "he", ""), ("Mrs Ann Khan", "she", "")]),
        ("Ada told Ms Finn that mum left.", [("Ada", "", ""), ("Ms Finn", "she", ""), ("mum", "she", "")]),
        ("Gary and that man came.", [("Gary", "he", ""), ("that man", "he", "that")]),
        ("The key worker saw Mr Bell.", [("The key worker", "", ""), ("Mr Bell", "he", "")]),
        ("His sister-in-law rang our head.", [("His sister-in-law", "she", "his"), ("our head", "", "our")]),
        ("Her sister in law hit his head.", [("Her sister in law", "she", "her")]),  # a head of his own is no person
        ("Mums sister was there.", [("(Mums)", "she", ""), ("Mums sister", "she", "mums's")]),
        ("Mum's flat was cold.", [("(Mum)", "she", "")]),
        ("Mum's been in.", [("Mum", "she", "")]),
        ("The owner, Mrs Khan, rang.", [("The owner, Mrs Khan", "she", "")]),
        ("Dad is a quiet man.", [("Dad", "he", "")]),  # one person
        ('He said "my uncle did it".', [("He", "he", "")]),  # not what was said to the writer
    ],
)
def test_whom_a_sentence_speaks_of(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert spoken_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mum and Nan rowed and she left.", [("she", "Mum", "Nan")]),
        ("Mum and Nan rowed. She left.", [("She", "Mum", "Nan")]),
        ("Mum and Dad rowed and she left.", []),
        ("Mum rang. Nan came and she cried.", [("she", "Mum", "Nan")]),
        ("Mum rang Nan and she (Nan) cried.", []),  # the writer says who
        ("Mum rang Nan and he/she cried.", []),
        ("She and Nan rowed and she left.", [("she", "She", "Nan")]),
        ("Her mum and his mum share a car and she drives.", [("she", "Her mum", "his mum")]),
        ("Mum rang. Mum came and she cried.", []),
        ('Dad and his uncle rowed. "He hit me," Lee told me.', []),  # not a child's own words
    ],
)
def test_which_two_a_pronoun_fits(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert two(text) == expected


def test_the_name_that_a_draft_calls_he_is_no_she() -> None:
    text = "Kofi, her brother, is ten. Mum and Kofi argued and she left."
    assert known.of(draft(text)).sexes["kofi"] == "he"
    assert two(text) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [("mum", ("kin", "she")), ("step-dad", ("kin", "he")), ("landlady", ("kin", "she")), ("midwife", ("kin", "she"))]
    + [(word, ("role", "")) for word in ("keyworker", "receptionist", "neighbour", "key-worker", "classmate")]
    + [(word, ("", "")) for word in ("dinner", "chair", "workers", "paper", "other", "mumps")],
)
def test_words_for_people(word: str, expected: tuple[str, str]) -> None:
    assert words.of(word) == expected


def test_one_question_for_pronouns_side_by_side() -> None:
    one = draft("Mum and Nan had a row and she said she was leaving.")
    assert [one.words(pair.pronoun) for pair in pronouns.unclear(one)] == ["she"]


def test_signs_name_what_counts() -> None:
    one = draft("Mum and Nan had words and she left.")
    people = known.of(one)
    found = signs.of(one, next(pairs.find(one, people)), people)
    assert {"and", "and here", "mutual", "is joined", "first opens", "kin and kin"} <= set(found)
    assert found["words since"] == 0.3


def test_likelihood_adds_up_the_signs() -> None:
    model = Weights({"a": 1.0, "b": -2.0}, 0.5)
    assert model.likelihood({"a": 2.0, "b": 1.0, "unknown": 5.0}) == 0.5
    assert model.likelihood({"a": 1e6}) > 0.99


@pytest.mark.parametrize("text", ["", "limit: 0.5\n", "limit: x\nsigns: {}\n", "signs: [1]\nlimit: 0.5\n", "a: [\n"])
def test_a_broken_table_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text)
    with pytest.raises(ModelError, match="install referral-lint again"):
        weights.load(path)


PIECES = st.lists(
    st.sampled_from(
        "Mum Nan Dad she She he He her him his and with told . , ( ) ' ’s \n \n\n “ ” - the key worker sister rowed Kofi left Mr Bell’s é 😀".split(
            " "
        )
    ),
    max_size=30,
)


@given(PIECES)
def test_places_are_in_order_and_in_the_text(pieces: list[str]) -> None:
    one = draft(" ".join(pieces) + " end")
    people = known.of(one)
    for pair in pairs.find(one, people):
        assert one.words(pair.pronoun).lower() == pair.sex
        one_span, other_span = pair.one.span, pair.other.span  # “Bell” stands in “Bell's Mum”
        assert (one_span.start, one_span.end) < (other_span.start, other_span.end)
        assert other_span.end <= pair.pronoun.start
        assert all(isinstance(number, float) for number in signs.of(one, pair, people).values())
        assert {pair.one.sex, pair.other.sex} <= {"", pair.sex}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Stepdad (Owen Hale) and Mum's brother Neil came to the gate and he shouted.", "Who is “he”: Owen Hale or Neil?"),
        ("Grandad lives upstairs. He and Mr Quill next door had words and he broke the fence.", "Who is “he”: Grandad or Mr Quill?"),
        ("Mr Cole and Mr Hart were both there and he raised his voice.", "Who is “he”: Mr Cole or Mr Hart?"),
    ],
)  # fmt: skip
def test_the_question_names_two_people(text: str, message: str) -> None:
    linter = Linter(rules=[rule for rule in load_packs(["core"])[0] if rule.id == "pronoun-or-role-ambiguous"])
    report = linter.lint(Source("draft.txt", text.encode())).documents[0]
    assert [finding.message for finding in report.findings] == [message]


def test_a_given_name_outweighs_a_pronoun_that_may_be_anothers() -> None:
    assert two("Mum and Kevin shouted at her, and she hid.") == []
    one = draft("Kevin is her sister. Kevin rang, and she was well.")  # said in so many words, it counts for more
    assert known.of(one).sexes["kevin"] == "she"


def test_a_surname_is_no_given_name() -> None:
    one = draft("Nurse James told us that she was on nights.")
    assert known.of(one).sexes.get("james") != "he"
