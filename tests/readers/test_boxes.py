"""A tick box is one wherever it stands: in a line, in a cell of its own, on the page that shows it."""

from __future__ import annotations

import pytest

from referral_lint.boxes import BOXES, TICKED, TICKS
from referral_lint.model import BlockKind
from referral_lint.readers import forms, mailtext, pdf_rows
from referral_lint.readers.lines import split_line
from referral_lint.writers.page import sheet


@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_one_in_a_line_a_cell_and_on_the_page(box):
    options = [p for p in split_line(f"Agreed? {box} Yes", form=True) if p.kind is BlockKind.OPTION]
    assert [option.ticked for option in options] == [box in TICKED]
    assert forms.box_only(box)
    assert forms.ticked(box) == (box in TICKED)
    assert sheet._BOX_FIRST.match(f"{box} Yes")
    assert pdf_rows._OPENS_LINE.match(box)
    assert mailtext._FORM_LINE.search(f"Yes {box}")


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_alone_is_a_box_that_is_ticked(tick):
    assert forms.box_only(tick)
    assert forms.ticked(tick)


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("Risk: falls [ ] none [ ] past [x] in May 2026", [("falls", False), ("none", False), ("past", True)]),
        ("Risk: low [ ] medium [ ] high [x] - see below", [("low", False), ("medium", False), ("high", True)]),
        ("Consent: Yes [x] No [ ] Date: 3 May", [("Yes", True), ("No", False)]),
        ("Agreed? Yes ☐ No ☒ By whom: Ms Ray", [("Yes", False), ("No", True)]),
        ("Tenure: Council ☐ Private ☒ Other ☐ please say", [("Council", False), ("Private", True), ("Other", False)]),
        ("Consent: Yes [x] No", [("Yes", True), ("No", False)]),
        ("Risk: [ ] falls [x] none [ ] past", [("falls", False), ("none", True), ("past", False)]),
        ("Name: Anna Reed ☐ Child ☒ Adult", [("Child", False), ("Adult", True)]),
    ],
)
def test_words_before_an_empty_box_are_an_option_and_no_answer(line, options):
    pieces = [p for p in split_line(line, form=True) if p.kind is BlockKind.OPTION]
    said = [line[p.start : p.end].strip("[] x☐☒") for p in pieces]
    assert list(zip(said, [p.ticked for p in pieces], strict=True)) == options
