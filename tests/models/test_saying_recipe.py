"""The encoder for what a sentence says that is trained and the one that runs give the same numbers; a step of the recipe learns."""

import numpy as np
import pytest

from referral_lint.model import Span
from referral_lint.paths import MODELS
from referral_lint.understanding.saying import encoder
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.saying.weights import COLUMNS

torch = pytest.importorskip("torch", reason="training the encoder for what is said needs torch; see models/README.md")
pytest.importorskip(
    "transformers", reason="training the encoder for what is said needs transformers; see models/README.md"
)
pytest.importorskip("sklearn", reason="training the encoder for what is said needs scikit-learn; see models/README.md")
SIZES = {"vector": 8, "width": 48, "inner": 32, "layers": 2}


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_saying

    torch.manual_seed(1)
    return train_saying


@pytest.fixture
def known(script):
    words = "she was happy for me to write to you about the move does know".split()
    rows = {word: row for row, word in enumerate([*script.encoders.AROUND, *dict.fromkeys(words)])}
    return encoder.Encoder(rows, {})


def units():
    said = "she was happy for me to write to you about the move".split()
    return [
        Unit(Span(0, 0), " ".join(said[:many]), question="does she know" if many == 4 else "") for many in (9, 4, 12)
    ]


def test_the_numbers_are_those_of_training(script, known):
    import learning

    reader = script.Reader(rows=len(known.vocabulary), **SIZES).eval()
    weights = {n: a.astype(np.float32) for n, a in learning.exported(reader).items()}
    runs = encoder.Encoder(known.vocabulary, weights)
    with torch.no_grad():
        theirs = reader(*learning.packed([script.marked(*runs.rows(unit)) for unit in units()])).numpy()
    np.testing.assert_allclose(runs.odds(units()), theirs, atol=1e-5)
    assert theirs.std() > 0


def test_it_learns_what_sentences_say_and_keeps_it_when_it_is_made_small(script, known, monkeypatch):
    for name, value in {"WARM": 5, "BATCH": 100, "RATE": 3e-3, "HEAD_RATE": 1e-2, "WORD_RATE": 3e-3}.items():
        monkeypatch.setattr(script, name, value)
    says = [np.eye(len(COLUMNS))[i] for i in range(3)]
    every = script.lessons([(u, s, np.ones(len(COLUMNS))) for u, s in zip(units(), says, strict=True)] * 40, known)
    full = script.Reader(rows=len(known.vocabulary), **SIZES)
    list(script.fit(full, every, 6))
    monkeypatch.setattr(script.encoders, "VECTOR", SIZES["vector"])
    monkeypatch.setattr(script.encoders, "INNER", SIZES["inner"])
    told = script.judged(full, every[:3])
    assert [int(lesson.odds[:3].argmax()) for lesson in told] == [0, 1, 2]
    small = script.judged(script.made_small(full, every), every[:3])
    np.testing.assert_allclose([lesson.odds for lesson in small], [lesson.odds for lesson in told], atol=1e-3)
