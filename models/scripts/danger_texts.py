"""The texts that teach what danger now is like: models/corpus/danger/*.txt, files of short drafts, and the corpus's key `urgent`."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import yaml

from referral_lint.model import Source
from referral_lint.paths import MODELS
from referral_lint.readers import read
from referral_lint.understanding import urgency
from referral_lint.understanding.danger.stretches import GROUP, groups
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.saying.units import Unit
from referral_lint.understanding.setting import Setting

sys.path.insert(0, str(Path(__file__).parent))
import corpus

TOKENIZER = spacy.blank("en")
Stretch = Sequence[Unit]


@dataclass(frozen=True)
class Judged:
    """Stretches, whether each is known to tell of danger (1, 0, or -1 if nobody said), and a teacher's odds."""

    stretches: list[Stretch]
    known: np.ndarray
    odds: np.ndarray


@dataclass(frozen=True, eq=False)
class Text:
    """What one text says. `shown`: which units of an urgent draft of the corpus show that it is urgent; None of a short one."""

    units: Stretch
    urgent: bool
    shown: Sequence[int] | None = None

    @property
    def short(self) -> bool:
        return self.shown is None

    def stretches(self) -> list[Stretch]:
        return [self.units[first : first + count] for first, count in groups(len(self.units))]

    def around(self, shown: int) -> Stretch:
        """A stretch of a long draft that holds one of its units, at any place."""
        first = max(0, shown - random.randrange(GROUP - 1))
        return self.units[first : first + GROUP]


def said(text: str) -> list[Unit]:
    """The units of a text as referral-lint reads them."""
    document = next(iter(read(Source("draft.txt", text.encode("utf-8"), "text/plain"))))
    return urgency.spoken(Draft(document, TOKENIZER(document.text), Setting()))


def of_lines(folder: Path = MODELS / "corpus" / "danger") -> Iterator[Text]:
    every = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    for line in "\n".join(every).splitlines():
        kind, found, words = line.partition(" | ")
        if not found or line.startswith("#"):
            continue
        yield Text([corpus.unit(words)] if " >> " in words else said(words), kind == "danger")


def of_short(path: Path) -> Iterator[Text]:
    """A file with the keys `urgent` and `calm`, as tests/understanding/urgency_*.yaml."""
    drafts = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("urgent", "calm"):
        yield from (Text(said(text), key == "urgent") for text in drafts[key])


def of_corpus(folders: Sequence[Path]) -> Iterator[Text]:
    """The drafts of these folders, without those that are kept to measure with."""
    every = (path for folder in folders for path in sorted(folder.glob("*.txt")))
    for path in (path for path in every if not corpus.is_kept(path)):
        draft = corpus.read(path)
        units = said(draft.text)
        places = [(start, end) for start, end, _ in draft.evidence.get("imminence", ())]
        shown = [i for i, unit in enumerate(units) if any(a < unit.span.end and unit.span.start < b for a, b in places)]
        yield Text(units, draft.header.get("urgent", "no").startswith("yes"), shown)
