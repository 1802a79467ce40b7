"""Lines of text become blocks: what is the writer's own and what the form printed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.model import Block, BlockKind
from referral_lint.readers.layout import blocks_of, looks_like_form, moved, split_line

KINDS = {
    "h": BlockKind.HEADING,
    "p": BlockKind.PARAGRAPH,
    "l": BlockKind.LIST_ITEM,
    "c": BlockKind.CELL,
    "q": BlockKind.QUESTION,
    "a": BlockKind.ANSWER,
    "o": BlockKind.OPTION,
    "s": BlockKind.SIGNATURE,
    "b": BlockKind.BANNER,
    ">": BlockKind.QUOTED,
}
LETTERS = {kind: letter for letter, kind in KINDS.items()}


def seen(text: str, blocks: list[Block] | None = None) -> list[tuple[str, str]]:
    """(letter of the kind, words) of each block, line ends shown as /."""
    found = blocks_of(text) if blocks is None else blocks
    return [(LETTERS[b.kind], text[b.start : b.end].replace("\n", "/")) for b in found]


def pieces(line: str, form: bool = False) -> list[tuple[str, str, bool | None]]:
    return [(LETTERS[p.kind], line[p.start : p.end], p.ticked) for p in split_line(line, form=form)]


FORM = """REQUEST FOR HELP
To: Family Hub, Saltmere
Child: Robin Marsh        Age: 9
Date of birth: 30/09/2017

1. What are you asking for?
A place at the Friday club.
She has asked twice.

2. What does the child want?

