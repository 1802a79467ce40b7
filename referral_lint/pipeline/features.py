"""Is this word a given name, a family name? Flags that the small network reads as features."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from referral_lint.paths import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

# The lists that the network knows, in the order of its tables.
LISTS = ("given", "family")
# spaCy leaves these attribute numbers to applications; one a list.
FLAGS = ("FLAG40", "FLAG41")


@cache
def names(kind: str) -> frozenset[str]:
    """The lines of models/names/KIND.txt, in lower case. "places" has countries, peoples, towns and brands."""
    path = MODELS / "names" / f"{kind}.txt"
    return frozenset(path.read_text(encoding="utf-8").lower().splitlines())


def is_in(kind: str, word: str) -> bool:
    """Is a word in the list models/names/KIND.txt?"""
    return word.lower() in names(kind)


def add_flags(vocab: Vocab) -> None:
    """Teach a vocabulary the flags. Must be done before the pipeline sees a text."""
    from spacy.attrs import IDS

    for flag, kind in zip(FLAGS, LISTS, strict=True):
        vocab.add_flag(partial(is_in, kind), flag_id=IDS[flag])


def add_flags_to(nlp: Language) -> Language:
    add_flags(nlp.vocab)
    return nlp


def _callback() -> object:
    return add_flags_to


def register() -> None:
    """Make the flags available to spaCy's training configuration."""
    from spacy.util import registry

    registry.callbacks.register("referral_lint.add_flags.v1", func=_callback)
