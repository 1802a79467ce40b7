"""The recipe for unclear pronouns, on a few drafts: what is learned finds the marks it was shown, and is saved whole."""

import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding.pronouns import weights

pytest.importorskip("sklearn", reason="training needs scikit-learn; see models/README.md")


def test_what_was_learned_is_found_and_saved(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_pronouns

    every = list(train_pronouns.drafts([MODELS / "corpus" / "drafts" / "juniper"]))
    model = train_pronouns.fit(train_pronouns.examples() + [place for draft in every for place in draft.places])
    right, false, missed = train_pronouns.counted(model, every)
    assert right > max(missed, 3 * false)
    train_pronouns.save(tmp_path / "weights.yaml", model)
    saved = weights.load(tmp_path / "weights.yaml")
    assert saved.limit == model.limit
    assert all(saved.by_sign.get(sign, 0.0) == pytest.approx(w, abs=0.011) for sign, w in model.by_sign.items())
