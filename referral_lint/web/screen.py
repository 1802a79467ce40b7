"""What the page shows of a desk: the templates of the report and a few of its own, filled in."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader

from referral_lint.checks import acronyms
from referral_lint.config_keys import AGENCIES
from referral_lint.model import BlockKind, Finding, Local, Verdict
from referral_lint.web import note
from referral_lint.web.desks import Desk
from referral_lint.writers import ANNOTATORS
from referral_lint.writers.html import environment
from referral_lint.writers.page.view import View, views
from referral_lint.writers.plain import numbers

# The parts of the page that change while somebody types; each is an element of that name.
PARTS = ("danger", "verdict", "notes", "below", "others", "take")


@cache
def templates() -> Environment:
    """The report's environment with the templates of the page in front."""
    report = environment()
    assert report.loader is not None
    made = report.overlay(loader=ChoiceLoader([PackageLoader("referral_lint.web", "templates"), report.loader]))
    made.filters["meaning"] = lambda found: acronyms.given_in_full(found.suggestion)
    made.globals.update(agencies=AGENCIES, in_doubt=note.IN_DOUBT)
    return made


def page(name: str, **shown: Any) -> str:
    """One whole page. What a broken file holds of halves of characters becomes "?"."""
    text = templates().get_template(name).render(**{"desk": None, "views": [], **shown})
    return text.encode("utf-8", "replace").decode("utf-8")


def empty(local: Local) -> dict[str, Any]:
    """What the templates need before there is any draft."""
    return {
        "typed": None,
        "others": [],
        "copies": [],
        "readable": [],
        "urgent": False,
        "gaps": (),
        "agency": "",
        "numbers": list(numbers(local)),
        "procedures": local.procedures,
    }


def shown(desk: Desk, here: str) -> dict[str, Any]:
    """What the templates need of a desk. `here`: its address."""
    report = desk.report
    drafts = views(report.documents)
    typed = len(desk.words.documents) if desk.words else 0
    return {
        "desk": desk,
        "here": here,
        "views": drafts,
        "typed": drafts[0] if typed else None,
        "others": drafts[typed and 1 :],
        "copies": [_has_copy(desk, n) for n in range(len(drafts))],
        "readable": [document.verdict is not Verdict.UNCHECKED for document in report.documents],
        "urgent": any(v.urgent for v in drafts),
        "numbers": list(numbers(report.local)),
        "procedures": report.local.procedures,
        "gaps": report.gaps,
        "agency": desk.to,
    }


def parts(desk: Desk, here: str) -> dict[str, Any]:
    """The parts of the page that change, as HTML; the marks to lay under the text; a sentence to read out."""
    filled = shown(desk, here)
    made = {name: page(f"{name}.part.html.j2", **filled) for name in PARTS}
    typed: View | None = filled["typed"]
    said = f"Checked. {typed.headline.words} {typed.headline.more}" if typed else ""
    answer = {"desk": desk.id, "here": here, "parts": made, "marks": marks(typed), "said": said, "text": desk.text}
    return {**answer, "signed": signed(desk)}


def signed(desk: Desk) -> int | None:
    """Where the greeting and the name at the end of the text that was typed begin; None if there are none."""
    document = desk.words.documents[0].document if desk.words else None
    block = next(document.blocks_of(BlockKind.SIGNATURE), None) if document else None
    return block.start if block else None


def marks(typed: View | None) -> list[dict[str, Any]]:
    """What is marked in the text that was typed: offsets in characters, and how it looks."""
    cards = (*typed.changes, *typed.questions, *typed.waived) if typed else ()
    found = (card.mark for card in cards)
    return [
        {"start": m.span.start, "end": m.span.end, "look": m.look, "label": m.label, "key": m.key} for m in found if m
    ]


def _has_copy(desk: Desk, number: int) -> str:
    """What the annotated copy of a document is; empty if there is none."""
    file, document = desk.owner_of(number)
    if file is None or document.document.media_type not in ANNOTATORS or document.verdict is Verdict.UNCHECKED:
        return ""
    return "PDF" if document.document.media_type == "application/pdf" else "Word"


def finding(desk: Desk, fingerprint: str) -> tuple[int, Finding] | None:
    """The finding of that fingerprint and the number of its document."""
    for number, document in enumerate(desk.report.documents):
        for one in document.findings:
            if fingerprint and one.fingerprint == fingerprint:
                return number, one
    return None
