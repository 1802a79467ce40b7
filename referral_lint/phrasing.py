"""Small things that every sentence of ours does in the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from referral_lint.model import BlockKind, Document, Statement

# Who reads a report in a browser or an email has nobody's command line; who checks there is told the command as well.
ASK_FOR_PICTURES = "Or ask whoever set this up for you to let it read pages that are pictures."
COMMAND_FOR_PICTURES = "To have pages that are pictures read: pip install 'referral-lint[ocr]' (it needs tesseract)"


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def ticked(document: Document, statement: Statement) -> str:
    """The option of a form that makes the statement, without its box: "Yes"; "" if other words make it."""
    block = document.block_at(statement.span.start) if statement.span else None
    if block is None or block.kind is not BlockKind.OPTION:
        return ""
    return " ".join(word for word in statement.text.split() if word[0].isalnum())


def answered(document: Document, statement: Statement) -> str:
    """The words of a statement; a ticked "Yes" says nothing without its question: "Consent to share: yes"."""
    option = ticked(document, statement)
    block = document.block_at(statement.span.start) if option and statement.span else None
    if block is None or block.question is None:
        return option or statement.text
    printed = document.words(document.blocks[block.question]).strip(" \t\n:|")
    question = re.split(r"(?<=[a-z]{3}[.!?])\s+(?=[A-Z])", printed)[
        -1
    ]  # “Please complete all sections. Have the parents been told?”
    return f"{question} {option}" if question.endswith("?") else f"{question}: {lowered(option)}"


def answer(statement: Statement) -> str:
    """The words of a statement without the question of the form that stands in the same row."""
    return statement.text.rpartition("\t")[2]


def lowered(words: str) -> str:
    """Words in the middle of a sentence; an abbreviation stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
