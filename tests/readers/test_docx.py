"""Word documents: nothing on the page is lost, and what travels unseen is known as such."""

from __future__ import annotations

import time

import pytest

from referral_lint.model import UNSEEN, Block, BlockKind, Document, Source
from referral_lint.readers import Limits, read
from tests.readers.wordfile import field, p, r, table, word, zipped

K = BlockKind
MINIMAL = (
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    b"<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
)


def doc(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = read(Source("draft.docx", data), limits)
    return document


def words(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.words(block) for block in document.blocks_of(*kinds)]


def block(document: Document, text: str) -> Block:
    (found,) = [b for b in document.blocks if document.words(b) == text]
    return found


def asked(document: Document, answer: str) -> str:
    """The question that the block with these words belongs to."""
    number = block(document, answer).question
    assert number is not None
    assert document.blocks[number].kind is K.QUESTION
    return document.words(document.blocks[number])


# --- one paragraph


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:hyperlink>" + r("see here") + "</w:hyperlink>", "see here"),
        ("<w:ins>" + r("She agreed") + "</w:ins>", "She agreed"),
        ("<w:moveTo>" + r("moved") + "</w:moveTo>", "moved"),
        ("<w:smartTag>" + r("Hallbeck") + "</w:smartTag>", "Hallbeck"),
        ("<w:fldSimple w:instr='DATE'>" + r("3 May") + "</w:fldSimple>", "3 May"),
        (field("MERGEFIELD Name", r("Isla")), "Isla"),
        (field("IF " + "x", field("PAGE", r("1")), r("one")), "1one"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:r><w:t>drop</w:t><w:noBreakHyphen/><w:t>in</w:t></w:r>", "drop\u2011in"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" + r(" Yes"), "☑ Yes"),
        (r("o", "<w:rFonts w:ascii='Wingdings'/>") + r(" No"), "☐ No"),
        (r("Words in it", "<w:rFonts w:ascii='Wingdings'/>"), "Words in it"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("Flat 2") + "</w:sdtContent></w:sdt>", "Flat 2"),
        ("<m:oMath><m:r><m:t>70%</m:t></m:r></m:oMath>", "70%"),
        ("<w:r><w:ruby><w:rt>" + r("x") + "</w:rt><w:rubyBase>" + r("base") + "</w:rubyBase></w:ruby></w:r>", "base"),
        ("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + r("never closed"), "never closed"),
    ],
)  # fmt: skip
def test_what_a_paragraph_shows(inside: str, expected: str) -> None:
    assert doc(word(p(inside))).text == expected


def test_a_field_over_several_paragraphs_shows_its_result_only() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>' + r("not shown")
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("First page")
    end = r("Second page") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert doc(word(p(start) + p(middle) + p(end))).text.split("\n")[-2:] == ["First page", "Second page"]


@pytest.mark.parametrize(("state", "shown"), [("<w:checked/>", "☒"), ("<w:checked w:val='0'/>", "☐"), ("", "☐")])
def test_a_legacy_check_box_keeps_its_state(state: str, shown: str) -> None:
    data = f"<w:ffData><w:checkBox><w:default w:val='0'/>{state}</w:checkBox></w:ffData>"
    box = f"<w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    document = doc(word(p("Consent given? ", box, r(" Yes"))))
    assert document.text == f"Consent given? {shown} Yes"
    assert [b.ticked for b in document.blocks_of(K.OPTION)] == [shown == "☒"]


def test_a_legacy_drop_down_shows_its_choice() -> None:
    choices = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='Low'/><w:listEntry w:val='High'/></w:ddList>"
    begin = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{choices}</w:ffData></w:fldChar></w:r>"
    assert doc(word(p("Risk: ", begin, "<w:r><w:fldChar w:fldCharType='end'/></w:r>"))).text == "Risk: High"


@pytest.mark.parametrize(("value", "ticked"), [("1", True), ("0", False), ("true", True)])
def test_a_check_box_control_says_whether_it_is_ticked(value: str, ticked: bool) -> None:
    box = (
        f"<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{value}'/></w14:checkbox></w:sdtPr>"
        "<w:sdtContent><w:r><w:sym w:font='Wingdings 2' w:char='F050'/></w:r></w:sdtContent></w:sdt>"
    )
    document = doc(word(p(box, r(" Parents know"))))
    (option,) = document.blocks_of(K.OPTION)
    assert option.ticked is ticked
    assert document.words(option) in ("☒ Parents know", "☐ Parents know")


def test_a_placeholder_is_the_forms_own_wording() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + r("Click to enter text.")
        + "</w:sdtContent></w:sdt>"
    )
    document = doc(word(table(["Name of child:", p(control)], ["Address:", "3 Coldharbour Lane"])))
    placeholder = block(document, "Click to enter text.")
    assert placeholder.kind is K.PLACEHOLDER
    assert document.blocks[placeholder.question] == block(document, "Name of child:")
    assert asked(document, "3 Coldharbour Lane") == "Address:"


