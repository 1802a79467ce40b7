"""The network for danger that is trained and the one that runs give the same numbers."""

import numpy as np
import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.danger import network

torch = pytest.importorskip("torch", reason="training the network for danger needs torch; see models/README.md")


def test_the_numbers_are_those_of_training(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import learning
    import train_danger_network

    torch.manual_seed(1)
    reader = train_danger_network.Reader(np.random.default_rng(1).normal(size=(20, 16)).astype(np.float32)).eval()
    read = [np.stack([np.arange(many) + 1, np.arange(many) * 7], axis=1) for many in (5, 1, 9)]
    known = network.Network({}, {n: a.astype(np.float32) for n, a in learning.exported(reader).items()})
    with torch.no_grad():
        theirs = reader(*learning.packed(read)).numpy()
    np.testing.assert_allclose(known.odds_of(read), theirs, atol=1e-5)
    assert theirs.std() > 0
