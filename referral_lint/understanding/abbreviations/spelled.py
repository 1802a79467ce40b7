"""Does a short form stand for these words? The letter test of Schwartz and Hearst (2003)."""

from __future__ import annotations


def spells(short: str, words: str) -> bool:
    """Are the letters of `short` found in `words`, in order, its first at the beginning of a word?"""
    return spelled_from(short, words) >= 0


def spelled_from(short: str, words: str) -> int:
    """Where in `words` the long form begins, read from the right; -1 if the letters are not there."""
    letters = [c for c in short.lower() if c.isalnum()]
    low = words.lower()
    at = len(low)
    for i in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (low[at] != letters[i] or (i == 0 and at > 0 and low[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return -1
    return at


def initials_of(short: str, words: list[str]) -> bool:
    """Do the words' first letters hold the letters of `short`, in order? Small words may be skipped."""
    letters = [c for c in short.lower() if c.isalpha()]
    found = 0
    for word in words:
        if found < len(letters) and word[:1].lower() == letters[found]:
            found += 1
    return len(letters) > 1 and found == len(letters)
