"""What a sentence says as the encoder reads it, and which sentences it reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from referral_lint.errors import ModelError
from referral_lint.model import Span
from referral_lint.paths import MODELS
from referral_lint.understanding.saying import encoder
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.saying.weights import COLUMNS


def unit(words: str, question: str = "") -> Unit:
    return Unit(Span(0, len(words)), words, question, role="answer" if question else "prose")


def odds(name: str, *units: Unit) -> list[float]:
    return [float(row[COLUMNS.index(name)]) for row in encoder.load().odds(units)]


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("informed", "I told his mother on Tuesday that I was writing to you.", "His mother told me on Tuesday that she was tired."),
        ("consent", "She is happy for me to pass this on.", "She is happy at the nursery."),
        ("wishes", "He would like somebody to talk to at school.", "He has somebody to sit with at school."),
        ("purpose", "Please could you visit them next week.", "They were visited last week."),
        ("timing", "This cannot wait until the meeting because they move on Friday.", "They meet every Friday."),
    ],
)  # fmt: skip
def test_the_order_of_words_tells_what_is_said(name: str, said: str, unsaid: str) -> None:
    first, second = odds(name, unit(said), unit(unsaid))
    assert first > second + 1


def test_a_unit_is_read_alike_alone_and_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [unit(f"Mum knows about this, call number {i}.", "Told?" if i % 3 else "") for i in range(30)]
    together = encoder.load().odds(units)
    monkeypatch.setattr(encoder, "AT_ONCE", 40)
    np.testing.assert_allclose(encoder.load().odds(units), together, atol=1e-4)
    np.testing.assert_allclose(encoder.load().odds(units[3:4]), together[3:4], atol=1e-4)


@pytest.mark.parametrize("part", [slice(0), slice(5), slice(5000)])
def test_a_file_cut_short_is_said_so(tmp_path: Path, part: slice) -> None:
    path = tmp_path / "encoder.npz"
    path.write_bytes((MODELS / "statements" / "saying_encoder.npz").read_bytes()[part])
    with pytest.raises(ModelError, match="install referral-lint again"):
        encoder.load(path)


def test_nothing_said_gives_nothing() -> None:
    assert encoder.load().odds([]).shape == (0, len(COLUMNS))


def test_a_question_counts() -> None:
    first, second = odds(
        "consent", unit("Yes", "Has the parent agreed to this referral?"), unit("Yes", "Is this the first referral?")
    )
    assert first > second


def test_what_the_linear_weights_are_sure_of_is_not_read() -> None:
    linear = np.full((4, len(COLUMNS)), -6.0)
    linear[0, 3] = 5.0
    assert encoder.doubtful(linear) == []
    linear[2, 7] = 0.5
    assert encoder.doubtful(linear) == [2]


def test_only_the_best_of_a_draft_are_read() -> None:
    linear = np.full((6, len(COLUMNS)), -6.0)
    linear[:, 2] = [0.1, 0.2, 0.3, 2.0, 1.0, -1.0]
    assert encoder.doubtful(linear) == [3, 4]
    assert encoder.doubtful(linear[:0]) == []


def test_what_is_not_read_keeps_its_order() -> None:
    linear = np.full((5, len(COLUMNS)), -6.0)
    linear[:, 0] = np.linspace(-9, -5, 5)
    said = [unit(f"Number {i}.") for i in range(5)]
    unread = encoder.beside(linear, said)
    assert (np.diff(unread[:, 0]) > 0).all()
    linear[1, 2] = 0
    read = encoder.beside(linear, said)
    np.testing.assert_allclose(read[1], linear[1] + encoder.SHARE * encoder.load().odds(said[1:2])[0], rtol=1e-5)
    np.testing.assert_allclose(read[[0, 2, 3, 4]], unread[[0, 2, 3, 4]])
