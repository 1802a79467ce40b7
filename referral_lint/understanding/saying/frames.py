"""Frames: word patterns over a unit's classes, from rules/data/statement_frames.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from referral_lint.facts import facts
from referral_lint.understanding.needles import Sieve, Sought, bits


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a statement; `name` is the statement and a number."""

    name: str
    every: tuple[Sought, ...]
    none: tuple[Sought, ...]
    question: Sought | None
    answer: bool
    sure: bool
    always: bool

    def fits(self, words: str, question: str, answered: bool) -> bool:
        """Do the unit's words (classes, one space apart) and the printed question fit?"""
        if self.question is not None and not (question and self.question.compiled.search(question)):
            return False
        if self.answer and not answered:
            return False
        return all(p.compiled.search(words) for p in self.every) and not any(
            p.compiled.search(words) for p in self.none
        )


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame of the data file."""
    data = facts("statement_frames.yaml")
    macros: dict[str, str] = data["macros"]

    def sought(pattern: str) -> Sought:
        for _ in range(2):  # a macro may name another
            for name, words in macros.items():
                pattern = pattern.replace(f"{{{name}}}", words)
        pattern = pattern.replace(r"\w+ ", r"[\w@'-]+ ")  # "any word" is a class, too, and "don't" is one word
        return Sought(rf"(?<![\w@'])(?:{pattern})(?![\w'])")

    def frame(name: str, entry: dict[str, Any]) -> Frame:
        every, none = (tuple(sought(p) for p in entry.get(key, ())) for key in ("all", "none"))
        question = sought(entry["question"]) if "question" in entry else None
        return Frame(
            name,
            every,
            none,
            question,
            bool(entry.get("answer")),
            bool(entry.get("sure")),
            entry.get("sure") == "always",
        )

    return tuple(
        frame(f"{statement}{i}", entry)
        for statement, entries in data["frames"].items()
        for i, entry in enumerate(entries)
    )


@cache
def _sieves() -> tuple[Sieve, Sieve]:
    """Which frames the words of a unit, and those of a question, leave possible."""
    said = [[strings for sought in frame.every for strings in sought.needles] for frame in frames()]
    asked = [frame.question.needles if frame.question is not None else () for frame in frames()]
    return Sieve(said), Sieve(asked)


def fitting(words: list[str], question: list[str], answered: bool) -> Iterator[str]:
    """The names of the frames that a unit fits; its words and those of its question in classes."""
    said, asked = _sieves()
    possible = said.possible(words) & asked.possible(question)
    unit, printed = " ".join(words), " ".join(question)
    every = frames()
    return (every[i].name for i in bits(possible) if every[i].fits(unit, printed, answered))


def asked_by(question: list[str]) -> frozenset[str]:
    """The statements that a printed question (its words in classes) asks for."""
    printed = " ".join(question)
    possible = (frames()[i] for i in bits(_sieves()[1].possible(question)))
    return frozenset(
        frame.name.rstrip("0123456789")
        for frame in possible
        if frame.question is not None and frame.question.compiled.search(printed)
    )


@cache
def sure() -> dict[str, str]:
    """The frames that settle a statement by themselves, as features, and the statement that each settles."""
    return {f"f:{frame.name}": frame.name.rstrip("0123456789") for frame in frames() if frame.sure}


@cache
def always() -> frozenset[str]:
    """Of those features the ones that settle it whatever the classifier thinks of the sentence."""
    return frozenset(f"f:{frame.name}" for frame in frames() if frame.always)


@cache
def of(statement: str) -> frozenset[str]:
    """The frames of one statement, as features."""
    return frozenset(f"f:{frame.name}" for frame in frames() if frame.name.rstrip("0123456789") == statement)
