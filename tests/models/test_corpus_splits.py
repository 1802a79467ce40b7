"""What measures never teaches, whatever folder a recipe is given."""

from __future__ import annotations

from referral_lint.paths import MODELS


def test_drafts_that_measure_are_kept_from_all_that_learns(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import corpus

    for name in corpus.TESTS:
        files = corpus.files(name)
        assert files
        assert all(map(corpus.is_kept, files))
    teaching = {author for name in ("train", "named", "dev", "later") for author in corpus.SPLITS[name]}
    assert not teaching & {author for name in corpus.TESTS for author in corpus.SPLITS[name]}
    assert not any(map(corpus.is_kept, corpus.files("train")))
