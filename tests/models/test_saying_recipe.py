"""The network for what a sentence says that is trained and the one that runs give the same numbers."""

import numpy as np
import pytest

from referral_lint.model import Span
from referral_lint.paths import MODELS
from referral_lint.understanding.saying import network
from referral_lint.understanding.saying.units import Unit

torch = pytest.importorskip("torch", reason="training the network for what is said needs torch; see models/README.md")


def test_the_numbers_are_those_of_training(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import learning
    import train_saying

    torch.manual_seed(1)
    reader = train_saying.Reader(np.random.default_rng(1).normal(size=(20, 40)).astype(np.float32)).eval()
    words = "she was happy for me to write to you about the move".split()
    units = [
        Unit(Span(0, 0), " ".join(words[:many]), question="does she know" if many == 4 else "") for many in (9, 4, 12)
    ]
    weights = {n: a.astype(np.float32) for n, a in learning.exported(reader).items()}
    known = network.Network({word: row for row, word in enumerate(words, network.FIRST)}, weights)
    with torch.no_grad():
        theirs = reader(*learning.packed([known.rows(unit) for unit in units])).numpy()
    np.testing.assert_allclose(known.odds(units), theirs, atol=1e-5)
    assert theirs.std() > 0
