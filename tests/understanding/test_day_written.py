"""Which date is the draft's own: that of writing and signing, not that of what it tells of."""

from __future__ import annotations

from datetime import date

import pytest

from referral_lint.model import Block, BlockKind, Document
from referral_lint.understanding.day_written import has_day, of_draft

TODAY = date(2026, 11, 30)


def document(text: str) -> Document:
    return Document("form.txt", text, (Block(0, len(text), BlockKind.PARAGRAPH),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date: 9 November 2026\n\nDear team\n\nI saw him on 5 November 2026.", date(2026, 11, 9)),
        (
            "Visit form\n\n3. Date of visit\nMonday 9 November 2026\n\nSigned: P. Roe   Date: 10 November 2026",
            date(2026, 11, 10),
        ),
        (
            "Date and time of incident: 9 November 2026, 3pm\nI told the head on 10 November 2026.\nSigned 11 November 2026",
            date(2026, 11, 11),
        ),
        ("Call date: 9 November 2026\nDate of referral: 10 November 2026\n\nShe rang at noon.", date(2026, 11, 10)),
        ("Date of referral: 10 November 2026\nDate of visit: 9 November 2026", date(2026, 11, 10)),
        ("Date of appointment: 9 November 2026\n\nHe did not come.", None),
        (
            "Concern form\n\nName\tDOB\tRole\nIvy Roe\t03/05/2019\tpupil\nJo Roe\t04/06/1990\tmother\n\nIvy was late.",
            None,
        ),
        (
            "Concern form\n\nDate of birth\n3 May 2019\n\nDate of referral\n9 November 2026\n\nIvy was late.",
            date(2026, 11, 9),
        ),
        ("Concern form\nName  DOB\nIvy Roe  3/5/2019\nDate: 9/11/2026\n\nIvy was late.", date(2026, 11, 9)),
        ("Dear team\n\nPlease ring.\n\nMother's agreement\nSigned: T Roe\nDate: 10/11/2026", None),
    ],
)
def test_the_day_of_writing(text, day):
    assert of_draft(document(text), TODAY) == day


def test_the_day_of_a_visit_still_places_yesterday():
    assert has_day(document("Date of visit: 9 November 2026\n\nHe fell yesterday."), TODAY)
    assert not has_day(document("He fell yesterday."), TODAY)