# --- what the document says of its paragraphs


def test_headings_and_lists_by_style_by_outline_and_by_number() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Mine'><w:basedOn w:val='H1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Circle'><w:basedOn w:val='Circle'/></w:style>"
    )
    body = (
        p("Why we are writing", properties="<w:pStyle w:val='Mine'/>")
        + p("What we have seen", properties="<w:outlineLvl w:val='1'/>")
        + p("He was cold.", properties="<w:numPr><w:numId w:val='3'/></w:numPr>")
        + p("He was not listed.", properties="<w:numPr><w:numId w:val='0'/></w:numPr>")
        + p("It goes round.", properties="<w:pStyle w:val='Circle'/>")
    )
    document = doc(word(body, {"styles": styles}))
    assert [(b.kind, b.level) for b in document.blocks] == [
        (K.HEADING, 1), (K.HEADING, 2), (K.LIST_ITEM, 0), (K.PARAGRAPH, 0), (K.PARAGRAPH, 0),
    ]  # fmt: skip


def test_places_are_counted_as_a_person_would() -> None:
    document = doc(word(p("One.") + p("") + p("Two.") + table(["a", "b"], ["c", p("d") + table(["e"])])))
    assert dict(block(document, "Two.").where) == {"paragraph": 2}
    assert dict(block(document, "d").where) == {"table": 1, "row": 2, "cell": 2}
    assert dict(block(document, "e").where) == {
        "table": 1, "row": 2, "cell": 2, "inner table": 1, "inner row": 1, "inner cell": 1,
    }  # fmt: skip
    assert document.text == "One.\n\nTwo.\na\tb\nc\td\ne"


# --- forms


def test_a_form_row_is_a_question_and_its_answer() -> None:
    document = doc(
        word(
            table(
                ["Name of child:", "Isla Pettigrew", "Date of birth:", "14/01/2014"],
                ["Reason for referral:", "No heating on 22 October.", "Seen by:", ""],
            )
        )
    )
    assert asked(document, "Isla Pettigrew") == "Name of child:"
    assert asked(document, "14/01/2014") == "Date of birth:"
    assert asked(document, "No heating on 22 October.") == "Reason for referral:"
    assert block(document, "Seen by:").kind is K.QUESTION


def test_a_row_of_column_names_asks_for_what_is_below() -> None:
    bold = "<w:b/>"
    heads = [p(r(name, bold)) for name in ("Name", "Relationship", "Address")]
    document = doc(word(table(heads, ["Owen Pettigrew", "father", "3 Coldharbour Lane"])))
    assert asked(document, "father") == "Relationship"
    assert asked(document, "Owen Pettigrew") == "Name"


def test_a_question_over_the_whole_width_is_answered_below() -> None:
    shaded = "<w:tcPr><w:shd w:fill='D9D9D9'/></w:tcPr>" + p("What are you worried about?")
    document = doc(word(table([shaded], ["The flat was cold on two visits."])))
    assert asked(document, "The flat was cold on two visits.") == "What are you worried about?"


def test_a_label_above_its_answer_in_one_cell() -> None:
    document = doc(word(table([p("Views of the child:") + p("She wants to stay at Hallbeck.")])))
    assert asked(document, "She wants to stay at Hallbeck.") == "Views of the child:"


def test_tick_boxes_in_cells() -> None:
    document = doc(
        word(
            table(
                ["How worried are you?", "☐ Low  ☒ High"],
                ["☒", "Neglect"],
                ["Physical harm", "☐"],
            )
        )
    )
    options = {document.words(b): b.ticked for b in document.blocks_of(K.OPTION)}
    assert options == {"☐ Low": False, "☒ High": True, "☒\tNeglect": True, "Physical harm\t☐": False}
    assert asked(document, "☒ High") == "How worried are you?"


def test_a_grid_of_boxes_belongs_to_the_rows_question() -> None:
    document = doc(word(table(["", "Yes", "No"], ["Do parents know?", "☒", "☐"])))
    boxes = list(document.blocks_of(K.OPTION))
    assert [b.ticked for b in boxes] == [True, False]
    assert {document.words(document.blocks[b.question or 0]) for b in boxes} == {"Do parents know?"}


def test_a_label_and_its_value_in_one_paragraph() -> None:
    lines = [
        "Surname: Pettigrew",
        "First names: Isla May",
        "School: Hallbeck High",
        "Year: 7",
        "Date of birth: 14/01/2014",
    ]
    body = "".join(p(line) for line in lines)
    document = doc(word(body))
    assert asked(document, "Isla May") == "First names:"
    assert dict(block(document, "Isla May").where) == {"paragraph": 2}


