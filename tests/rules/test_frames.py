"""Frames: what a pattern over words and classes finds, and how it is told that it cannot work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.rules.frames import Frame, word_class
from referral_lint.rules.kinds import longest
from referral_lint.rules.load import load_packs
from referral_lint.understanding.variants import spelled
from referral_lint.understanding.vocabulary import words


def found(frame: str, text: str) -> list[str]:
    return [text[s.start : s.end] for s in Frame(frame).spans(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("frame", "text", "words"),
    [
        ("mum is very|so? [lazy|cruel]", "Mum is very lazy, and mum is cruel.", ["lazy", "cruel"]),
        ("[gets very? cross]", "He gets cross. He gets very\ncross.", ["gets cross", "gets very\ncross"]),
        ("[cross with? her?] today", "cross her today", ["cross her"]),
        ("[lots of] __ bottles", "lots of empty green bottles", ["lots of"]),
        ("[could not~care less]", "She could not care less.", ["could not care less"]),
        (
            "[couldn't care]",
            "couldnt care, couldn’t care, couldn't care",
            ["couldnt care", "couldn’t care", "couldn't care"],
        ),
        ("^ [chaotic]", "Chaotic. A chaotic home.", ["Chaotic"]),
        ("[chaotic] $", "Chaotic home, and chaotic.", ["chaotic"]),
        ("[bone-idle]", "bone idle and bone-idle", ["bone idle", "bone-idle"]),
        ("[idle]", "idleness, bridle, idle", ["idle"]),
    ],
)
def test_places(frame, text, words):
    assert found(frame, text) == words


@pytest.mark.parametrize("frame", ["lazy", "[lazy] and [cruel]", "[is]", "[_]", "[<no-such-class>]"])
def test_a_frame_that_cannot_work_says_so(frame):
    with pytest.raises(ValueError, match=r"frame|class"):
        Frame(frame)


def test_variants_are_spelled_out():
    assert set(spelled("{a,some,} long {while,time}")) == {
        "a long while",
        "a long time",
        "some long while",
        "some long time",
        "long while",
        "long time",
    }


@pytest.mark.parametrize("name", sorted(facts("word_classes.yaml")))
def test_every_class_holds_words(name):
    entries = word_class(name)
    assert entries
    assert all(entry == entry.strip() and "{" not in entry and "<" not in entry for entry in entries)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12))
def test_longest_keeps_no_overlaps_and_drops_only_what_overlaps(pairs):
    spans = {Span(start, start + length) for start, length in pairs}
    kept = longest(spans)
    assert kept == sorted(kept)
    assert all(one.end <= other.start for one, other in zip(kept, kept[1:], strict=False))
    assert all(any(k.start < s.end and s.start < k.end for k in kept) for s in spans)


@given(st.text(alphabet="abc .'’\n-", max_size=60))
def test_a_span_lies_inside_its_sentence(text):
    for span in Frame("a? [b|ab c?] __ cab").spans(text, Span(2, len(text))):
        assert 2 <= span.start < span.end <= len(text)


RULES = [rule for rule in load_packs(["core"])[0] if rule.kind == "frame"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_frame_is_skipped_where_it_stands(rule):
    texts = [example.text for example in (*rule.bad, *rule.good)]
    stood = 0
    for frame in map(Frame, rule.matcher["frames"]):
        for text in texts:
            whole = Span(0, len(text))
            if list(frame.spans(text, whole)):
                stood += 1
                assert frame.may_match(frozenset(words(text, whole)))
    assert stood


@pytest.mark.parametrize("text", ["Mum's lazy.", "Mums lazy", "Mum’s lazy"])
def test_the_words_of_a_sentence_hold_what_stands_before_an_apostrophe(text):
    assert {"mums", "lazy"} <= set(words(text, Span(0, len(text))))


@given(
    st.lists(
        st.sampled_from(
            [
                "mum",
                "she",
                "is",
                "was",
                "very",
                "so",
                "bone-idle",
                "bone idle",
                "couldn’t",
                "COULDNT",
                "care",
                ",",
                "less",
            ]
        ),
        min_size=1,
        max_size=9,
    )
)
def test_the_first_text_and_all_others_are_read_alike(words):
    text, frame = " ".join(words), "mum|she is|was|couldn't very|so? [bone-idle|care~less|care]"
    other = Frame(frame)
    list(other.spans("something else", Span(0, 14)))
    assert list(other.spans(text, Span(0, len(text)))) == list(Frame(frame).spans(text, Span(0, len(text))))
