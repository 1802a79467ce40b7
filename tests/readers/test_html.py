"""HTML as text: what is seen, what is hidden, and no tag that takes the machine down."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.model import BlockKind, Source
from referral_lint.readers import read
from referral_lint.readers.html import to_text


def kinds(html: str) -> list[tuple[BlockKind, str]]:
    text, known = to_text(html)
    return [(block.kind, text[block.start : block.end]) for block in known]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One two\n\nthree"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "A | B\n1 | 2"),
        ("<table><tr><td><table><tr><td>x</td></tr></table></td><td>y</td></tr></table>", "x\n\ny"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>Agree? <input type=checkbox checked> Yes <input type=checkbox> No</p>", "Agree? [x] Yes [ ] No"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<p>a&nbsp;&amp;&nbsp;b</p>", "a & b"),
        ("", ""),
    ],
)
def test_visible_text(html: str, text: str) -> None:
    assert to_text(html)[0] == text


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "color:#FFFFFF",
        "color: white",
        "font-size:0px",
        "opacity:0",
        "mso-hide:all",
    ],
)
def test_hidden_text_is_told(style: str) -> None:
    assert kinds(f"<p>seen <span style='{style}'>ghost</span></p>") == [(BlockKind.HIDDEN, "ghost")]


@pytest.mark.parametrize(
    "html",
    [
        "<div style='background:#003366'><span style='color:white'>a</span></div>",
        "<div style='font-size:0'><p style='font-size:12px'>a</p></div>",
        "<p style='opacity:0.9'>a</p>",
        "<p style='background-color:#fff'>a</p>",
    ],
)
def test_what_only_looks_hidden(html: str) -> None:
    assert kinds(html) == []


def test_headings_and_quotations() -> None:
    html = "<h1>A</h1><p>b</p><blockquote type=cite><p>c</p><blockquote>d</blockquote></blockquote>"
    text, known = to_text(html)
    assert [(b.kind, b.level, text[b.start : b.end]) for b in known] == [
        (BlockKind.HEADING, 1, "A"),
        (BlockKind.QUOTED, 1, "c"),
        (BlockKind.QUOTED, 2, "d"),
    ]


def test_a_page_declares_its_letters() -> None:
    data = '<html><head><meta charset="windows-1252"></head><body><p>Zoë – £5</p></body></html>'.encode("cp1252")
    (document,) = read(Source("a.html", data))
    assert document.text == "Zoë – £5"


def test_a_page_without_words_says_so() -> None:
    (document,) = read(Source("a.html", b"<html><body><img src=x></body></html>"))
    assert "no text" in document.gaps[0].why


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b><p>" * 50_000 + "x",
        "<table><tr>" + "<td>a</td>" * 5_000,
        "<" * 200_000,
        "&" * 200_000,
    ],
)
def test_hostile_pages_take_linear_time(html: str) -> None:
    began = time.perf_counter()
    to_text(html)
    assert time.perf_counter() - began < 4


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "\n <p> </p> <td> <table> <tr> </table> <blockquote> <h2> <br> a ü <li> <span/style='display:none'> </span> <pre>"
            " <ul> x".split(" ")
        ),
        max_size=40,
    )
)
def test_known_blocks_are_in_order_and_inside(tags: list[str]) -> None:
    text, known = to_text("".join(tags))
    at = 0
    for block in known:
        assert at <= block.start < block.end <= len(text)
        at = block.end


@pytest.mark.parametrize("tag", ["<div>", "<article>", "<table><tr><td>"])
def test_a_page_nested_too_deep_shows_no_script_and_says_so(tag: str) -> None:
    page = f"<html>{tag * 2_100}<script>var secret</script><p style='display:none'>unseen</p><p>Anna came late."
    (document,) = read(Source("a.html", page.encode()))
    assert "secret" not in document.text
    assert document.text.endswith("Anna came late.")
    assert [document.words(block) for block in document.blocks_of(BlockKind.HIDDEN)] == ["unseen"]
    assert "deeper than can be read" in document.gaps[0].why
    mail = b"To: a@example.org\nContent-Type: text/html\n\n" + page.encode()
    assert "deeper than can be read" in read(Source("a.eml", mail))[0].gaps[0].why


def test_a_table_deep_in_tables_is_measured_once() -> None:
    to_text("<html>" + "<table><tr><td>" * 1_900 + "Anna came late. " * 300_000)  # else 1,900 times


@pytest.mark.parametrize("data", [b"<meta charset=utf-7><p>Anna +2AA- came", b"<meta charset=utf-7><p>Anna +3AA- came"])
def test_half_a_character_in_a_page_is_a_question_mark(data: bytes) -> None:
    (document,) = read(Source("a.html", b"<html>" + data))
    assert document.text == "Anna ? came"
