"""Spans that are taken: the same answer as asking each of them."""

from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Span
from referral_lint.understanding.taken import Taken

SPANS = st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(1, 9)), max_size=20)


@given(SPANS)
def test_a_span_overlaps_what_is_taken_or_is_taken_itself(spans):
    taken, kept = Taken(), []
    for span in spans:
        overlaps = any(k.start < span.end and span.start < k.end for k in kept)
        assert taken.overlaps(span) == overlaps
        if not overlaps:
            taken.add(span)
            kept.append(span)
