"""The recipe for the roles of people, on a few drafts: what is learned fits what it was shown, and is saved whole."""

import numpy as np
import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.people import roles

pytest.importorskip("sklearn", reason="training needs scikit-learn; see models/README.md")


def test_what_was_learned_fits_and_is_saved(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_roles

    people = list(train_roles.known(sorted((MODELS / "corpus" / "drafts" / "alder").glob("*.txt"))[:20]))
    assert len(people) > 50
    model = train_roles.fit(people)
    right = sum(one.role == model.role(one.signs, one.ruled) for one in people)
    assert right > sum(one.role == one.ruled for one in people)
    train_roles.save(tmp_path / "roles.npz", model)
    saved = roles.load(tmp_path / "roles.npz")
    assert set(saved.keys) <= set(model.keys)
    assert sum(saved.role(one.signs, one.ruled) == model.role(one.signs, one.ruled) for one in people) > 0.95 * len(
        people
    )
    assert np.isfinite(saved.by_sign).all()