YOUR VIEW
How worried are you?  ☐ Low  ☒ High
Because of the stairs.
Signed: T Roe
"""


def test_a_form_line_by_line() -> None:
    assert seen(FORM) == [
        ("h", "REQUEST FOR HELP"),
        ("q", "To:"),
        ("a", "Family Hub, Saltmere"),
        ("q", "Child:"),
        ("a", "Robin Marsh"),
        ("q", "Age:"),
        ("a", "9"),
        ("q", "Date of birth:"),
        ("a", "30/09/2017"),
        ("q", "1. What are you asking for?"),
        ("a", "A place at the Friday club./She has asked twice."),
        ("q", "2. What does the child want?"),
        ("h", "YOUR VIEW"),
        ("q", "How worried are you?"),
        ("o", "☐ Low"),
        ("o", "☒ High"),
        ("a", "Because of the stairs."),
        ("q", "Signed:"),
        ("a", "T Roe"),
    ]


def test_answers_and_options_know_their_question() -> None:
    blocks = blocks_of(FORM)
    asked = {
        FORM[b.start : b.end]: FORM[blocks[b.question].start : blocks[b.question].end]
        for b in blocks
        if b.question is not None
    }
    assert asked["30/09/2017"] == "Date of birth:"
    assert asked["☒ High"] == asked["Because of the stairs."] == "How worried are you?"


def test_moved_blocks_keep_their_questions() -> None:
    far = moved(blocks_of(FORM), 100, 7)
    assert far[2].question == 8
    assert far[2].start == blocks_of(FORM)[2].start + 100


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("☒ Yes ☐ No", [("o", "☒ Yes", True), ("o", "☐ No", False)]),
        ("[x] closed   [ ] Police", [("o", "[x] closed", True), ("o", "[ ] Police", False)]),
        ("Yes ☐ No ☒", [("o", "Yes ☐", False), ("o", "No ☒", True)]),
        (
            "Agreed? YES ☒    NO ☐",
            [("q", "Agreed?", None), ("o", "YES ☒", True), ("o", "NO ☐", False)],
        ),
        ("28 days or more?   Yes ✓   No", [("q", "28 days or more?", None), ("o", "Yes ✓", True), ("o", "No", False)]),
        ("Urgent? Y {X}   N {_}", [("q", "Urgent?", None), ("o", "Y {X}", True), ("o", "N {_}", False)]),
        ("Is she safe? Y / N (delete)", [("q", "Is she safe?", None), ("o", "Y", None), ("o", "N", None)]),
        ("Interpreter needed: Yes / No", [("q", "Interpreter needed:", None), ("o", "Yes", None), ("o", "No", None)]),
        (
            "Interpreter (Y/N): Y",
            [("q", "Interpreter", None), ("o", "Y", True), ("o", "N", False), ("a", "Y", None)],
        ),
        (
            "Urgent?   Y / [N]   Nobody is hurt.",
            [("q", "Urgent?", None), ("o", "Y", False), ("o", "[N]", True), ("a", "Nobody is hurt.", None)],
        ),
        (
            "Told?  ☐ Yes  ☒ No      Asked?  ☐ Yes  ☒ No",
            [
                ("q", "Told?", None),
                ("o", "☐ Yes", False),
                ("o", "☒ No", True),
                ("q", "Asked?", None),
                ("o", "☐ Yes", False),
                ("o", "☒ No", True),
            ],
        ),
        (
            "Agrees:   [x] Yes   [ ] No       Name: Jo Roe",
            [
                ("q", "Agrees:", None),
                ("o", "[x] Yes", True),
                ("o", "[ ] No", False),
                ("q", "Name:", None),
                ("a", "Jo Roe", None),
            ],
        ),
        ("Name: Jo\tAge: 7", [("q", "Name:", None), ("a", "Jo", None), ("q", "Age:", None), ("a", "7", None)]),
        ("She said: it hurts.", []),
        ("Note: ring first.", []),
        ("Mr Roe told me: he is tired.", []),
        ("28 weeks, 25 February: she was well.", []),
        ("Any chance of a ring before Friday? That is when I see them.", []),
        ("See https://example.org/a for more.", []),
        ("- what happens to this: it is kept", []),
    ],
)
def test_one_line(line: str, expected: list[tuple[str, str, bool | None]]) -> None:
    found = [piece for piece in pieces(line) if piece[1] != "(delete)"]
    assert found == expected


def test_a_question_with_its_answer_behind_it_only_in_a_form() -> None:
    assert pieces("How soon? By Friday.") == []
    assert pieces("How soon? By Friday.", form=True) == [("q", "How soon?", None), ("a", "By Friday.", None)]


def test_a_letter_is_not_a_form() -> None:
    text = (
        "Quillgate Surgery\n2 Tenter Hill\n\n9 September 2025\n\nDear colleague\n\nRe: Sam Roe, DOB 01/02/2010\n\n"
        "Thank you for seeing Sam. He said: it hurts.\nCould he come soon? I would be glad.\n\n"
        "WHAT I SAW\nA bruise on the arm.\n\nYours sincerely\n\nDr A. Bell\nGP\n"
    )
    assert seen(text) == [
        ("p", "Quillgate Surgery/2 Tenter Hill"),
        ("p", "9 September 2025"),
        ("p", "Dear colleague"),
        ("p", "Re: Sam Roe, DOB 01/02/2010"),
        ("p", "Thank you for seeing Sam. He said: it hurts./Could he come soon? I would be glad."),
        ("h", "WHAT I SAW"),
        ("p", "A bruise on the arm."),
        ("s", "Yours sincerely"),
        ("s", "Dr A. Bell/GP"),
    ]


def test_what_the_writer_said_is_never_a_heading() -> None:
    text = FORM.replace("She has asked twice.", "").replace("A place at the Friday club.", '"I want to draw more"')
    assert ("a", '"I want to draw more"') in seen(text)


def test_lists_and_a_wrapped_item() -> None:
    text = "Three things to know:\n- ring first\n- the bell, on the left of the green door round\n  the side\n\nThanks"
    assert seen(text)[:3] == [
        ("h", "Three things to know:"),
        ("l", "- ring first"),
        ("l", "- the bell, on the left of the green door round/  the side"),
    ]


def test_table_rows() -> None:
    assert seen("Area | What we see | Who\nReading | age 8 | me") == [
        ("c", "Area"),
        ("c", "What we see"),
        ("c", "Who"),
        ("c", "Reading"),
        ("c", "age 8"),
        ("c", "me"),
    ]


def test_a_form_made_of_a_table() -> None:
    text = "Name | Sam Roe\nKnown as | Sammy\nAge | 3\nNursery | Acorns\nFilled in by | Jo, deputy\n"
    assert seen(text)[:4] == [("q", "Name"), ("a", "Sam Roe"), ("q", "Known as"), ("a", "Sammy")]


REPLY = """Hi Dilip

