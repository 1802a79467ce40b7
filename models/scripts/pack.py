"""Packs a trained pipeline for running without spaCy: the arrays of the network and the tables of the tokenizer.

`python models/scripts/pack.py [PIPELINE]` writes `light.npz` (arrays) and `light.json` (tables) into the pipeline's folder;
referral_lint/pipeline reads them. A test holds that both ways find the same names. Run it after every training. Of the words of
the training texts, which spaCy keeps, only the labels stay.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import corpus
import numpy
import spacy
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.language import Language
from spacy.strings import StringStore
from spacy.symbols import IDS, NORM, ORTH

from referral_lint.pipeline import register
from referral_lint.pipeline.features import names

MODELS = Path(__file__).parent.parent


def main(folder: Path) -> None:
    register()
    nlp = spacy.load(folder)
    numpy.savez_compressed(folder / "light.npz", **arrays(nlp))
    tables = json.dumps(tokenizer_tables(nlp), ensure_ascii=False, sort_keys=True)
    (folder / "light.json").write_text(tables, encoding="utf-8")
    labels = {label for _, part in nlp.pipeline for label in getattr(part, "labels", ())}
    StringStore(sorted(labels)).to_disk(folder / "vocab" / "strings.json")


def arrays(nlp: Language) -> dict[str, Any]:
    """Embedding tables with their seeds, then mix, window layers and the softmax of `names`, in order."""
    out: dict[str, Any] = {}
    layers = [
        node for node in nlp.get_pipe("tok2vec").model.walk() if node.name in ("hashembed", "maxout", "layernorm")
    ]
    tables = [node for node in layers if node.name == "hashembed"]
    for i, node in enumerate(tables):
        out[f"table{i}"], out[f"seed{i}"] = node.get_param("E"), node.attrs["seed"]
    for i, node in enumerate(n for n in layers if n.name == "maxout"):
        out[f"maxout{i}_W"], out[f"maxout{i}_b"] = node.get_param("W"), node.get_param("b")
    for i, node in enumerate(n for n in layers if n.name == "layernorm"):
        out[f"norm{i}_G"], out[f"norm{i}_b"] = node.get_param("G"), node.get_param("b")
    names = nlp.get_pipe("names")
    (softmax,) = (node for node in names.model.walk() if node.name == "softmax")
    out["names_W"], out["names_b"] = softmax.get_param("W"), softmax.get_param("b")
    out["names_labels"], out["names_threshold"] = numpy.array(names.labels), names.cfg["threshold"]
    return out


def tokenizer_tables(nlp: Language) -> dict[str, Any]:
    """Patterns, special cases with their norms, what joins again, the norms of single words, spaCy's own numbers."""
    tokenizer = nlp.tokenizer
    assert tokenizer.token_match is None
    specials = {chunk: [(part[ORTH], part.get(NORM, "")) for part in parts] for chunk, parts in tokenizer.rules.items()}
    again = [
        chunk
        for chunk in specials
        if tokenizer.find_prefix(chunk) or tokenizer.find_infix(chunk) or tokenizer.find_suffix(chunk) or " " in chunk
    ]
    return {
        "patterns": {
            name: getattr(tokenizer, attribute).__self__.pattern
            for name, attribute in (
                ("prefix", "prefix_search"),
                ("suffix", "suffix_search"),
                ("infix", "infix_finditer"),
                ("url", "url_match"),
            )
        },
        "specials": specials,
        "joined": again,
        "norms": BASE_NORMS,
        "everyday": everyday(nlp),
        "numbers": IDS,
    }


def everyday(nlp: Language) -> list[str]:
    """Small words and marks that stand in five training drafts or more and are nobody's name: what may be remembered."""
    drafts: Counter[str] = Counter()
    for draft in corpus.split("train"):
        drafts.update({token.text for token in nlp.make_doc(draft.text)})
    taken = names("given") | names("family") - names("words")
    return sorted(w for w, n in drafts.items() if n >= 5 and w == w.lower() and w not in taken)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS / "referral_en")
