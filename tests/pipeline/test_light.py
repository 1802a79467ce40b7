"""Names without spaCy: the same numbers, the same names as the trained pipeline gives in spaCy."""

import numpy
import pytest
import spacy
from spacy.strings import hash_string
from thinc.api import NumpyOps

from referral_lint import language
from referral_lint.paths import MODELS
from referral_lint.pipeline import features, hashes, network, register
from referral_lint.pipeline.decode import spans
from referral_lint.pipeline.network import shape

DRAFTS = sorted((MODELS / "corpus/drafts/cedar").glob("*.txt"))


@pytest.fixture(scope="module")
def nlp():
    register()
    loaded = spacy.load(MODELS / "referral_en", exclude=["tagger", "senter"])
    features.add_flags(loaded.vocab)
    return loaded


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_the_names_of_a_draft_are_those_that_spacy_finds(nlp, path):
    text = path.read_text(encoding="utf-8")
    ours = [(e.start_char, e.end_char, e.label_, e.text) for e in language.load(["names"]).doc(text).ents]
    assert ours == [(e.start_char, e.end_char, e.label_, e.text) for e in nlp(text).ents]
    assert ours


@pytest.mark.parametrize("text", ["", " ", "\n", "Kayden"])
def test_hardly_any_text_is_no_fault(text):
    assert all(e.text in text for e in language.load(["names"]).doc(text).ents)


@pytest.mark.parametrize("word", ["", "a", "Kayden", "12345678", "123456789", "é", "PERSON", "x" * 99])
def test_a_string_has_the_number_that_spacy_gives_it(word):
    known = {"PERSON": hash_string("PERSON")} if word == "PERSON" else {}
    assert hashes.of_string(word, known) == (hash_string(word) if word else 0)


def test_a_number_has_the_rows_that_an_embedding_gives_it():
    numbers = numpy.array([0, 1, 17, 2**63 + 5, 2**64 - 1], dtype="uint64")
    assert (hashes.rows(numbers.tolist(), 8, 4000) == NumpyOps().hash(numbers, 8) % 4000).all()


@pytest.mark.parametrize("word", ["Kayden", "NHS", "O'Neill-Reid", "12/05/2025", "aaaaaaaa", "x" * 100, "\n\n", "é1Ó"])
def test_the_shape_of_a_word_is_spacys(nlp, word):
    assert shape(word) == nlp.vocab[word].shape_


def test_a_label_that_goes_on_is_one_span_and_a_new_beginning_another():
    outside, begin, inside = [1.0, 0, 0, 0, 0], [0.1, 0.9, 0, 0, 0], [0.3, 0.2, 0.5, 0, 0]
    other = [0.2, 0, 0, 0.2, 0.6]
    assert spans(numpy.array([outside, begin, inside, begin, other, outside]), 0.5) == [(1, 2, 0), (3, 3, 0), (4, 4, 1)]


def test_a_long_text_is_computed_in_stretches_to_the_same_end(monkeypatch):
    light = language.load(["names"]).light
    text = DRAFTS[0].read_text(encoding="utf-8")
    tokens = light.tokens(text)
    whole = light.probabilities(tokens)
    monkeypatch.setattr(network, "STRETCH", 50)
    assert len(tokens.pieces) > 150
    assert abs(light.probabilities(tokens) - whole).max() < 1e-5
