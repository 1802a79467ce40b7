"""The report as one self-contained page: no script, nothing loaded from anywhere, the draft's words only ever text."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from referral_lint import __version__
from referral_lint.model import Report
from referral_lint.writers import templating
from referral_lint.writers.page import wording
from referral_lint.writers.page.view import base_name, views
from referral_lint.writers.plain import numbers


def render(report: Report) -> str:
    """One HTML file, UTF-8."""
    style = stylesheet()
    page = environment().get_template("report.html.j2")
    text = page.render(
        views=views(report.documents),
        gaps=report.gaps,
        numbers=list(numbers(report.local)),
        procedures=report.local.procedures,
        style=Markup(style),  # noqa: S704  (our own file)
        style_hash=templating.fingerprint(style),
        rules=report.rules,
        model=report.model,
        version=__version__,
    )
    # A broken email can hold halves of characters, which no file can.
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def environment() -> Environment:
    """The templates; `document.html.j2` and the parts that it includes are what a page of one's own can reuse."""
    made = templating.environment("referral_lint.writers")
    made.globals.update(danger=wording.DANGER, things=wording.things)
    made.filters["base_name"] = base_name
    return made


@cache
def stylesheet() -> str:
    """The one style sheet, as it stands in the page."""
    return templating.source(environment(), "report.css")
