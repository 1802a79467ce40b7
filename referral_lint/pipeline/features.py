"""Is this word a given name, a family name? Flags of the vocabulary that the small network reads as features."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from referral_lint.paths import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

# spaCy leaves these attribute numbers to applications.
GIVEN, FAMILY = "FLAG40", "FLAG41"


@cache
def names(kind: str) -> frozenset[str]:
    """The list models/names/KIND.txt, in lower case; KIND is "given" or "family"."""
    path = MODELS / "names" / f"{kind}.txt"
    return frozenset(path.read_text(encoding="utf-8").lower().split())


@cache
def places() -> frozenset[str]:
    """The list models/names/places.txt, in lower case: countries, peoples, towns, and brands that look like names."""
    path = MODELS / "names" / "places.txt"
    return frozenset(path.read_text(encoding="utf-8").lower().splitlines())


def add_flags(vocab: Vocab) -> None:
    """Teach a vocabulary the two flags. Must be done before the pipeline sees a text."""
    from spacy.attrs import IDS

    for flag, kind in ((GIVEN, "given"), (FAMILY, "family")):
        vocab.add_flag(partial(_is_in, names(kind)), flag_id=IDS[flag])


def _is_in(known: frozenset[str], word: str) -> bool:
    return word.lower() in known


def add_flags_to(nlp: Language) -> Language:
    add_flags(nlp.vocab)
    return nlp


def _callback() -> object:
    return add_flags_to


def register() -> None:
    """Make the flags available to spaCy's training configuration."""
    from spacy.util import registry

    registry.callbacks.register("referral_lint.add_flags.v1", func=_callback)
