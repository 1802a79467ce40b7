"""The network that is trained and the one that runs give the same numbers."""

import numpy as np
import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.wording import network, tokens

torch = pytest.importorskip("torch", reason="training the wording network needs torch; see models/README.md")


def test_the_numbers_are_those_of_training(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import learning
    import train_wording

    torch.manual_seed(1)
    tagger = train_wording.Tagger(np.random.default_rng(1).normal(size=(20, 16)).astype(np.float32)).eval()
    many, sentence = 9, np.array([0] * 5 + [1] * 4)
    columns = np.stack([np.arange(many) + 2, np.arange(many) * 7, np.arange(many) * 11, np.arange(many) % 8], axis=1)
    flags = (np.arange(many * tokens.FLAGS).reshape(many, -1) % 3 == 0).astype(np.float32)
    places = np.arange(many)
    rows = tokens.Rows(places, places + 1, sentence, columns, flags)
    known = network.Network({}, {n: a.astype(np.float32) for n, a in learning.exported(tagger).items()})
    theirs = []
    for number in (0, 1):
        inside = sentence == number
        batch = train_wording.packed([(columns[inside], flags[inside], np.zeros((inside.sum(), network.TAGS)))])
        with torch.no_grad():
            theirs.append(tagger(*batch[:3]).softmax(-1)[0].numpy())
    np.testing.assert_allclose(known.probabilities(rows), np.concatenate(theirs), atol=1e-5)
