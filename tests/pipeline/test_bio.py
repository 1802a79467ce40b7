"""What the names are taught: marked stretches are names, unmarked ones none, and those that nobody judged teach nothing."""

from types import SimpleNamespace

import numpy
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import NumpyOps

from referral_lint.pipeline.bio import BioTagger


def test_a_stretch_that_nobody_judged_teaches_nothing():
    vocab, words = Vocab(), ["Kayden", "rang", "Oduya"]
    tagger = BioTagger(vocab, SimpleNamespace(ops=NumpyOps()), "names")
    tagger.add_label("PERSON")
    truth = Doc(vocab, words=words)
    truth.set_ents([Span(truth, 0, 1, "PERSON")], missing=[truth[2:3]], default="outside")
    even = numpy.full((3, 3), 1 / 3, dtype="f")
    _, (gradient,) = tagger.get_loss([Example(Doc(vocab, words=words), truth)], [even])
    assert gradient.argmin(axis=1)[:2].tolist() == [1, 0]  # more of the beginning of a name, more of no name
    assert not gradient[2].any()
