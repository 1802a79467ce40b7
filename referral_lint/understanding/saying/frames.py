"""Frames: word patterns over a unit's classes, from rules/data/statement_frames.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from referral_lint.understanding.facts import facts


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a statement; `name` is the statement and a number."""

    name: str
    every: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    question: re.Pattern[str] | None
    answer: bool

    def fits(self, words: str, question: str, answered: bool) -> bool:
        """Do the unit's words (classes, one space apart) and the printed question fit?"""
        if self.question is not None and not (question and self.question.search(question)):
            return False
        if self.answer and not answered:
            return False
        return all(p.search(words) for p in self.every) and not any(p.search(words) for p in self.none)


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame of the data file."""
    data = facts("statement_frames.yaml")
    macros: dict[str, str] = data["macros"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for _ in range(2):  # a macro may name another
            for name, words in macros.items():
                pattern = pattern.replace(f"{{{name}}}", words)
        pattern = pattern.replace(r"\w+ ", r"[\w@'-]+ ")  # "any word" is a class, too, and "don't" is one word
        return re.compile(rf"(?<![\w@'])(?:{pattern})(?![\w'])")

    def frame(name: str, entry: dict[str, Any]) -> Frame:
        every, none = (tuple(compiled(p) for p in entry.get(key, ())) for key in ("all", "none"))
        question = compiled(entry["question"]) if "question" in entry else None
        return Frame(name, every, none, question, bool(entry.get("answer")))

    return tuple(
        frame(f"{statement}{i}", entry)
        for statement, entries in data["frames"].items()
        for i, entry in enumerate(entries)
    )


def fitting(words: str, question: str, answered: bool) -> Iterator[str]:
    """The names of the frames that a unit fits."""
    return (frame.name for frame in frames() if frame.fits(words, question, answered))
