"""The encoder for danger that is trained and the one that runs give the same numbers, also once it is made small."""

import numpy as np
import pytest

from referral_lint.model import Span
from referral_lint.paths import MODELS
from referral_lint.understanding.danger import encoder
from referral_lint.understanding.saying.units import Unit

torch = pytest.importorskip("torch", reason="training the encoder for danger needs torch; see models/README.md")
pytest.importorskip("transformers", reason="training the encoder for danger needs transformers; see models/README.md")


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))
    import train_danger_encoder

    torch.manual_seed(1)
    return train_danger_encoder


def odds(script, reader, rows):
    import learning

    with torch.no_grad():
        return reader.eval()(*learning.packed([[(row,) for row in some] for some in rows])).numpy()


def test_the_numbers_are_those_of_training(script):
    import learning

    reader = script.Reader(rows=20, vector=8, width=48, inner=32, layers=2)
    words = [*script.encoders.AROUND, "he", "is", "here", "with", "a", "knife", "tea", "##s"]
    weights = {n: a.astype(np.float32) for n, a in learning.exported(reader.eval()).items()}
    known = encoder.Encoder({word: row for row, word in enumerate(words)}, weights)
    said = ["He is here with a knife", "Teas", "is he here"]
    stretches = [[Unit(Span(0, len(text)), text)] for text in said]
    theirs = odds(script, reader, [[2, *known.rows(stretch), 3] for stretch in stretches])
    np.testing.assert_allclose([known.odds(stretch) for stretch in stretches], theirs, atol=1e-5)
    assert theirs.std() > 0


def test_made_small_without_loss_where_nothing_is_left_out(script, monkeypatch):
    monkeypatch.setattr(script.encoders, "VECTOR", 8)
    monkeypatch.setattr(script.encoders, "INNER", 32)
    reader = script.Reader(rows=20, vector=8, width=48, inner=32, layers=2)
    every = [([2, *range(4, 12), 3], 0.5, 1.0), ([2, 15, 3], 0.5, 1.0)] * 5
    small = script.made_small(reader, every)
    rows = [rows for rows, _, _ in every[:2]]
    np.testing.assert_allclose(odds(script, small, rows), odds(script, reader, rows), atol=1e-3)


def said(*sentences):
    return [Unit(Span(0, len(text)), text) for text in sentences]


CALM = said(*(f"The meeting on item {n} is at the school on Tuesday." for n in range(9)))
THREAT = said("He is outside now with a knife and says he will kill her.")


def test_what_stands_in_the_package_can_be_taught_on(script):
    import train_danger_places

    words, reader = train_danger_places.in_package()
    known = encoder.load()
    rows = [2, *known.rows(THREAT), 3]
    np.testing.assert_allclose(odds(script, reader, [rows]), [known.odds(THREAT)], atol=1e-4)
    assert words == list(known.vocabulary)


def test_a_text_put_into_a_calm_draft_is_all_in_a_place_or_not_at_all(script):
    import train_danger_places
    from danger_texts import Text

    for _ in range(20):
        for units, urgent in train_danger_places.put_into(Text(THREAT, True), CALM):
            assert urgent == any(unit.text == THREAT[0].text for unit in units)


def test_a_round_over_a_few_texts(script):
    import train_danger_places
    from danger_texts import Text

    words, reader = train_danger_places.in_package()
    texts = [Text(THREAT, True), Text(CALM[:1], False), Text(CALM, False, ()), Text([*CALM, *THREAT], True, (9,))]
    known = encoder.Encoder({word: row for row, word in enumerate(words)}, {})
    every = train_danger_places.lessons(texts, known)
    assert {sure for _, sure, _ in every} == {train_danger_places.SURE, train_danger_places.CALM}
    before = reader.output.weight.clone()
    assert list(script.fit(reader, every, 1, train_danger_places.SLOWER)) == [0]
    assert not torch.equal(before, reader.output.weight)
