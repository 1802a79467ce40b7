"""Whom a sentence speaks of: by name, by a kinship or role word, by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.understanding.people import Name
from referral_lint.understanding.people.words import HE, SHE, gender
from referral_lint.understanding.pronouns import words
from referral_lint.understanding.pronouns.known import Known, key_of
from referral_lint.understanding.pronouns.words import KIN, NAME, PRONOUN

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_WORD = compiled(r"(?<![^\W\d_]['’])[^\W\d_]+(?:-[^\W\d_]+)*")  # not the “s” of a possessive
_PRONOUNS = {"he": "he", "him": "he", "hes": "he", "she": "she", "her": "she", "shes": "she"}
_SMALL = frozenset("his her their the my our your a an another this that one some each".split())
# Of these somebody has one, and speaks of no “that mum”.
_UNIQUE = (HE | SHE) - frozenset(
    "man woman boy girl lad lady gentleman bloke fella uncle aunt brother sister son daughter nephew niece midwife".split()
)
# “Mum's flat” and “his mums flat”, but not “Mum's been” or “Mum's in tears”.
_OWNS = compiled(r"['’]s?(?=[\s.,])(?! (?:been|not|got|at|in|on|a|an|the)\b)")
# “She is a lovely girl” speaks of one person.
_IS_A = compiled(
    r"(?i)\b(?:is|was|being|been|be|(?:s?he|who|that|it)['’]?s|acts|as)\s(?:(?:not|just|such|very|really|still|only)\s)*"
    r"(?:a|an|the)\s(?:(?!and\b|with\b|of\b|to\b)[\w-]+\s){0,2}$"
)
_CLOSES = compiled(r"\s*(?:[,).;:]|who|$)")  # what comes after somebody who was only put beside another
_REACH = 40  # characters before a word in which “is a …” may begin


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody whom a sentence speaks of. `key` tells people apart, `owner` says whose relation it is."""

    span: Span
    kind: str  # NAME | KIN | ROLE | PRONOUN
    key: str
    sex: str = ""  # he | she | "" if the words do not say
    owner: str = ""
    tie: str = ""  # of a name, the kinship or role word that stands with it
    owns: bool = False  # named only as the one whose relation or thing it is (“Mum's flat”)

    def is_same(self, other: Who) -> bool:
        """Could both be one person?"""
        if self.key == other.key:
            both = {self.owner, other.owner}
            return len(both) == 1 or (both <= _SMALL | {""} and both != {"his", "her"})
        return bool(self.tie and self.tie == other.key) or bool(other.tie and other.tie == self.key)


def of(draft: Draft, sentence: Span, known: Known) -> list[Who]:
    """Everybody in the sentence, in order; not those in quotation marks or of whom it says only what they are."""
    names = [_named(draft.text, name, known) for name in draft.names_between(*sentence)]
    found = [who for who in names if who.span.end <= sentence.end]
    tokens, held = list(_WORD.finditer(draft.text, *sentence)), _characters(found)
    for i, token in enumerate(tokens):
        if held.isdisjoint(range(*token.span())):
            told = list(_told(draft.text, tokens, i, known))
            found += told
            held |= _characters(told)
    held = _characters(who for who in found if who.kind != PRONOUN)
    found = [who for who in found if who.kind != PRONOUN or held.isdisjoint(range(*who.span))]
    found.sort(key=lambda who: who.span)
    kept = [who for who in found if not (draft.is_quoted_offset(who.span.start) or _is_said_of(draft, sentence, who))]
    return [replace(who, owns=who.owns or _is_owner(draft.text, who)) for who in _joined(draft.text, kept)]


def _named(text: str, name: Name, known: Known) -> Who:
    """With its title, whatever stands between the two (“Mr. Bell”)."""
    start = text.rindex(name.title, 0, name.span.start) if name.title else name.span.start
    key = key_of(name)
    return Who(Span(start, name.span.end), NAME, key, gender(name.title) or known.sexes.get(key, ""))


def _characters(found: Iterable[Who]) -> set[int]:
    """The offsets that they take: looked up at once, however many people a sentence has."""
    return {offset for who in found for offset in range(*who.span)}


