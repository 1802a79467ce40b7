"""Marks over stretches: overlaps, marks over several stretches, marks of no length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Span
from referral_lint.writers.page.highlights import Highlights, Mark, Piece

TEXT = "Ben is regularly late.\nDad shouts."


def mark(start: int, end: int, key: str = "m", rank: int = 1) -> Mark:
    return Mark(Span(start, end), key, "1", "fix", rank)


def shown(piece: Piece) -> tuple[str, str, str]:
    return "|".join(piece.lines), "".join(m.key for m in piece.over), "".join(m.key for m in piece.ends)


def test_one_mark_cuts_a_stretch_in_three() -> None:
    pieces = Highlights(TEXT, [Span(0, 22)], [mark(7, 16)], ()).pieces(0)
    assert [shown(p) for p in pieces] == [("Ben is ", "", ""), ("regularly", "m", "m"), (" late.", "", "")]
    assert pieces[1].opens == ("m",)
    assert pieces[1].link is not None
    assert not pieces[1].badges


def test_of_overlapping_marks_the_gravest_is_on_top_and_each_has_one_link() -> None:
    marks = [mark(0, 16, "a"), mark(7, 22, "b", rank=2)]
    pieces = Highlights(TEXT, [Span(0, 22)], marks, ()).pieces(0)
    assert [shown(p) for p in pieces] == [("Ben is ", "a", ""), ("regularly", "ba", "a"), (" late.", "b", "b")]
    assert [p.link.key if p.link else None for p in pieces] == [None, None, "b"]
    assert [[m.key for m in p.badges] for p in pieces] == [[], ["a"], []]


def test_a_mark_over_two_stretches_begins_and_ends_once() -> None:
    lit = Highlights(TEXT, [Span(0, 22), Span(23, 34)], [mark(7, 26)], ())
    first, second = lit.pieces(0), lit.pieces(1)
    assert [shown(p) for p in first + second] == [
        ("Ben is ", "", ""),
        ("regularly late.", "m", ""),
        ("Dad", "m", "m"),
        (" shouts.", "", ""),
    ]
    assert [p.opens for p in first + second] == [(), ("m",), (), ()]


def test_a_mark_of_no_length_and_one_outside_of_everything() -> None:
    lit = Highlights(TEXT, [Span(0, 22)], [mark(22, 22, "a"), mark(25, 30, "b")], ())
    assert lit.shown == {"a"}
    assert [shown(p) for p in lit.pieces(0)][-1] == ("", "a", "a")


def test_anchors_and_line_breaks_keep_their_places() -> None:
    lit = Highlights(TEXT, [Span(0, 34)], (), [(23, "here"), (99, "nowhere")])
    pieces = lit.pieces(0, breaks=frozenset({22}))
    assert [(p.lines, p.opens) for p in pieces] == [(("Ben is regularly late.", ""), ()), (("Dad shouts.",), ("here",))]
    assert lit.shown == {"here"}


@given(st.data())
def test_nothing_is_lost_or_doubled(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=30))
    places = st.integers(0, len(text))
    cut = data.draw(places)
    marks = [
        Mark(Span(*sorted((data.draw(places), data.draw(places)))), f"k{i}", "", "fix", data.draw(st.integers(0, 2)))
        for i in range(data.draw(st.integers(0, 4)))
    ]
    stretches = [s for s in (Span(0, cut), Span(cut, len(text))) if s.end > s.start]
    lit = Highlights(text, stretches, marks, ())
    pieces = [p for i in range(len(stretches)) for p in lit.pieces(i)]
    assert "".join(line for p in pieces for line in p.lines) == text
    for one in marks:
        assert "".join(line for p in pieces if one in p.over for line in p.lines) == text[one.span.start : one.span.end]
        if stretches:
            assert sum(p.opens.count(one.key) for p in pieces) == 1
            assert sum(p.ends.count(one) for p in pieces) == 1