Thanks, she is fine with it.

Jo

-----Original Message-----
From: Dilip
Sent: Monday
To: Jo

Is she?

> and before that
"""


def test_earlier_messages() -> None:
    assert [(k, w) for k, w in seen(REPLY) if k == ">"] == [
        (">", "-----Original Message-----/From: Dilip/Sent: Monday/To: Jo"),
        (">", "Is she?"),
        (">", "> and before that"),
    ]
    assert ("s", "Jo") in seen(REPLY)


@pytest.mark.parametrize(
    "opening",
    [
        "On 3 May 2025 at 10:04, Jo Roe <jo@example.org> wrote:",
        "On 3 May 2025 at 10:04, Jo Roe <jo@example.org>\nwrote:",
        "From: Jo Roe\nSent: 3 May 2025\nTo: Sam Lee\nSubject: Rent",
        "Begin forwarded message:",
        "________________________________\nFrom: Jo Roe\nDate: 3 May 2025\nTo: Sam",
    ],
)
def test_what_opens_an_earlier_message(opening: str) -> None:
    text = f"Please see below.\n\n{opening}\n\nThe rent is late.\n"
    blocks = blocks_of(text)
    assert LETTERS[blocks[0].kind] == "p"
    assert [b.kind for b in blocks if "rent is late" in text[b.start : b.end]] == [BlockKind.QUOTED]
    assert blocks[-1].level == 1


HEADERS = "From: Jo Roe, Hill Nursery\nTo: Early Help Hub\nDate: 3 May 2025\n"
FORWARDED = "From: Jo Roe <jo@example.org>\nSent: 3 May 2025 10:04\nTo: Sam Lee\nSubject: Rent\n"


def quoted(text: str, letter: bool = False) -> list[str]:
    return [text[b.start : b.end] for b in blocks_of(text, letter=letter) if b.kind is BlockKind.QUOTED]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "REQUEST FOR EARLY HELP\n",
        "Cause for concern form\n====================\n",
        "OFFICIAL-SENSITIVE\nMemo\n\n",
        "Hill Nursery\n4 Mill Lane, Northfield, NF1 2AB\nTel: 01632 960001   office@hill.example.org\nGrowing together\n\nREFERRAL\n\n",
        "Evening Support Service\n\n",
        "Early help request\nPlease complete every section and return it to hub@example.org.\nIn an emergency ring 999 and do not wait for us.\n\n",
    ],
)
@pytest.mark.parametrize("headers", [HEADERS, HEADERS + "Subject: Rent\n"])
def test_headers_below_a_title_are_the_drafts_own(above: str, headers: str) -> None:
    assert not quoted(f"{above}{headers}\nThe rent is late and he would like help with it.\n")


@pytest.mark.parametrize(
    "above",
    [
        "Hi Sam,\n\n",
        "FYI\n\n",
        "can you ring him\n\n",
        "One for you, please\n\n",
        "Jo wrote this to me and I said that we would look at it.\n\n",
        "Thanks\nAda\n\n",
        "Sent from my phone\n\n",
        "MEMO\n" + HEADERS + "\nHe has rung.\n\n",
        "________________________________\n",
    ],
)
def test_headers_below_a_message_begin_an_earlier_one(above: str) -> None:
    assert quoted(f"{above}{FORWARDED}\nThe rent is late.\n")[-1] == "The rent is late."


def test_below_the_headers_of_an_email_those_of_another_begin_an_earlier_one() -> None:
    for above in ("", "Ada Penn\nHill Nursery\n\n"):
        assert quoted(f"{above}{FORWARDED}\nThe rent is late.\n", letter=True)
    assert not quoted(f"REQUEST\n{HEADERS}\nThe rent is late.\n", letter=True)  # a form among its words


def test_an_answer_between_quoted_lines_is_the_writers_own() -> None:
    text = "On 3 May 2025 at 10:04, Jo <jo@example.org> wrote:\n> Is she safe?\nYes, with her aunt.\n> When?\nNow.\n"
    assert [w for k, w in seen(text) if k == "p"] == ["Yes, with her aunt.", "Now."]


@pytest.mark.parametrize(
    "line",
    [
        "This email and any attachments are confidential and intended only for the addressee.",
        "CAUTION: This email came from outside the council.",
        "OFFICIAL-SENSITIVE",
        "[EXTERNAL]",
        "If you have received this email in error please tell us.",
    ],
)
def test_banners(line: str) -> None:
    assert ("b", line) in seen(f"{line}\n\nPlease could you ring her about the damp in the back bedroom?\n")


@pytest.mark.parametrize("line", ["Caution is needed at the door.", "This email is about Sam.", "Protect him please."])
def test_prose_that_only_looks_like_a_banner(line: str) -> None:
    assert seen(line + " He has a dog.")[0][0] == "p"


def test_a_postscript_after_the_name_is_the_writers_own() -> None:
    text = "Please ring me.\n\nKind regards\nJo Roe\n\nPS her brother told me that he is moving out on Friday.\n"
    assert seen(text)[-1][0] == "p"


LINES = st.sampled_from(
    [*FORM.splitlines(), *REPLY.splitlines(), "a | b | c", "  - x", "☐", "Y / N", "\t", "Kind regards"]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=25).map("\n".join),
    st.lists(LINES, max_size=25).map("\r\n".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 5))
def test_blocks_are_in_order_and_hold_every_word(text: str, start: int) -> None:
    at = min(start, len(text))
    blocks = blocks_of(text, at)
    held = set()
    for n, block in enumerate(blocks):
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        if block.question is not None:
            assert block.question < n
            assert blocks[block.question].kind is BlockKind.QUESTION
        held.update(range(block.start, block.end))
        at = block.end
    words = {i for i in range(min(start, len(text)), len(text)) if text[i].isalnum()}
    assert words <= held


@settings(max_examples=200, deadline=None)
@given(st.one_of(LINES, st.text(max_size=120)), st.booleans())
def test_pieces_are_in_order_and_hold_every_word(line: str, form: bool) -> None:
    found = split_line(line, form=form)
    at = 0
    for piece in found:
        assert at <= piece.start < piece.end <= len(line)
        at = piece.end
    if found:
        held = {i for p in found for i in range(p.start, p.end)}
        assert {i for i, c in enumerate(line) if c.isalnum()} <= held


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        ("a: " * 900 + "\n") * 100,
        ("[ ] yes " * 400 + "\n") * 100,
        "From: x\n" * 40_000,
        "\n" * 500_000,
        ("This email " + "and " * 900 + "\n") * 100,
        "(" * 300_000,
    ],
    ids=["one line", "colons", "boxes", "headers", "blank", "banner", "brackets"],
)
def test_long_texts_take_linear_time(text: str) -> None:
    began = time.process_time()
    blocks_of(text)
    assert time.process_time() - began < 5


def test_few_labels_do_not_make_a_form() -> None:
    assert not looks_like_form(["Dear Sam", "Date: today", "Time: 9", "Please come."])
    assert looks_like_form(["Name: a", "Age: 9", "School: b", "Date: c", "Signed: d"])


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in blocks_of(text, letter=True)]


@pytest.mark.parametrize("said", ["PS he is outside now", "He has a hammer, come now", "Her mum is not home"])
def test_what_is_said_below_a_sign_off_is_no_sign_off(said: str) -> None:
    assert ("paragraph", said) in kinds(f"The form is attached.\n\nKind regards\nAda Penn\n01632 960111\n\n{said}\n")


@pytest.mark.parametrize(
    "banner",
    ["[EXTERNAL]", "CAUTION: This email originated from outside. Do not click links.", "This email is confidential."],
)
def test_a_banner_ends_where_the_writer_begins(banner: str) -> None:
    assert kinds(f"{banner}\nHe is outside and she is at home.\n") == [
        ("banner", banner),
        ("paragraph", "He is outside and she is at home."),
    ]


def test_the_lines_of_one_disclaimer_are_one_banner() -> None:
    text = (
        "Thank you.\n\nThis email and its attachments are confidential and meant for the\nperson named. If you are not that person "
        "please tell\nthe sender.\nWendle Council accepts no liability for loss.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "banner"]
