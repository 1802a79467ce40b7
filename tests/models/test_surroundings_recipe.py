"""The recipe for what stands around a stretch, on invented readings: it learns what the others tell."""

import numpy as np
import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.wording import Reading, network, tokens

pytest.importorskip("torch", reason="training the wording network needs torch; see models/README.md")
pytest.importorskip("sklearn", reason="training needs scikit-learn; see models/README.md")


def _reading(likely):
    """One word a sentence, so likely to be ambiguous."""
    odds = np.zeros((len(likely), network.TAGS), np.float32)
    odds[:, 1] = likely
    odds[:, 0] = 1 - odds[:, 1]
    at = np.arange(len(likely)) * 4
    rows = tokens.Rows(
        at,
        at + 3,
        np.arange(len(likely)),
        np.zeros((len(likely), 4), np.int64),
        np.zeros((len(likely), tokens.FLAGS), np.float32),
    )
    return Reading(rows, odds, ["word"] * len(likely))


def test_a_careless_draft_makes_a_doubtful_word_likelier(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_surroundings
    import train_wording

    careless, careful = _reading([0.5, 0.9, 0.9]), _reading([0.5, 0.02, 0.02])
    marks = [(start, start + 3, "AMB") for start in (0, 4, 8)]
    texts = [
        train_wording.Text(a, r.rows, np.zeros(0), m, "") for a in "ab" for r, m in ((careless, marks), (careful, []))
    ]
    stretches = train_surroundings.Stretches()
    for text, reading in zip(texts, [careless, careful] * 2, strict=True):
        stretches.add(text, reading, "AMB", reading.stretches(0, 0.3))
    assert stretches.marks == 6
    assert stretches.right == [True, True, True, False] * 2
    likely = stretches.left_out()
    assert likely[0] > likely[3]
    assert stretches.best(likely).startswith("1.000")
    assert stretches.silenced(likely, 0).startswith("6 right and 2 false, of which less than 0: 0 and 0")
