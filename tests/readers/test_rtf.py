"""Rich text: every word at its place, and nothing hidden shown as if it were seen."""

from __future__ import annotations

import pytest

from referral_lint.model import BlockKind, Document, Source
from referral_lint.readers import read

K = BlockKind
FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Wingdings;}{\f2\fcharset238 Arial CE;}}"


def doc(body: str) -> Document:
    (document,) = read(Source("draft.rtf", ("{\\rtf1\\ansi\\ansicpg1252\\uc1" + FONTS + body + "}").encode("latin-1")))
    return document


def kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.words(block)) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\pard One\par Two\par", "One\nTwo"),
        (r"caf\'e9 \{curly\} back\\slash", "café {curly} back\\slash"),
        (r"\u8216?quoted\u8217? and \'93so\'94", "‘quoted’ and “so”"),
        (r"{\uc2\u228\'e4x!}", "ä!"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"{\f2 \'bf\'f3\'b3}", "żół"),
        (r"{\f1 \'fe} Yes {\f1 \'a8} No", "☑ Yes ☐ No"),
        (r"a\tab b\line c\_d\~e", "a\tb\nc\u2011d\xa0e"),
        (r"{\*\unknown nothing}{\stylesheet{\s1 Heading;}}shown", "shown"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the page}}", "the page"),
        (r"{\pict\bin4 }}}}}shown too", "shown too"),
        ("never closed {\\b bold", "never closed bold"),
        (r"too many } } } closed", "too many"),
    ],
)
def test_what_is_shown(body: str, expected: str) -> None:
    assert doc(body).text.strip().split("  ")[0].rstrip() == expected


def test_hidden_and_deleted_words_are_known_as_such() -> None:
    document = doc(
        r"Seen {\v secret }still seen {\deleted gone}\par {\v a whole line}\par\pard\plain Then we rang her on the third of March.\par"
    )
    assert kinds(document) == [
        (K.PARAGRAPH, "Seen still seen"),
        (K.PARAGRAPH, "Then we rang her on the third of March."),
        (K.DELETED, "gone"),
        (K.HIDDEN, "secret"),
        (K.HIDDEN, "a whole line"),
    ]


def test_white_words_are_hidden_unless_something_dark_is_behind() -> None:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    assert kinds(doc(colours + r"\cf2 black {\cf1 white}"))[1] == (K.HIDDEN, "white")
    assert doc(colours + r"\cf2 black {\highlight2\cf1 white}").text == "black white"


def test_a_table_is_rows_of_questions_and_answers() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl Name of child:\cell Isla\par Pettigrew\cell\row"
    document = doc(row + r"\trowd\pard\intbl School:\cell Hallbeck High\cell\row\pard After.\par")
    assert document.text == "Name of child:\tIsla\nPettigrew\nSchool:\tHallbeck High\nAfter."
    assert [kind for kind, _ in kinds(document)][:2] == [K.QUESTION, K.ANSWER]
    assert dict(document.blocks[-2].where) == {"table": 1, "row": 2, "cell": 2}
    assert dict(document.blocks[-1].where) == {"paragraph": 1}


def test_tick_boxes_and_lists_of_old_forms() -> None:
    box = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres%d\ffdefres1}}}{\fldrslt }}"
    chosen = r"{\field{\*\fldinst {\*\formfield{\fftype2\ffres1{\*\ffl Low}{\*\ffl High}}}}{\fldrslt }}"
    document = doc(rf"{box % 1} Yes {box % 0} No {box % 25} Not sure\par Risk: {chosen}\par")
    assert document.text == "☒ Yes ☐ No ☒ Not sure\nRisk: High"
    assert [b.ticked for b in document.blocks_of(K.OPTION)] == [True, False, True]


def test_a_tick_box_whose_state_was_not_saved_is_said() -> None:
    """As LibreOffice writes it: the field, and nothing about it."""
    lost = r"{\field{\*\fldinst { FORMCHECKBOX }}{\fldrslt {}}}"
    kept = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt }}"
    link = r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the plan}}"
    document = doc(rf"Parents told? {lost} Yes {lost} No\par {kept} Letter sent, see {link}\par")
    assert document.text == "Parents told?  Yes  No\n☒ Letter sent, see the plan"
    (gap,) = document.gaps
    assert "its 2 tick boxes are ticked" in gap.why
    assert not doc(rf"{kept} Yes {link}\par").gaps


def test_headers_notes_comments_and_properties() -> None:
    document = doc(
        r"{\info{\title Plan}{\author B Noble}{\operator C Price}{\*\company Hallbeck}}"
        r"{\header Hallbeck High\par}{\headerf Hallbeck High\par}"
        r"Body{\footnote As told to me.}{\*\atnauthor A}{\*\annotation Is this true?} text.\par"
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In the box\par}}{\shprslt again}}{\footer Page 1\par}"
    )
    assert kinds(document) == [
        (K.PAGE_HEADER, "Hallbeck High"),
        (K.PARAGRAPH, "Body text."),
        (K.FOOTNOTE, "As told to me."),
        (K.TEXT_BOX, "In the box"),
        (K.PAGE_FOOTER, "Page 1"),
        (K.COMMENT, "Is this true?"),
        (K.PROPERTY, "Title: Plan"),
        (K.PROPERTY, "Author: B Noble"),
        (K.PROPERTY, "Last saved by: C Price"),
        (K.PROPERTY, "Company: Hallbeck"),
    ]


def test_headings_and_lists() -> None:
    document = doc(r"\pard\outlinelevel0 Why we write\par\pard{\listtext 1.\tab}\ls1 He was cold.\par")
    assert kinds(document) == [(K.HEADING, "Why we write"), (K.LIST_ITEM, "He was cold.")]


def test_pictures_and_objects_are_said() -> None:
    document = doc(r"A letter of some length with a logo above it.{\pict 00ff}{\object{\*\objdata 00}{\result x}}")
    assert [(gap.what, gap.note) for gap in document.gaps] == [("1 embedded", False), ("1 picture", True)]


def test_braces_without_end_are_refused_and_long_files_take_no_time() -> None:
    assert "nested" in doc("{" * 5000).gaps[0].why
    assert len(doc(r"word {\b word} " * 20_000).text) > 100_000


def test_a_file_that_only_calls_itself_rich_text() -> None:
    (document,) = read(Source("draft.rtf", b"\x00\x01\x02"))
    assert document.gaps
