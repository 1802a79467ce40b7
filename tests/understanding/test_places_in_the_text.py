"""Whether a place lies inside a date or a quotation, found by halving, is what looking at each of them says."""

import numpy as np
import spacy
from hypothesis import given
from hypothesis import strategies as st

from referral_lint.model import Source
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting
from referral_lint.understanding.wording import tokens

NLP = spacy.blank("en")
PIECES = ("on 3 May 2024", "3/10", "“not now”", '"yes"', "he said", "‘later’", ".", "\n\n", "March 2023")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_inside_a_date_or_a_quotation(pieces):
    (document,) = read(Source("draft.txt", ("Hello. " + " ".join(pieces)).encode(), "text/plain"))
    draft = Draft(document, NLP(document.text), Setting())
    dates = [date.span for date in draft.dates]
    offsets = np.arange(len(document.text) + 1)
    in_date, in_quotation = tokens.inside(offsets, dates), tokens.inside(offsets, draft.quotations)
    for offset in offsets.tolist():
        assert in_date[offset] == any(start <= offset < end for start, end in dates)
        assert in_quotation[offset] == draft.is_quoted_offset(offset)
        assert draft.is_quoted_offset(offset) == any(start <= offset < end for start, end in draft.quotations)
