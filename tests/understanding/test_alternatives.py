import re

from hypothesis import given
from hypothesis import strategies as st

from referral_lint.understanding.alternatives import either

WORDS = st.lists(st.text("ab-'é", min_size=1, max_size=4), min_size=1, max_size=6)


@given(WORDS, st.text("abAB-'éÉ ", max_size=20))
def test_it_finds_what_the_words_find_one_by_one(words, text):
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for flags in (0, re.I):
        for around in ("{}", r"\b{}\b", "{} "):
            found = re.finditer(around.format(either(words)), text, flags)
            wanted = re.finditer(around.format(f"(?:{plain})"), text, flags)
            assert [m.span() for m in found] == [m.span() for m in wanted]


def test_it_stands_beside_other_alternatives():
    assert re.findall(rf"(?i)\b(?:\d+|{either(['six', 'sixteen'])})\b", "Six, sixteen or 61; sixty") == [
        "Six",
        "sixteen",
        "61",
    ]