def test_prose_in_a_table_is_no_form() -> None:
    text = "We visited on 3 March and the flat was cold. Nobody was at home when we came back."
    document = doc(word(table([text, "He was asleep on the sofa and we left a card for him."])))
    assert {b.kind for b in document.blocks} == {K.CELL}


# --- the other parts


def test_headers_notes_boxes_and_footers() -> None:
    box = "<w:txbxContent>" + p("In the box") + "</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    document = doc(
        word(
            p("Before the box.", f"<w:r>{twice}</w:r>", "<w:r><w:footnoteReference w:id='1'/></w:r>")
            + "<w:sectPr><w:headerReference r:id='header'/></w:sectPr>",
            {
                "header": p("Hallbeck High School"),
                "footer": table(["Page 1", "Confidential"]),
                "footnotes": "<w:footnote w:type='separator'>"
                + p("-")
                + "</w:footnote><w:footnote w:id='1'>"
                + p("As told to me.")
                + "</w:footnote>",
            },
        )
    )
    assert document.text.split("\n") == [
        "Hallbeck High School", "Before the box.", "In the box", "As told to me.", "Page 1\tConfidential",
    ]  # fmt: skip
    assert words(document, K.PAGE_HEADER) == ["Hallbeck High School"]
    assert words(document, K.TEXT_BOX) == ["In the box"]
    assert words(document, K.PAGE_FOOTER) == ["Page 1", "Confidential"]
    assert dict(block(document, "As told to me.").where) == {"part": "footnote 1", "paragraph": 1}
    assert dict(block(document, "In the box").where)["part"] == "text box"


def test_what_travels_unseen_comes_last_and_is_known_as_such() -> None:
    document = doc(
        word(
            p("Seen. ", "<w:del><w:r><w:delText>He is a liar.</w:delText></w:r></w:del>", r("Seen too."))
            + p(r("Secret", "<w:vanish/>"))
            + p(r("White", "<w:color w:val='FFFFFF'/>"), " black")
            + p("<w:moveFrom>" + r("old place") + "</w:moveFrom>"),
            {"comments": "<w:comment w:author='A Colleague'>" + p("Is this true?") + "</w:comment>"},
            "<dc:creator>B Noble</dc:creator><dc:title></dc:title>",
        )
    )
    lines = document.text.split("\n")
    assert lines == [
        "Seen. Seen too.", " black", "He is a liar.", "Secret", "White", "old place", "Is this true?",
        "Author: B Noble",
    ]  # fmt: skip
    kinds = [b.kind for b in document.blocks if b.kind in UNSEEN]
    assert kinds == [K.DELETED, K.HIDDEN, K.HIDDEN, K.DELETED, K.COMMENT, K.PROPERTY]
    assert dict(block(document, "He is a liar.").where) == {"paragraph": 1}
    assert dict(block(document, "Is this true?").where)["by"] == "A Colleague"


@pytest.mark.parametrize(
    "body",
    [
        p(r("White", "<w:color w:val='FFFFFF'/><w:shd w:fill='000080'/>")),
        p(r("White", "<w:color w:val='FFFFFF'/>"), properties="<w:shd w:fill='000080'/>"),
        table(["<w:tcPr><w:shd w:fill='000080'/></w:tcPr>" + p(r("White", "<w:color w:val='FFFFFF'/>"))]),
        table([p(r("White", "<w:color w:val='FFFFFF'/>"))], properties="<w:tblStyle w:val='Dark'/>"),
    ],
)
def test_white_words_on_a_dark_ground_are_seen(body: str) -> None:
    styles = "<w:style w:type='table' w:styleId='Dark'><w:tcPr><w:shd w:fill='000080'/></w:tcPr></w:style>"
    document = doc(word(body, {"styles": styles}))
    assert not [b for b in document.blocks if b.kind in UNSEEN]


@pytest.mark.parametrize(
    "looks",
    [
        "<w:highlight w:val='black'/>",
        "<w:color w:val='0D0D0D'/><w:highlight w:val='black'/>",
        "<w:color w:val='000000'/><w:shd w:fill='000000'/>",
        "<w:color w:val='FF0000'/><w:highlight w:val='red'/>",
    ],
)
def test_blacked_out_words_are_still_there(looks: str) -> None:
    document = doc(word(p("Her name is ", r("Ann Lee", looks), ".")))
    assert words(document, K.COVERED) == ["Ann Lee"]
    assert document.text.startswith("Her name is .")


@pytest.mark.parametrize("looks", ["<w:highlight w:val='yellow'/>", "<w:shd w:fill='000000'/>", "<w:color w:val='x'/>"])
def test_marked_words_that_can_be_read_are_seen(looks: str) -> None:
    assert not words(doc(word(p(r("Ann Lee", looks)))), K.COVERED, K.HIDDEN)


