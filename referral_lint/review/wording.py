"""The words of the dashboard: plain, no score, and never more than the figures say."""

from __future__ import annotations

from referral_lint.model import Severity
from referral_lint.review.counts import Cell, Measure
from referral_lint.review.stats import Interval
from referral_lint.writers.page import wording

VERDICTS = {
    "ready": "Nothing to change",
    "review": "Something to change",
    "hold": "Something to stop and look at",
    "unchecked": "Could not be read",
}
DATED = {
    "email": "the email's own date",
    "draft": "a date in the draft",
    "name": "the file's name",
    "file": "the day on which the file was last changed",
}


def families() -> dict[str, str]:
    """What the families of rules are called, in the order in which they are shown."""
    return dict(wording.report_words()["families"])


def severities() -> tuple[str, ...]:
    """What the severities are called, the gravest first."""
    return tuple(wording.SEVERITIES.values())


def severity(name: str) -> str:
    return wording.SEVERITIES[Severity(name)].lower()


def share(cell: Cell) -> str:
    """ "42%"; where the number cannot be shown a dash, or what it is at least."""
    if cell.count is None and cell.least:
        return f"at least {100 * cell.least // cell.whole}%"
    found = cell.interval
    return "–" if found is None else percent(found.value)


def few(n: int, smallest: int) -> str:
    """A number, or that it is too small to be said."""
    return f"fewer than {smallest}" if 0 < n < smallest else f"{n:,}"


def part(n: int, whole: int, smallest: int) -> str:
    """A number of a whole that is shown, too: neither what is too small to be said, nor what would leave so small a one."""
    return f"at least {whole - smallest + 1:,}" if 0 < whole - n < smallest <= n else few(n, smallest)


def danger(cell: Cell, smallest: int) -> str:
    """How many drafts show danger. That some are missed is said with every number, most of all with nought."""
    if cell.count is None:
        number = f"How many drafts show that somebody is in danger, in them or beside them, is not shown: they, or the others, are fewer than {smallest}."
    elif not cell.count:
        number = "In no draft did the program see that somebody is in danger."
    else:
        one = cell.count == 1
        number = (
            f"{cell.count:,} of {cell.whole:,} drafts {'shows' if one else 'show'} that somebody is in danger, in "
            f"{'it or beside it' if one else 'them or beside them'} (in an earlier message below, or the subject)."
        )
    return f"{number} The program misses some, so there may be more."


def missing(cell: Cell) -> str:
    """In how many drafts a statement was not found, of how many that it is asked for in."""
    if cell.count is None:
        return "in how many it was not found is not shown"
    if not cell.whole:
        return "not asked for in any"
    return f"not found in {cell.count:,} of the {cell.whole:,} where it is asked for"


def percent(value: float) -> str:
    return f"{100 * value:.0f}%" if value == 0 or value >= 0.0095 else f"{100 * value:.1f}%"


def between(cell: Cell) -> str:
    found = cell.interval
    return "" if found is None else f"{percent(found.low)}–{percent(found.high)}"


def name(measure: Measure, titles: dict[str, str]) -> str:
    """What a measure is called on the screen."""
    kind, what = measure
    if kind == "family":
        return families().get(what, what)
    if kind == "rule":
        return titles.get(what, what)
    if kind == "statement":
        return statement(what.partition(" ")[0])
    if kind == "change":
        return "Something to change"
    return VERDICTS.get(what, what)


def statement(what: str) -> str:
    found = wording.statement_words()["statements"].get(what, {})
    return str(found.get("label", what))


def role(who: str) -> str:
    return wording.plain("roles", who)


def category(what: str) -> str:
    text = wording.plain("categories", what)
    return text[:1].upper() + text[1:]


def trend(found: Interval | None, months: int) -> str:
    """What a trend says, and what it does not."""
    if found is None:
        return "There are too few drafts, or too few months, to say whether this changes."
    steps = min(12, max(1, months - 1))
    over = "a year" if steps == 12 else f"{steps} months"
    low, high = (100 * steps * end for end in sorted((found.low, found.high), key=abs))
    if found.low <= 0 <= found.high:
        return f"The figures go up and down, but no clear change over {over} can be seen in them."
    way = "Down" if found.value < 0 else "Up"
    return (
        f"{way} by about {abs(100 * steps * found.value):.0f} points in 100 over {over} "
        f"(between {abs(low):.0f} and {abs(high):.0f}). What changed it, the figures cannot say."
    )
