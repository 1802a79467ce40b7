"""A tick box is one wherever it stands: in a line, in a cell of its own, on the page that shows it."""

from __future__ import annotations

import pytest

from referral_lint.boxes import BOXES, TICKED, TICKS
from referral_lint.model import BlockKind, Source
from referral_lint.readers import forms, mailtext, pdf_rows, read
from referral_lint.readers.lines import split_line
from referral_lint.writers.page import sheet
from tests.readers.wordfile import table, word


@pytest.mark.parametrize("box", BOXES)
def test_a_box_is_one_in_a_line_a_cell_and_on_the_page(box):
    options = [piece for piece in split_line(f"Agreed? {box} Yes", form=True) if piece.kind is BlockKind.OPTION]
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
    pieces = [piece for piece in split_line(line, form=True) if piece.kind is BlockKind.OPTION]
    said = [line[piece.start : piece.end].strip("[] x☐☒") for piece in pieces]
    assert list(zip(said, [piece.ticked for piece in pieces], strict=True)) == options


def test_in_a_table_the_words_beside_options_are_their_question():
    rows = [["Consent to referral", "☒ Yes ☐ No"], ["Lives alone", "☒ Yes ☐ No"], ["Carers now", "☐ None ☒ Twice"]]
    document = next(iter(read(Source("a.docx", word(table(*rows))))))
    words = [document.text[block.start : block.end] for block in document.blocks]
    asked = {(words[b.question], w) for w, b in zip(words, document.blocks, strict=True) if b.question is not None}
    assert {("Consent to referral", "☒ Yes"), ("Carers now", "☒ Twice")} <= asked
