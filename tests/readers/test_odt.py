"""OpenDocument text: what is seen, what is not, and what a form says."""

from __future__ import annotations

import pytest

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import Limits, read
from tests.readers.odtfile import odt, p, table

K = BlockKind


def doc(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = read(Source("draft.odt", data), limits)
    return document


def kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.words(block)) for block in document.blocks]


HIDDEN = '<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>'
WHITE = '<style:style style:name="Pale" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("one  two\n   three", "one two three"),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a   b\tc\nd"),
        ("see <text:a>the page</text:a> now", "see the page now"),
        ("<text:span>Is</text:span><text:span>la</text:span> is", "Isla is"),
        ("a <text:span> b</text:span>", "a b"),
        ("said<text:note><text:note-citation>1</text:note-citation></text:note> so", "said so"),
        ("<text:date>3 May</text:date>", "3 May"),
    ],
)
def test_what_a_paragraph_shows(inside: str, expected: str) -> None:
    assert doc(odt(p(inside))).text == expected


def test_headings_lists_sections_and_notes() -> None:
    note = "<text:note><text:note-body>" + p("As told to me.") + "</text:note-body></text:note>"
    body = (
        '<text:h text:outline-level="2">Why we write</text:h>'
        f"<text:section>{p('We saw him' + note + ' on 3 March.')}</text:section>"
        f"<text:list><text:list-item>{p('He was cold.')}</text:list-item></text:list>"
    )
    document = doc(odt(body))
    assert kinds(document) == [
        (K.HEADING, "Why we write"),
        (K.PARAGRAPH, "We saw him on 3 March."),
        (K.LIST_ITEM, "He was cold."),
        (K.FOOTNOTE, "As told to me."),
    ]
    assert document.blocks[0].level == 2
    assert dict(document.blocks[3].where)["part"] == "footnote 1"


def test_a_form_row_is_a_question_and_its_answer() -> None:
    document = doc(odt(table(["Name of child:", "Isla Pettigrew"], ["Consent given?", "☒ Yes ☐ No"])))
    assert kinds(document) == [
        (K.QUESTION, "Name of child:"),
        (K.ANSWER, "Isla Pettigrew"),
        (K.QUESTION, "Consent given?"),
        (K.OPTION, "☒ Yes"),
        (K.OPTION, "☐ No"),
    ]
    assert dict(document.blocks[1].where) == {"table": 1, "row": 1, "cell": 2}


def test_tick_boxes_of_all_makes() -> None:
    forms = (
        '<office:forms><form:checkbox form:id="c1" form:label="Neglect" form:current-state="checked"/></office:forms>'
    )
    body = (
        forms
        + p('<draw:control draw:control="c1"/>')
        + p('<loext:content-control loext:checkbox="true" loext:checked="true">\u2610</loext:content-control> Seen')
        + p('<field:fieldmark field:type="x.FORMCHECKBOX"><field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> Told')
    )  # fmt: skip
    options = [(b.ticked, doc(odt(body)).words(b)) for b in doc(odt(body)).blocks_of(K.OPTION)]
    assert options == [(True, "☒ Neglect"), (True, "☒ Seen"), (True, "☒ Told")]


def test_headers_boxes_and_footers() -> None:
    masters = (
        f"<style:master-page><style:header>{p('Hallbeck High')}</style:header>"
        f"<style:header-first>{p('Hallbeck High')}</style:header-first>"
        f"<style:footer>{p('Page 1')}</style:footer></style:master-page>"
    )
    box = f"<draw:frame><draw:text-box>{p('In the box')}</draw:text-box></draw:frame>"
    document = doc(odt(p("Before." + box), masters=masters))
    assert kinds(document) == [
        (K.PAGE_HEADER, "Hallbeck High"),
        (K.PARAGRAPH, "Before."),
        (K.TEXT_BOX, "In the box"),
        (K.PAGE_FOOTER, "Page 1"),
    ]


def test_what_travels_unseen() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion>'
        + p("He is a liar.")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    comment = "<office:annotation><dc:creator>A Colleague</dc:creator>" + p("Is this true?") + "</office:annotation>"
    body = tracked + p(
        'Seen.<text:change text:change-id="ct1"/>'
        + comment
        + '<text:span text:style-name="Gone">Secret</text:span> <text:span text:style-name="Pale">White</text:span>'
    )
    body += f'<text:section text:display="none">{p("A hidden section")}</text:section>'
    document = doc(odt(body, HIDDEN + WHITE, meta="<meta:initial-creator>B Noble</meta:initial-creator>"))
    assert document.text.split("\n")[0] == "Seen."
    assert kinds(document)[1:] == [
        (K.HIDDEN, "SecretWhite"),
        (K.DELETED, "He is a liar."),
        (K.HIDDEN, "A hidden section"),
        (K.COMMENT, "Is this true?"),
        (K.PROPERTY, "Author: B Noble"),
    ]


def test_protected_damaged_and_other_files_say_so() -> None:
    assert "password" in doc(odt(p("x"), manifest="<manifest:encryption-data xmlns:manifest='m'/>")).gaps[0].why
    assert doc(odt(p("x"))[:300]).gaps
    assert doc(odt("<text:p>open")).gaps


def test_a_cell_repeated_a_million_times_does_no_harm() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000000"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert len(doc(odt(f"<table:table>{row}</table:table>" + p("end"))).text) < 100_000


def test_pictures_and_objects_are_said() -> None:
    body = p("<draw:frame><draw:image/></draw:frame>") + p("<draw:frame><draw:object/><draw:image/></draw:frame>")
    assert [gap.what for gap in doc(odt(body)).gaps] == ["1 embedded", "1 picture"]


def repeated(inside: str) -> str:
    return (
        "<table:table><table:table-row table:number-rows-repeated='200'>"
        f"<table:table-cell table:number-columns-repeated='200'>{inside}</table:table-cell></table:table-row></table:table>"
    )


@pytest.mark.parametrize("body", [repeated(repeated(p("Anna"))), repeated(p("Anna came late. " * 70_000))])
def test_repeats_in_repeats_end_somewhere_and_it_is_said(body: str) -> None:
    document = doc(
        odt(p("Hello") + body), Limits(characters=50_000)
    )  # 1,600 million cells, or 45,000 million characters
    assert document.text.startswith("Hello\nAnna")
    assert "very many rows or cells" in document.gaps[0].why


def test_a_row_that_is_repeated_now_and_then_is_read_as_it_is_seen() -> None:
    row = "<table:table-row table:number-rows-repeated='3'><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    document = doc(odt(f"<table:table>{row}</table:table>"))
    assert (document.text, document.gaps) == ("a\na\na", ())