def test_words_hidden_by_a_style_are_hidden() -> None:
    styles = "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>"
    body = p(r("hidden", "<w:rStyle w:val='Gone'/>"), r("shown", "<w:rStyle w:val='Gone'/><w:vanish w:val='0'/>"))
    assert words(doc(word(body, {"styles": styles})), K.HIDDEN) == ["hidden"]


# --- what cannot be read


def test_an_embedded_file_is_named() -> None:
    data = word(p("See the sheet.", "<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>"))
    (gap,) = doc(data).gaps
    assert "Excel" in gap.what
    assert not gap.note


def test_a_picture_is_a_note_beside_text_and_a_gap_without_any() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert doc(word(p(picture) + p("We are asking for a visit to this family this week."))).gaps[0].note
    assert not doc(word(p(picture))).gaps[0].note


def test_a_protected_file_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in doc(data).gaps[0].why


def test_strict_files_read_like_others() -> None:
    body = p("Isla is cold at home.") + table(["Name:", "Isla"])
    assert doc(word(body, strict=True)).text == doc(word(body)).text


def test_a_broken_picture_does_not_matter_and_broken_text_is_said() -> None:
    whole = word("".join(p(f"Paragraph {i} says {i * i}.") for i in range(200)))
    at = whole.index(b"word/document.xml") + 600
    document = doc(whole[:at] + b"\xff\xff" + whole[at + 2 :])
    assert document.text.startswith("Paragraph 0 says 0.")
    assert any("damaged" in gap.why for gap in document.gaps)
    with_picture = zipped({"word/document.xml": MINIMAL % b"Fine", "word/media/image1.png": b"abcdefgh" * 20})
    at = with_picture.index(b"word/media/image1.png") + len("word/media/image1.png")
    document = doc(with_picture[: at + 3] + b"\xff" + with_picture[at + 4 :])
    assert (document.text, document.gaps) == ("Fine", ())


def test_xml_that_stops_in_the_middle_gives_what_there_is() -> None:
    part = MINIMAL % b"Kept"
    document = doc(zipped({"word/document.xml": part[: part.index(b"</w:body>")] + b"<w:p><w"}))
    assert document.text == "Kept"
    assert document.gaps


def test_limits_hold() -> None:
    many = word("".join(p(f"Paragraph {i} of many.") for i in range(100)))
    cut = doc(many, Limits(characters=50))
    assert len(cut.text) == 50
    assert "first 50" in cut.gaps[0].why
    assert "unpacks" in doc(many, Limits(unpacked=1000)).gaps[0].why
    deep = p("x")
    for _ in range(12):
        deep = table([deep])
    assert "tables inside tables" in doc(word(deep)).gaps[0].why


def test_entities_are_not_followed() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'boom'>]>" + MINIMAL % b"&a;"
    assert "boom" not in doc(zipped({"word/document.xml": bomb})).text


def test_five_thousand_cells_take_seconds_at_most() -> None:
    data = word(table(*([f"Label {i}:", f"Value {i}", "Next:", "Another value"] for i in range(1250))))
    start = time.process_time()
    document = doc(data)
    assert len(document.blocks) == 5000
    assert time.process_time() - start < 5


PAGE = "<w:r><w:drawing><wp:{frame} xmlns:wp='http://x.example.org/wp' {more}><wp:extent cx='{cx}' cy='{cy}'/><a:blip/></wp:{frame}></w:drawing></w:r>"
LINES = "Please find below the two pages that the health visitor filled in for us last week."


@pytest.mark.parametrize(
    ("frame", "more", "cx", "cy", "note"),
    [
        ("inline", "", 5_760_000, 8_140_000, False),  # 16 by 22.6 cm: a page that was scanned
        ("anchor", "", 7_200_000, 9_000_000, False),
        ("anchor", "behindDoc='1'", 7_560_000, 10_692_000, True),  # headed paper
        ("inline", "", 5_760_000, 4_320_000, True),  # a photograph
        ("inline", "", "wide", 4_320_000, True),
    ],
)
def test_a_picture_as_large_as_a_page_was_not_read(frame: str, more: str, cx: object, cy: int, note: bool) -> None:
    document = doc(word(p(PAGE.format(frame=frame, more=more, cx=cx, cy=cy)) + p(LINES)))
    assert [gap.note for gap in document.gaps] == [note]


def test_the_head_of_the_paper_does_not_make_a_picture_a_logo() -> None:
    document = doc(word(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>"), {"header": p(LINES)}))
    assert words(document, K.PAGE_HEADER) == [LINES]
    assert not document.has_words
    (gap,) = document.gaps
    assert not gap.note
    assert "send the typed file instead" in gap.why


def test_a_file_with_nothing_but_properties_says_so() -> None:
    document = doc(word(p(""), properties="<dc:title>Form</dc:title>"))
    assert "No text was found" in document.gaps[0].why
