"""A pattern's needles stand in every text that it matches, and the sieve lets every such text through."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.paths import MODELS
from referral_lint.understanding import needles as module
from referral_lint.understanding.needles import Sieve, Sought, bits, needles
from referral_lint.understanding.saying.frames import frames

PATTERNS = (
    r"(?:for (?:your )?information only|no action)",
    r"refus(?:ed|es)? to \w+",
    r"\bmum['’]s (?:partner|boyfriend)\b",
    r"(?:ab|a?c)+d",
    r"x{2,3}(?:y|z)?",
    r"(?<!not )safe(?! place)",
    r"[ab]c|(?P<words>d)e",
    r"a*",
    r"\w+n't (?:know|care)",
    r"(?i)(?-i:Mum) (?:said|told)",
)


@given(st.sampled_from(PATTERNS).flatmap(lambda p: st.tuples(st.just(p), st.from_regex(p))))
def test_what_a_pattern_matches_holds_one_of_its_needles(case):
    pattern, text = case
    assert Sought(pattern, re.I).may_match(text.lower())


@given(
    st.sampled_from(frames()).flatmap(
        lambda f: st.tuples(st.just(f), st.from_regex(f.every[0].pattern)) if f.every else st.nothing()
    )
)
def test_the_frames_of_statements_are_never_skipped_where_they_fit(case):
    frame, text = case
    assert frame.every[0].may_match(text.lower())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:he|she|him)\b", [{"he", "him"}]),  # “she” holds “he”
        (r"colou?r of \w+", [{"color of ", "colour of "}]),
        (r"(?:not|never) \w+ (?:told|asked)", [{" told", " asked"}, {"told", "asked"}, {"not ", "never "}]),
        (r"\d{4} ", []),
        (r"(?:risk)?", []),
    ],
)
def test_what_is_read_off_a_pattern(pattern, expected):
    assert sorted(map(sorted, needles(pattern))) == sorted(map(sorted, expected))


def test_a_broken_pattern_fails_at_once():
    with pytest.raises(re.error):
        needles("(")


def test_what_is_kept_of_the_patterns_is_what_they_say():
    made = subprocess.run(
        [sys.executable, MODELS / "scripts" / "needles.py", "--check"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr


def test_without_what_is_kept_a_pattern_is_read(monkeypatch, tmp_path):
    kept = frames()[0].every[0]
    monkeypatch.setattr(module, "RULES", tmp_path)
    module._kept.cache_clear()
    try:
        read = Sought(kept.pattern)
        assert read.key not in module._kept()
        assert (read.needles, read.openings) == (kept.needles, kept.openings)
    finally:
        module._kept.cache_clear()


WORDS = st.lists(st.text("abc'n", min_size=1, max_size=5), max_size=6)


SETS = st.lists(st.lists(st.text("abc'n", min_size=1, max_size=4), min_size=1, max_size=3), max_size=3)


@given(st.lists(SETS, max_size=8), WORDS)
def test_the_sieve_keeps_just_the_patterns_with_a_needle_in_a_word(wanted, words):
    kept = set(bits(Sieve(wanted).possible(words)))
    assert kept == {
        i for i, sets in enumerate(wanted) if all(any(s in w for s in some for w in words) for some in sets)
    }
