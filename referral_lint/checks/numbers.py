"""Numbers in words and in figures."""

from __future__ import annotations

from referral_lint.understanding.alternatives import either

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: i for i, word in enumerate(_ONES)} | {
    f"{ten}{'-' + one if i else ''}": 10 * t + i
    for t, ten in enumerate(_TENS, 2)
    for i, one in enumerate(["", *_ONES[1:10]])
}
IN_WORDS = either(set(NUMBERS) - {"zero"})


def number(word: str) -> int:
    """The number that digits or words give."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