def _told(text: str, tokens: Sequence[re.Match[str]], i: int, known: Known) -> Iterator[Who]:
    """The person whom one word tells of, if any: a kinship or role word with whose it is, or a pronoun."""
    word = tokens[i][0].lower()
    if word in _PRONOUNS:
        if text[tokens[i].end() : tokens[i].end() + 1] != "/":
            yield Who(Span(*tokens[i].span()), PRONOUN, f"*{_PRONOUNS[word]}", _PRONOUNS[word])
        return
    kind, sex = words.of(word)
    if kind and words.stands(word, tokens[i - 1][0].lower() if i else ""):
        yield _by_word(text, tokens, i, known, Who(Span(*tokens[i].span()), kind, word, sex))
    elif _is_bare_owner(text, tokens, i, known):  # “mums sister”
        kind, sex = words.of(word[:-1])
        yield _by_word(text, tokens, i, known, Who(Span(*tokens[i].span()), kind, word[:-1], sex, owns=True))


def _is_bare_owner(text: str, tokens: Sequence[re.Match[str]], i: int, known: Known) -> bool:
    """Is this a relation or a name with a possessive ending that lacks its apostrophe?"""
    word = tokens[i][0].lower()
    if not word.endswith("s") or i + 1 >= len(tokens) or text[tokens[i].end() : tokens[i + 1].start()] != " ":
        return False
    owner = word[:-1]
    is_person = words.of(owner)[0] == KIN or owner in known.named or owner in ("mate", "friend", "partner", "cousin")
    return is_person and words.of(tokens[i + 1][0].lower())[0] == KIN


def _by_word(text: str, tokens: Sequence[re.Match[str]], i: int, known: Known, who: Who) -> Who:
    """With the words before it: which one it is, and whose."""
    key, first = who.key, i
    while first and text[tokens[first - 1].end() : tokens[first].start()] in (" ", "-"):
        before = tokens[first - 1][0].lower()
        if not words.sorts(before):
            break
        key, first = f"{before}-{key}" if words.tells_apart(before) else key, first - 1
    end = tokens[i].end()
    if text[end : end + 7].lower() == " in law":
        key, end = f"{key}-in-law", end + 7
    owner, start = _owner(text, tokens, first, known)
    return replace(who, span=Span(start, end), key=key, owner=owner)


def _owner(text: str, tokens: Sequence[re.Match[str]], first: int, known: Known) -> tuple[str, int]:
    """Whose relation it is, in small letters, and where the words for the person then begin."""
    start = tokens[first].start()
    if first:
        before = tokens[first - 1]
        between, word = text[before.end() : start], before[0].lower()
        if between in ("'s ", "’s ") or (between == " " and _is_bare_owner(text, tokens, first - 1, known)):
            return f"{word}'s", before.start()
        joins = word == "that" and tokens[first][0].lower() in _UNIQUE  # “she says that mum left”
        if between == " " and word in _SMALL and not joins:
            return "" if word == "the" else word, before.start()
    return "", start


def _is_said_of(draft: Draft, sentence: Span, who: Who) -> bool:
    start = max(sentence.start, who.span.start - _REACH)
    # The article belongs to the span of the person.
    head = draft.text[start : who.span.start] + draft.text[who.span.start : who.span.end].partition(" ")[0] + " "
    return who.kind not in (NAME, PRONOUN) and _IS_A.search(head) is not None


def _is_owner(text: str, who: Who) -> bool:
    if who.kind == NAME and text[who.span.end : who.span.end + 2] == "s ":
        return True
    return who.kind != PRONOUN and _OWNS.match(text, who.span.end) is not None


def _joined(text: str, found: Sequence[Who]) -> Iterator[Who]:
    """“Her sister Bernie” and “the owner, Mrs Begum,” are one person."""
    last: Who | None = None
    for who in found:
        if last is not None and _is_one(text, last, who):
            name, word = (who, last) if who.kind == NAME else (last, who)
            last = replace(name, span=Span(last.span.start, who.span.end), sex=name.sex or word.sex, tie=word.key)
            continue
        if last is not None:
            yield last
        last = who
    if last is not None:
        yield last


def _is_one(text: str, one: Who, other: Who) -> bool:
    """Side by side, or the second between commas or in brackets, or “is” between them."""
    if PRONOUN in (one.kind, other.kind) or (one.sex and other.sex and one.sex != other.sex):
        return False
    between = text[one.span.end : other.span.start]
    if (one.kind == NAME) == (other.kind == NAME) and other.owner not in ("a", "an"):
        return False
    if between in (", ", " (", " - "):
        return _CLOSES.match(text, other.span.end) is not None
    return between in (" is ", " was ", " is called ") or (between == " " and NAME in (one.kind, other.kind))
