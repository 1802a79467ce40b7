#!/usr/bin/env python3
"""Teach the encoder for danger what it is asked when drafts are checked: short texts, and the places of a long draft that signs point to.

    train_danger_places.py FOLDER ... --short tests/understanding/urgency_{drafts,more}.yaml [--out FILE]

Begins with the weights in the package. Every short text teaches as it stands and put into a calm draft; of calm drafts the places
that are read at run time teach, of urgent ones those that show it. What each tells is known, no larger encoder judges. FOLDER: as for
train_danger.py. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.danger import encoder, signs
from referral_lint.understanding.danger.stretches import GROUP

sys.path.insert(0, str(Path(__file__).parent))
import danger_texts
import learning
import train_danger_encoder as whole
from danger_texts import Stretch, Text

PACKAGE = MODELS / "statements" / "danger_encoder.npz"
SURE, CALM = 0.96, 0.03  # how surely a text that tells of danger does, and one that does not
SLOWER = 0.5  # than when the encoder was made
LEAST = -1.5  # the odds of signs from which a place teaches: less plain than those that are read
SPARE = 0.25  # how often a text teaches with just its neighbours although a place holds it
Known = tuple[Stretch, bool]


def places(units: Stretch) -> Iterator[tuple[int, int]]:
    """First unit, and that behind the last, of each place that may be read."""
    for worth, first, size in signs.scores([signs.of(unit) for unit in units]).windows:
        if worth > LEAST:
            yield max(0, first - 1), min(len(units), first + size + 1)


def of_calm(text: Text) -> Iterator[Known]:
    yield from ((text.units[start:end], False) for start, end in places(text.units))


def of_urgent(text: Text) -> Iterator[Known]:
    for shown in text.shown or ():
        yield text.around(shown), True
        yield from ((text.units[start:end], True) for start, end in places(text.units) if start <= shown < end)


def put_into(text: Text, draft: Stretch) -> Iterator[Known]:
    """A short text somewhere in a calm draft: what is read there, with all of it or none of it."""
    at, size = random.randrange(len(draft) + 1), len(text.units)
    units = [*draft[:at], *text.units, *draft[at:]]
    held = False
    for start, end in places(units):
        if start <= at and at + size <= end:
            yield units[start:end], text.urgent
            held = True
        elif end <= at or at + size <= start:
            yield units[start:end], False
    if not held or random.random() < SPARE:
        yield units[max(0, at - 1) : at + size + 1], text.urgent
    if random.random() < 0.5:
        first = max(0, at - random.randrange(GROUP))
        yield units[first : max(at + size, first + GROUP)], text.urgent


def lessons(texts: Sequence[Text], known: encoder.Encoder) -> list[whole.Lesson]:
    """What teaches; another draw gives other places."""
    calm = [t for t in texts if not t.short and not t.urgent and len(t.units) > signs.MOST]
    every = [(t.units, t.urgent) for t in texts if t.short]
    for text in texts:
        if text.short and len(text.units) <= signs.MOST:
            every += put_into(text, random.choice(calm).units)
        elif not text.short:
            every += of_urgent(text) if text.urgent else of_calm(text)
    rows = ((known.rows(units)[: encoder.AT_ONCE], urgent) for units, urgent in every)
    return [([encoder.BEGIN, *its, encoder.END], SURE if urgent else CALM, 1.0) for its, urgent in rows if its]


def in_package(path: Path = PACKAGE) -> tuple[list[str], whole.Reader]:
    """The pieces, and the encoder as it stands in the package."""
    words, weights = layers.load(path, "urgency")
    vector, width = weights["wide.weight"].shape
    count = sum(re.fullmatch(r"ask\d+\.weight", name) is not None for name in weights)
    sizes = {"vector": vector, "width": width, "inner": weights["inner0.weight"].shape[1], "layers": count}
    reader = whole.Reader(len(words), **sizes)
    learning.restore(reader, weights)
    return words, reader


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--short", nargs="*", type=Path, default=[])
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--out", type=Path, default=PACKAGE)
    args = ask.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    texts = [*danger_texts.of_lines(), *(t for p in args.short for t in danger_texts.of_short(p))]
    texts += danger_texts.of_corpus(args.folders)
    words, reader = in_package()
    known = encoder.Encoder({word: row for row, word in enumerate(words)}, {})
    every = lessons(texts, known)
    print(f"{len(every)} stretches", flush=True)
    for _ in whole.fit(reader, every, 1, SLOWER):
        pass
    learning.save(args.out, words, learning.exported(reader.eval()))


if __name__ == "__main__":
    main()
