"""The draft as a page: what stands together, what stands apart."""

from __future__ import annotations

from dataclasses import replace

from referral_lint.model import BlockKind, Document, DocumentReport
from referral_lint.writers.page.sheet import Node, sheet
from referral_lint.writers.page.view import base_name, view
from tests.writers.reports import cell, document, everything

QUESTION, ANSWER, OPTION, PARAGRAPH = BlockKind.QUESTION, BlockKind.ANSWER, BlockKind.OPTION, BlockKind.PARAGRAPH


def said(node: Node) -> str:
    own = "\n".join(line for p in node.pieces for line in p.lines) if node.pieces else ""
    return own + "|".join(said(item) for item in node.items)


def outline(draft: Document) -> list[tuple[str, str]]:
    return [(node.kind, said(node)) for node in sheet(draft).seen]


def test_what_stands_on_one_line_stays_on_it() -> None:
    draft = document((QUESTION, "Name:"), (ANSWER, "Ben"), (QUESTION, "Age:"), (ANSWER, "9"), between="  ")
    assert outline(draft) == [("field", "Name:|Ben|Age:|9")]
    draft = document((QUESTION, "What is going well?"), (ANSWER, "Football."))
    assert outline(draft) == [("field", "What is going well?"), ("field", "Football.")]


def test_the_box_as_it_was_typed_is_set_apart() -> None:
    for words, raw in (("[x] Yes", "[x] "), ("Yes ☒", " ☒"), ("☐ No", "☐ "), ("Yes", "")):
        (row,) = sheet(document((OPTION, words, {"ticked": True}))).seen
        (option,) = row.items
        assert option.ticked is True
        assert "".join(line for p in option.pieces if p.raw for line in p.lines) == raw


def test_a_table_keeps_its_empty_cells() -> None:
    draft = document((QUESTION, "Name", cell(1, 1)), (ANSWER, "Ben", cell(1, 3)), (QUESTION, "Age", cell(2, 1)))
    ((kind, words),) = outline(draft)
    assert (kind, words) == ("table", "Name||Ben|Age||")


def test_a_title_in_a_table_goes_across() -> None:
    draft = document(
        (BlockKind.HEADING, "The child", cell(1, 1)), (QUESTION, "Age", cell(2, 1)), (ANSWER, "9", cell(2, 2))
    )
    (table,) = sheet(draft).seen
    assert [[c.span for c in row.items] for row in table.items] == [[2], [1, 1]]


def test_a_table_in_a_cell() -> None:
    inner = {"where": (*cell(1, 1)["where"], ("inner table", 1), ("inner row", 1), ("inner cell", 2))}  # type: ignore[misc]
    draft = document((PARAGRAPH, "Out", cell(1, 1)), (PARAGRAPH, "In", inner))
    (table,) = sheet(draft).seen
    (only,) = table.items[0].items
    assert [node.kind for node in only.items] == ["para", "table"]
    assert said(only) == "Out||In"


def test_a_spreadsheet_is_a_table_in_which_long_words_run_on() -> None:
    def at(square: str) -> dict[str, tuple[tuple[str, str], ...]]:
        return {"where": (("sheet", "Log"), ("cell", square))}

    draft = document(
        (BlockKind.CELL, "Log of what staff at Oak Park saw", at("A1")),
        (BlockKind.CELL, "Date", at("A3")), (BlockKind.CELL, "Seen by", at("C3")),
        (BlockKind.CELL, "3/2/2026", at("A4")), (BlockKind.CELL, "Mrs Finn", at("C4")),
    )  # fmt: skip
    (table,) = sheet(draft).seen
    assert [[c.span for c in row.items] for row in table.items] == [[3], [1, 1, 1], [1, 1, 1]]
    assert said(table.items[2]) == "3/2/2026||Mrs Finn"


def test_what_a_system_exported_is_a_table() -> None:
    def at(row: int, column: int) -> dict[str, tuple[tuple[str, int], ...]]:
        return {"where": (("row", row), ("column", column))}

    draft = document(
        (BlockKind.CELL, "Date", at(1, 1)), (BlockKind.CELL, "3/2", at(2, 1)), (BlockKind.CELL, "Late", at(2, 2))
    )
    assert outline(draft) == [("table", "Date||3/2|Late")]


def test_two_tables_are_two() -> None:
    draft = document((ANSWER, "a", {"where": (("table", 1),)}), (ANSWER, "b", {"where": (("table", 2),)}))
    assert [kind for kind, _ in outline(draft)] == ["table", "table"]


def test_no_level_of_headings_is_skipped() -> None:
    draft = document(*((BlockKind.HEADING, str(level), {"level": level}) for level in (3, 1, 3, 9)))
    assert [node.level for node in sheet(draft).seen] == [1, 1, 2, 3]


def test_words_that_belong_to_no_block_are_still_shown() -> None:
    draft = replace(document((PARAGRAPH, "Known.")), text="Known.\nAnd unknown.")
    assert [words for _, words in outline(draft)] == ["Known.", "And unknown."]


def test_a_line_that_a_program_broke_flows_and_an_address_does_not() -> None:
    long = "I am writing to ask whether your team could visit them\nbefore the end of this term. Thank you."
    (node,) = sheet(document((PARAGRAPH, long))).seen
    assert len(node.pieces[0].lines) == 1
    (node,) = sheet(document((PARAGRAPH, "Early Help Team\nMarket Square\nWendle"))).seen
    assert len(node.pieces[0].lines) == 3


def test_what_is_not_seen_is_shown_apart_with_whoever_wrote_it() -> None:
    page = sheet(everything().document)
    assert [(node.kind, node.title) for node in page.unseen] == [
        ("unseen", "Comments"),
        ("unseen", "Deleted words that are still in the file"),
        ("facts", "Facts about the file that it carries with it"),
    ]
    assert page.unseen[0].items[0].title == "Ann Lee"


def test_the_name_of_an_attachment_stands_in_the_header() -> None:
    draft = document(
        (BlockKind.EMAIL_HEADER, "Attachments:"),
        (BlockKind.FILE_NAME, "a.pdf"),
        (PARAGRAPH, "Hi"),
        (BlockKind.FILE_NAME, "b"),
    )
    page = sheet(draft)
    assert [(node.kind, said(node)) for node in page.seen] == [("header", "Attachments:|a.pdf"), ("para", "Hi")]
    assert [said(node) for node in page.unseen] == ["b"]


def test_a_page_begins_where_the_page_begins() -> None:
    draft = document(*((PARAGRAPH, str(n), {"where": (("page", n),)}) for n in (1, 1, 2)))
    assert [node.kind for node in sheet(draft).seen] == ["para", "para", "turn", "para"]


def test_a_long_table_is_not_blown_up() -> None:
    draft = document((PARAGRAPH, "far", cell(1, 100_000)), *((PARAGRAPH, "x", cell(n, 1)) for n in range(2, 300)))
    (table,) = sheet(draft).seen
    assert sum(len(row.items) for row in table.items) < 6_000


def test_the_name_of_a_file_without_its_folders() -> None:
    assert base_name("C:\\drafts\\ben.docx") == base_name("/drafts/ben.docx") == "ben.docx"
    assert base_name("-") == "-"


def test_a_view_says_what_the_draft_was_taken_for() -> None:
    report = everything()
    assert view(report).about == "We read this email as a request for early help."
    assert view(replace(report, purposes=())).about == "What this email is for was not clear to us."
    assert "without names" in view(replace(report, mode="no-names")).about
    assert view(DocumentReport(Document("x", "", ()), gaps=report.gaps)).about == ""
