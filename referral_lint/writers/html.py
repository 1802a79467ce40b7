"""The report as one self-contained page: no script, nothing loaded from anywhere, the draft's words only ever text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from referral_lint import __version__
from referral_lint.model import Local, Report
from referral_lint.writers.page import wording
from referral_lint.writers.page.view import base_name, view


def render(report: Report) -> str:
    """One HTML file, UTF-8."""
    style = stylesheet()
    page = environment().get_template("report.html.j2")
    # An attachment goes with its email: where one part shows danger, no part holds the others up.
    in_danger = {d.document.source for d in report.documents if d.urgent}
    documents = [replace(d, urgent=d.document.source in in_danger) for d in report.documents]
    text = page.render(
        views=[view(document, f"d{n}") for n, document in enumerate(documents, 1)],
        gaps=report.gaps,
        numbers=list(_numbers(report.local)),
        procedures=report.local.procedures,
        style=Markup(style),  # noqa: S704  (our own file)
        style_hash=_fingerprint(style),
        rules=report.rules,
        model=report.model,
        version=__version__,
    )
    # A broken email can hold halves of characters, which no file can.
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def environment() -> Environment:
    """The templates; `document.html.j2` and the parts that it includes are what a page of one's own can reuse."""
    made = Environment(
        loader=PackageLoader("referral_lint.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(danger=wording.DANGER, things=wording.things)
    made.filters["base_name"] = base_name
    return made


@cache
def stylesheet() -> str:
    """The one style sheet, as it stands in the page."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), "report.css")[0]


def _numbers(local: Local) -> Iterator[tuple[str, str]]:
    """Whom to ring, as far as the configuration says it: a label and a number each."""
    team = f"{local.area} duty team".strip()
    if local.duty_team:
        yield team[:1].upper() + team[1:], local.duty_team
    if local.out_of_hours:
        yield "Evenings, nights and weekends", local.out_of_hours


def _fingerprint(style: str) -> str:
    """What the page's policy lets through: this style sheet and nothing else."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
