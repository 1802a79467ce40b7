"""Whose rows a list holds: those whom it is about, and not those who keep it."""

import pytest

from referral_lint.model import Source
from tests.linting import linter

LINTER = linter()


def said(rows):
    text = "\n".join(",".join(row) for row in rows) + "\n"
    (report,) = LINTER.lint(Source("list.csv", text.encode(), "text/csv")).documents
    return [f.message for f in report.findings if f.rule == "other-peoples-rows"]


THREE = [("2026-11-02", "Ada Finch", "late"), ("2026-11-03", "Ben Mole", "hungry"), ("2026-11-04", "Cora Vane", "late")]


def test_the_people_of_a_list_are_counted():
    assert said([("Date", "Child", "Note"), *THREE]) == [
        "This list is about 3 people; does the reader need all of them?"
    ]


@pytest.mark.parametrize("label", ["Prepared by", "Kept by:", "Member of staff"])
def test_whoever_keeps_the_list_is_not_one_of_them(label):
    kept = (label, "Olu Bright", "")
    (message,) = said([kept, ("Date", "Child", "Note"), *THREE])
    assert "about 3 people" in message
    assert said([kept, ("Date", "Child", "Note"), *THREE[:2]]) == []


def test_a_column_of_staff_is_not_what_the_rows_are_about():
    staff = ["Ms Hale", "Mr Rudd", "Mrs Poole"]
    rows = [(day, one, "Ada Finch", note) for (day, _, note), one in zip(THREE, staff, strict=True)]
    assert said([("Date", "Logged by", "Child", "Note"), *rows]) == []


def test_a_name_inside_a_remark_is_no_row_of_its_own():
    remarks = ["Told Mrs Poole that he was hungry", "Sat with Ben Mole at lunch", "Cried when Cora Vane left"]
    rows = [("2026-11-02", "Ada Finch", remark) for remark in remarks]
    assert said([("Date", "Child", "Note"), *rows]) == []
    assert said([("Date", "Note"), *((day, f"{remark}") for day, _, remark in rows)]) == []
