"""The language pipeline: loaded once, lazily, with only the components that the active rules ask for.

One `nlp` belongs to one process and is never shared between threads (spaCy is not safe for that, measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from referral_lint.errors import ModelError
from referral_lint.paths import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What a rule may ask for -> the pipeline components that give it.
NEEDS: dict[str, tuple[str, ...]] = {
    "tags": ("tok2vec", "tagger"),
    "sentences": ("tok2vec", "senter"),
    "names": ("tok2vec", "names"),
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline. `name` is what a report says of it: name and version."""

    nlp: Language
    name: str

    def doc(self, text: str) -> Doc:
        """The text as a spaCy Doc of the same characters."""
        self.nlp.max_length = max(self.nlp.max_length, len(text) + 1)
        doc = self.nlp(text)
        assert doc.text == text
        return doc

    @contextmanager
    def memory_zone(self) -> Iterator[None]:
        """Words seen inside are forgotten at the end: flat memory, and no names left behind."""
        with self.nlp.memory_zone():
            yield


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
    if not wanted:
        import spacy

        return Pipeline(spacy.blank("en"), "en tokenizer")
    return _load_components(wanted)


def _load_components(wanted: list[str]) -> Pipeline:
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))  # 37-47 % faster than BLIS on the machines measured
    import spacy

    from referral_lint.pipeline import features, register

    path = MODELS / "referral_en"
    register()
    try:
        info = spacy.util.get_model_meta(path)
        nlp = spacy.load(path, exclude=[name for name in info["pipeline"] if name not in wanted])
    except (ImportError, OSError) as fault:
        raise ModelError(f"the language pipeline cannot be loaded; install referral-lint again ({fault})") from fault
    features.add_flags(nlp.vocab)
    return Pipeline(nlp, f"{info['name']} {info['version']}")
