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
    units = [[(at + 1, at * 7) for at in range(many)] for many in (5, 1, 9)]
    known = network.Network({}, {n: a.astype(np.float32) for n, a in learning.exported(reader).items()})
    apart = [np.array([*units[0], (0, 0), *units[1]]), np.array([*units[1], (0, 0), *units[2]]), np.array(units[2])]
    with torch.no_grad():
        theirs = reader(learning.packed(apart)[0]).numpy()
    np.testing.assert_allclose(known.odds_of(units, [(0, 2), (1, 2), (2, 1)]), theirs, atol=1e-5)
    assert theirs.std() > 0
