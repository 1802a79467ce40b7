"""The documents that are measured: drafts of the training authors, without their marks, and long letters made of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
AUTHORS = ("alder", "birch", "cedar", "dogwood")
_HEAD = re.compile(r"---\n.*?\n---\n", re.S)
_MARK = re.compile(r"\{\{[A-Z]{3}\|(.*?)\}\}", re.S)


def drafts() -> list[tuple[str, str]]:
    """Name and text of every draft, in order."""
    paths = (p for author in AUTHORS for p in sorted((ROOT / "models/corpus/drafts" / author).glob("*.txt")))
    return [(path.name, _MARK.sub(r"\1", _HEAD.sub("", path.read_text(encoding="utf-8"), count=1))) for path in paths]


def some(count: int) -> list[str]:
    """So many texts, spread over the authors; more than there are come again from the beginning."""
    every = [text for _, text in drafts()]
    step = max(1, len(every) // count)
    return list(itertools.islice(itertools.cycle(every[::step]), count))


def letter(words: int) -> str:
    """One letter of about so many words: paragraphs of the drafts, without their headers and signatures."""
    text, size = ["Dear Ms Hallam,"], 3
    for paragraph in itertools.cycle(_paragraphs()):
        if size >= words:
            break
        text.append(paragraph)
        size += len(paragraph.split())
    return "\n\n".join(text)


def _paragraphs() -> Iterator[str]:
    for _, text in drafts():
        yield from (p for p in re.split(r"\n\s*\n", text) if len(p) > 150 and "\n" not in p)


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)
