"""Are two words two spellings of one name?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations

FARTHEST = 2  # edits between two spellings
FEW = 60  # words that are compared one by one: quicker than an index over so few
_ENDINGS = ("y", "ie", "i", "s", "ey")


def alike(one: str, other: str) -> bool:
    """Could these be two spellings of one name? Not a nickname, not a man's and a woman's form of one name."""
    if one == other or min(len(one), len(other)) < 3:
        return False
    if is_heard_alike(one, other):
        return True
    if abs(len(one) - len(other)) > 2:
        return False
    if len(set(one) ^ set(other)) > 2 * FARTHEST:  # an edit changes two letters at most
        return False
    short, long = sorted((one, other), key=len)
    if long in {short + e for e in _ENDINGS} or _is_pair(one, other) or _is_shortened(short, long):
        return False
    far = distance(one, other)
    if len(short) < 4:
        if len(long) == 3:
            return far == 1 and _is_heard_as_one(one, other)
        return far == 1 and len(long) == 4 and ((long[:3] == short and long[-1] == "e") or _is_unheard(short, long))
    if far == 1:
        return one[0] == other[0] or sound(one) == sound(other)
    same = sound(one) == sound(other)
    if far == 2:
        close = len(short) >= 5 and (sorted(one) == sorted(other) or (len(short) > 6 and one[0] == other[0]))
        return close or (same and (len(short) >= 5 or one[0] == other[0]))
    return far <= 4 and same and len(short) >= 5 and one[0] == other[0] and len(sound(one)) > 2


# Women's names that are a man's with an “e” behind.
_HERS = frozenset(
    "louise simone michele danielle gabrielle nicole pauline rene renee justine francine josephine maxine jane anne"
    " adriane christiane emmanuelle giselle raphaelle noelle joelle ariane philippe carole jo joe clare".split()
)


# Names that are said otherwise than they look to those who have only heard them, and how they are said.
_SAID = dict(
    pair.split("=")
    for pair in (
        "saoirse=sersha aoife=eefa niamh=neev caoimhe=keeva siobhan=shivawn sinead=shinade sean=shawn eoghan=owen eoin=owen"
        " ciara=keera ciaran=keeran roisin=rosheen oisin=usheen tadhg=tige grainne=gronya aisling=ashling padraig=porrick"
        " cillian=killian caoilfhionn=keelin meadhbh=maeve medb=maeve sadhbh=sive dearbhla=dervla muireann=mwirin"
        " ruaridh=rory ruairi=rory eilidh=aylee mhairi=varry iain=ian catriona=katreena seonaid=shona calum=callum"
        " sioned=shonned sian=sharn ieuan=yayan angharad=anharad rhiannon=reeannon llinos=linos siwan=shooan"
        " xanthe=zanthy xavier=zavier joaquin=wakeen yvonne=eevon eugenie=yoojeenie beauchamp=beecham cholmondeley=chumly"
        " featherstonehaugh=fanshaw leigh=lee hugh=hew aneurin=anyrin geoffrey=jeffrey guillaume=geeyome stewart=stuart stephen=steven"
    ).split()
)


def is_heard_alike(one: str, other: str) -> bool:
    """Is one of them a name that the other writes down by ear (Saoirse, Sersha)?"""
    if (one not in _SAID and other not in _SAID) or sound(one) != sound(other):
        return False
    said, also = _SAID.get(one, one), _SAID.get(other, other)
    return said[0] == also[0] and distance(said, also) <= FARTHEST


_SILENT = ("dh", "gh", "th", "ie")  # endings that are not heard, or hardly


def _is_shortened(short: str, long: str) -> bool:
    """Josh and Joshua, Alex and Alexa: what is left off is heard."""
    rest = long[len(short) :]
    return long.startswith(short) and len(rest) > 1 and rest not in _SILENT


def _is_unheard(short: str, long: str) -> bool:
    """Teo and Theo, Jon and John, Ana and Anna: the letter more is an h or a double."""
    return short[0] == long[0] and short in (long.replace("h", ""), re.sub(r"(.)\1", r"\1", long))


def _is_heard_as_one(one: str, other: str) -> bool:
    """Zac and Zak: short names whose vowels are the same and whose consonants sound alike."""
    vowels = [re.sub(r"[^aeiou]", "", word) for word in (one, other)]
    return vowels[0] == vowels[1] and bool(vowels[0]) and sound(one) == sound(other)


class Spellings:
    """Words by what is left of them without up to FARTHEST letters, so that those near a word are found at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)

    @cached_property
    def _by_rest(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in self._words:
            for rest in (*_rests(word), _key(word)):
                found.setdefault(rest, set()).add(word)
        return found

    def like(self, word: str) -> list[str]:
        """The words that could be another spelling of this one, in the order of the alphabet."""
        if len(self._words) <= FEW:
            return [other for other in self._words if alike(word, other)]
        near = set().union(*(self._by_rest.get(rest, ()) for rest in (*_rests(word), _key(word))))
        return sorted(other for other in near if alike(word, other))


def _key(word: str) -> str:
    """How it sounds, marked so that it is nobody's rest."""
    return "~" + sound(word)


def _rests(word: str) -> set[str]:
    places = range(len(word))
    return {
        "".join(word[i] for i in places if i not in gone)
        for count in range(min(FARTHEST, len(word)) + 1)
        for gone in combinations(places, count)
    }


def _is_pair(one: str, other: str) -> bool:
    """Wiśniewski and Wiśniewska, Michael and Michaela, Louis and Louise are different people."""
    short, long = sorted((one, other), key=len)
    if (
        len(one) == len(other)
        and one[:-1] == other[:-1]
        and {one[-1], other[-1]} in ({"i", "a"}, {"o", "a"}, {"e", "a"})
    ):
        return {one[-1], other[-1]} != {"e", "a"}
    return long == short + "a" or long in _HERS


_SAME = (
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("h", ""),
    ("'", ""),
    ("’", ""),
    ("-", ""),
)


def sound(word: str) -> str:
    """A rough key of how a name sounds: consonants, doubled letters once; vowels count only at the beginning."""
    word = re.sub(r"(?<=[aeiou])(?:gh(?![aeiou])|dh$)", "", _SAID.get(word, word))
    word = re.sub(r"c(?=[eiy])", "s", word)
    for written, key in _SAME:
        word = word.replace(written, key)
    head = "a" if word[:1] in tuple("aeiou") else ""
    bare = re.sub(r"[aeiou]", "", word)
    return head + re.sub(r"(.)\1+", r"\1", bare)


def distance(one: str, other: str) -> int:
    """Edits between two words; a swap of neighbours is one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
