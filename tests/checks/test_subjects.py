"""Names, addresses and places in the subject line of an email."""

from __future__ import annotations

import pytest

from referral_lint import Linter
from referral_lint.model import Source

LINTER = Linter()
OF_HER = "{0} is nine and in my class. {1} told me that she would like to see somebody. Her mother asked me to write."
OF_OMAR = "Please see Omar Yusuf, who is nine. Omar told me that he would like to see somebody."


def in_subject(subject: str, body: str) -> list[str]:
    draft = (
        f"Subject: {subject}\nFrom: Ines Wray <i.wray@ferry.example.org>\nTo: Hub <hub@council.example.org>\n\n{body}\n"
    )
    report = LINTER.lint(Source("message.eml", draft.encode())).documents[0]
    spans = [f.span for f in report.findings if f.rule.endswith("name-in-subject")]
    return [report.document.text[span.start : span.end] for span in spans if span is not None]


@pytest.mark.parametrize("name", ["Lucy Hall", "Daniel Park", "Ivy Green", "Will Young", "May Cook", "Amy Lane"])
def test_a_family_name_may_be_a_common_word_or_a_place(name: str) -> None:
    assert in_subject(f"{name} - support", OF_HER.format(name, name.split()[0])) == [name]


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Lucy Hall", ["Lucy Hall"]),  # nobody is called so in the body
        ("Adam Reed", ["Adam Reed"]),
        ("Re: Ivy Hill", ["Ivy Hill"]),
        ("Ivy Hill", []),
        ("Ivy Hill, DOB 3.2.2017", ["Ivy Hill", "DOB 3.2.2017"]),
    ],
)
def test_what_may_be_a_place_is_a_name_where_the_draft_says_so(subject: str, found: list[str]) -> None:
    assert in_subject(subject, OF_OMAR) == found


@pytest.mark.parametrize(
    "subject",
    [
        "Open day at Daniel Park",
        "Victoria Park bins",
        "RE: Charlotte Street",
        "Lucy Hall Centre",
        "Charlotte Street rota",
        "Early Help",
        "New Cross",
    ],
)
def test_places_are_nobody(subject: str) -> None:
    assert not in_subject(subject, OF_OMAR)


@pytest.mark.parametrize("home", ["27 Linnet Close", "4 Upper Ferry Lane", "Flat 2 Elder House", "9 Orchard View"])
@pytest.mark.parametrize("between", [", ", " - "])
def test_an_address_goes_with_the_name_whole(home: str, between: str) -> None:
    assert in_subject(f"Omar Yusuf{between}{home} - referral", OF_OMAR) == [f"Omar Yusuf{between}{home}"]
