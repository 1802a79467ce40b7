"""The language pipeline: loaded once, lazily, with only the components that the active rules ask for.

Tokens and names come from our own reading of the weights (pipeline/light.py), so that most runs never import spaCy; it is
loaded where a rule asks for more. One `nlp` belongs to one process and is never shared between threads (spaCy is not safe
for that, measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from referral_lint.errors import ModelError
from referral_lint.paths import MODELS
from referral_lint.pipeline.light import Entity, Light
from referral_lint.pipeline.tokens import Tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What a rule may ask for -> the components of a spaCy pipeline that give it; "names" and plain tokens need none.
NEEDS: dict[str, tuple[str, ...]] = {
    "names": (),
    "spacy": (),
    "tags": ("tok2vec", "tagger"),
    "sentences": ("tok2vec", "senter"),
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline. `name` is what a report says of it: name and version; `nlp` only where a rule asks for it."""

    name: str
    light: Light
    nlp: Language | None = None
    names: bool = True

    def doc(self, text: str) -> Text:
        """What the pipeline finds in a text; each part is found when it is first asked for."""
        return Text(text, self)

    @contextmanager
    def memory_zone(self) -> Iterator[None]:
        """Words seen inside are forgotten at the end: flat memory, and no names left behind."""
        if self.nlp is None:
            yield
        else:
            with self.nlp.memory_zone():
                yield


class Text:
    """A text with its tokens and names, and, where a rule asks for it, as a spaCy Doc of the same characters."""

    def __init__(self, text: str, pipeline: Pipeline) -> None:
        self.text, self._pipeline = text, pipeline

    @cached_property
    def tokens(self) -> Tokens:
        return self._pipeline.light.tokens(self.text)

    @cached_property
    def lowered(self) -> list[str]:
        """The tokens in small letters."""
        return [piece.lower() for piece, _ in self.tokens.pieces]

    @cached_property
    def ents(self) -> tuple[Entity, ...]:
        """People, organisations, places and dates, in order."""
        return self._pipeline.light.entities(self.text, self.tokens) if self._pipeline.names else ()

    @cached_property
    def spacy(self) -> Doc:
        """Raises ModelError if no rule in force asked for spaCy when the pipeline was loaded."""
        nlp = self._pipeline.nlp
        if nlp is None:
            raise ModelError("spaCy was not loaded, since no rule said that it needs it")
        nlp.max_length = max(nlp.max_length, len(self.text) + 1)
        doc = nlp(self.text)
        assert doc.text == self.text
        return doc


def load(needs: Iterable[str]) -> Pipeline:
    """The pipeline with the components that give `needs` (keys of NEEDS); none = the tokenizer alone.

    Loaded once a process for each set of needs. Raises ModelError if it cannot be.
    """
    return _load(frozenset(needs))


@cache
def _load(needs: frozenset[str]) -> Pipeline:
    unknown = set(needs) - NEEDS.keys()
    if unknown:
        raise ModelError(f"the pipeline has nothing called {', '.join(sorted(unknown))}")
    wanted = [component for need in NEEDS if need in needs for component in NEEDS[need]]
    try:
        light = Light(MODELS / "referral_en")
        nlp = _spacy(wanted) if needs - {"names"} else None
    except (ImportError, OSError, KeyError, ValueError) as fault:
        raise ModelError(f"the language pipeline cannot be loaded; install referral-lint again ({fault})") from fault
    return Pipeline(light.name, light, nlp, "names" in needs)


def _spacy(wanted: list[str]) -> Language:
    """The components of a spaCy pipeline, or its tokenizer alone."""
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))  # 37-47 % faster than BLIS on the machines measured
    import spacy

    if not wanted:
        return spacy.blank("en")
    from referral_lint.pipeline import features, register

    path = MODELS / "referral_en"
    register()
    components = spacy.util.get_model_meta(path)["pipeline"]
    nlp = spacy.load(path, exclude=[name for name in components if name not in wanted])
    features.add_flags(nlp.vocab)
    return nlp
