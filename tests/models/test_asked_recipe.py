"""The recipe for what readers look for, on a few headers: what is learned fits what it was shown, and is saved whole."""

import numpy as np
import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.saying import asked

pytest.importorskip("sklearn", reason="training needs scikit-learn; see models/README.md")


def test_what_was_learned_fits_and_is_saved(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_asked

    folders = [MODELS / "corpus" / "drafts" / author for author in ("alder", "elder")]
    drafts = [train_asked.known(path) for folder in folders for path in sorted(folder.glob("*.txt"))]
    model = train_asked.fit(drafts)
    right, wrong, left = train_asked.counts(model, drafts)
    assert right > 4 * (wrong + left)
    train_asked.save(tmp_path / "asked.npz", model)
    saved = asked.load(tmp_path / "asked.npz")
    case = asked.circumstances(drafts[0].case)
    np.testing.assert_allclose(saved.likely(case), model.likely(case), atol=1e-5)
