"""The recipe for the purposes of a draft, on a few drafts: what is trained finds the purposes that it was shown."""

import pytest

from referral_lint.paths import MODELS
from referral_lint.understanding import purposes
from referral_lint.understanding.purposes import weights

pytest.importorskip("sklearn", reason="training needs scikit-learn; see models/README.md")
FEW = 20  # drafts of each author


def test_what_was_learned_is_found_and_saved(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_purposes

    folders = [MODELS / "corpus" / "drafts" / author for author in ("alder", "elder")]
    known = [train_purposes.known(path, f.name) for f in folders for path in sorted(f.glob("*.txt"))[:FEW]]
    model = train_purposes.fit(known)
    train_purposes.save(tmp_path / "weights.npz", model)
    for read in (model, weights.load(tmp_path / "weights.npz")):
        likely = [train_purposes.found(read, draft) for draft in known]
        right = sum(one.argmax() in draft.purposes for one, draft in zip(likely, known, strict=True))
        assert right > 0.8 * len(known)
    look = known[0].look
    names = purposes.chosen(likely[0], look)
    assert len(names) <= 2
