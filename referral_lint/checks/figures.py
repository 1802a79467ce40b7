"""Figures that do not fit each other: shares, parts of a whole, sums, pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from referral_lint.checks.numbers import NUMBERS, number
from referral_lint.model import Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding.alternatives import either

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft


def unfit(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match for each figure that another figure beside it contradicts."""
    for finder in (_over_all, _shares, _parts, _both, _pages, _sums, _in_words, _change, _brackets, _products, _prices):
        for match in finder(draft, rule):
            if match.span is not None and draft.is_own_offset(match.span.start):
                yield match


_OVER_ALL = compiled(r"(?i)\battend(?:ance|ed)\b[^\n\d%]{0,15}(?P<p>1\d\d(?:\.\d)?) ?(?:%|per ?cent)")
_WHOLE = 100


def _over_all(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Attendance: 104%”."""
    for found in _OVER_ALL.finditer(draft.text):
        if float(found["p"]) > _WHOLE:
            yield Match(rule, Span(found.start("p"), found.end()), {"earlier": "at most 100%"})


_SHARE = compiled(
    r"(?<![\d.])(?P<p>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent) ?\((?P<a>\d{1,3}) (?:out )?of (?P<b>\d{1,3})\b[^)\n]{0,25}\)"
    r"|(?<![\d.])(?P<a2>\d{1,3}) (?:out )?of (?P<b2>\d{1,3})\b[^()\n]{0,20}\((?P<p2>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent)\)"
)


def _shares(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“100% (7 out of 8)”: a percentage that its own figures do not give."""
    for found in _SHARE.finditer(draft.text):
        told, part, whole = (float(found[k] or found[k + "2"]) for k in "pab")
        share = 100 * part / whole if whole else told
        if min(abs(share - told), abs(100 - share - told)) > 1.5:  # present or missed
            at = found.start("a" if found["a"] else "p2")
            yield Match(rule, Span(*found.span()), {"earlier": found[0][: at - found.start()].strip(" (")})


# With “of” or “from” alone it could be a day, a page or a street: “21 of 19 sessions”, “41 out of 40”.
_PART = compiled(
    r"(?i)(?<![\w./:-])(?P<a>\d{1,3}) (?:out of (?:a (?:total|possible) (?:of )?)?|(?P<of>of|from) )(?:the |his |her |their |a possible )?(?:(?:last|past) )?(?P<b>\d{1,3})(?!\w|\.\d)"
    r"(?(of)(?= (?:\w+ )?(?:sessions|lessons|appointments|visits|weeks|days|mornings|afternoons|nights|meetings|contacts|weigh-ins)\b))"
)


def _parts(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“21 of 19 sessions”, “11 out of 10”, “all four of the three”."""
    for found in _PART.finditer(draft.text):
        if int(found["a"]) > int(found["b"]) and not draft.is_quoted_offset(found.start()):
            yield Match(rule, Span(*found.span("b")), {"earlier": found["a"]})
    for found in _ALL_OF.finditer(draft.text) if "all " in draft.searched.low else ():
        every, those = found["n"] or found["n2"], found["m"] or found["m2"]
        if NUMBERS[every.lower()] != NUMBERS[those.lower()]:
            place = Span(*found.span()) if found["n"] else Span(found.start("n2") - len("all "), found.end())
            yield Match(rule, place, {"earlier": those})


_COUNTS = either(word for word, count in NUMBERS.items() if 1 < count < 13)
# “All four of the three papers”; “eight other parents, all nine of them”.
_ALL_OF = compiled(
    rf"(?i)\ball (?P<n>{_COUNTS}) of (?:the|his|her|their|these|those|our) (?P<m>{_COUNTS})\b"
    rf"|\b(?P<m2>{_COUNTS}) (?:other )?(?:parents|children|kids|boys|girls|brothers|sisters|siblings|pupils|families|residents|tenants|carers|adults), all (?P<n2>{_COUNTS}) of them\b"
)
_MANY = either(word for word, count in NUMBERS.items() if 2 < count < 10)
_BOTH = compiled(rf"(?i)\bboth (?:of )?(?P<of>(?:her|his|their|the|my|our|these|those) (?:{_MANY}|[3-9])\b)")


def _both(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Both of her three daughters”."""
    for found in _BOTH.finditer(draft.text):
        yield Match(rule, Span(*found.span()), {"earlier": "both"})


_PAGES = compiled(r"(?i)\bpages (?P<a>\d{1,3}) ?(?:to|-|–) ?(?P<b>\d{1,3})\b")


def _pages(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Pages 15 to 22, the minutes; pages 20 to 31, the notes”: parts of one bundle that overlap."""
    hits = list(_PAGES.finditer(draft.text))
    for one, other in zip(hits, hits[1:], strict=False):
        together = draft.sentence_at(one.start()) == draft.sentence_at(other.start())
        if together and int(one["a"]) < int(other["a"]) <= int(one["b"]) < int(other["b"]):
            yield Match(rule, Span(*other.span()), {"earlier": one[0]})


_TOTAL = compiled(
    r"(?im)^[ \t]*(?:in all|total|in total|altogether)\b[^\n\d]{0,12}[:|]?[ \t]*(?P<n>\d{1,4})\b(?![.,/:]?\d)"
)
_COUNT = compiled(r"(?<![\d£.,/:-])(?P<n>\d{1,3}) (?P<what>[a-z]{4,}s)\b")


def _sums(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Lines that each count the same thing, and below them a total that is not their sum."""
    for total in _TOTAL.finditer(draft.text):
        counts: list[re.Match[str]] = []
        for line in reversed(draft.text[: total.start()].removesuffix("\n").split("\n")):
            hits = list(_COUNT.finditer(line))
            if len(hits) != 1 or (counts and hits[0]["what"] != counts[0]["what"]):
                break
            counts.append(hits[0])
        if len(counts) > 1 and sum(int(hit["n"]) for hit in counts) != int(total["n"]):
            yield Match(rule, Span(*total.span("n")), {"earlier": " + ".join(hit["n"] for hit in reversed(counts))})


_IN_WORDS = compiled(
    rf"(?i)\b(?P<w>{either(w for w, n in NUMBERS.items() if n > 1)}) \((?P<d>\d{{1,3}})\)|(?<![\w/.-])(?P<d2>\d{{1,3}}) \((?P<w2>{either(w for w, n in NUMBERS.items() if n > 1)})\)"
)


def _in_words(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Six (5)”: a number in words and another in figures."""
    for found in _IN_WORDS.finditer(draft.text):
        word, figure = found["w"] or found["w2"], found["d"] or found["d2"]
        later = found.span("d" if found["d"] else "w2")
        if NUMBERS[word.lower()] != int(figure) and not draft.names_between(found.start() - 25, found.start()):
            yield Match(rule, Span(*later), {"earlier": word if found["d"] else figure})


_CHANGE = compiled(
    r"(?i)\b(?P<way>lost|fell|fallen|dropped|reduced|decreased|down|gone down|declined|gained|risen|rose|increased|gone up|grown|improved)\b[^.;\n]{0,30}?\bfrom (?P<a>\d+(?:\.\d+)?) ?(?P<u>kg|%|per ?cent|cm|stone|lb)? to (?P<b>\d+(?:\.\d+)?)(?! ?(?:days|weeks|months|years|times)|[\d/:])"
)
_UP = ("gained", "risen", "rose", "increased", "gone up", "grown")


def _change(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Has lost weight, from 28.1 to 29.3 kg”."""
    for found in _CHANGE.finditer(draft.text):
        one, other = float(found["a"]), float(found["b"])
        way = found["way"].lower()
        if way != "improved" and one != other and (other > one) != (way in _UP):
            yield Match(rule, Span(*found.span("b")), {"earlier": f"{found['way']} … from {found['a']}"})


_BRACKET = compiled(r"\((?P<n>\d{1,3}) (?P<what>days|sessions|times|weeks|occasions|visits|children|hours)\)")


def _brackets(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“29 days: headache (17 days), stomach pain (9 days) and a cold (4 days)”."""
    for sentence, parts in _by_sentence(draft, _BRACKET):
        what = parts[0]["what"]
        told = re.findall(
            rf"(?<![\d(./])(\d{{1,3}}) {what}\b(?!\))", draft.text[max(0, sentence.start - 120) : parts[0].start()]
        )
        if (
            len(parts) > 1
            and told
            and all(p["what"] == what for p in parts)
            and sum(int(p["n"]) for p in parts) != int(told[-1])
        ):
            yield Match(rule, Span(*parts[-1].span()), {"earlier": f"{told[-1]} {what}"})


def _by_sentence(draft: Draft, pattern: re.Pattern[str]) -> Iterable[tuple[Span, list[re.Match[str]]]]:
    """The places of a pattern, by the sentence in which they stand."""
    found: dict[Span, list[re.Match[str]]] = {}
    for place in pattern.finditer(draft.text):
        found.setdefault(draft.sentence_at(place.start()), []).append(place)
    return found.items()


_PRODUCT = compiled(
    rf"(?i)(?<![\w.])(?P<a>\d{{1,3}}|{_COUNTS})(?: (?:days|weeks|nights|hours|sessions|visits|places|packs|pairs))? ?(?:x|×|@|at) ?£(?P<p>\d+(?:\.\d\d)?)(?: each| a week| per week)?[^.\n£]{{0,15}}(?:=|total|in all|makes|comes to|is) ?£(?P<t>\d[\d,]*(?:\.\d\d)?)"
)


def _products(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“12 at £5 = £65”."""
    for found in _PRODUCT.finditer(draft.text) if "£" in draft.text else ():
        if abs(number(found["a"]) * float(found["p"]) - _pounds(found["t"])) > 0.5:
            yield Match(rule, Span(found.start("t") - 1, found.end("t")), {"earlier": f"{found['a']} at £{found['p']}"})


_POUNDS = compiled(r"£(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d)?)(?![\d,.]*\d)(?! ?[km]\b)")
_TOGETHER = compiled(
    r"(?i)\b(?:together|altogether|in all|in total|a total of|total(?:ling|s)?|comes to|adds up to|making)(?: that (?:is|makes|comes to))?[ :,-]{1,3}(?:of |is |=\s?)?$"
)
# A price that is no part of a sum: so much for each, or for so long.
_RATE = compiled(
    r"(?i)\b(?:each|per|apiece|every|of which|off|less|minus|left|short|already|discount|if|or)\b| (?:a|an) (?:week|month|day|hour|head|night|year|pair|term)\b"
)


def _prices(draft: Draft, rule: Rule) -> Iterator[Match]:
    """“Two beds £238, uniform £96, together £324”: amounts of one sentence that are not what they are said to make."""
    if draft.text.count("£") <= _PRICES:
        return
    for sentence, amounts in _by_sentence(draft, _POUNDS):
        total, parts = amounts[-1], amounts[:-1]
        told = draft.text[sentence.start : total.start()]
        if len(parts) < _PRICES or not _TOGETHER.search(told) or _RATE.search(draft.text, *sentence):
            continue
        worth = [_pounds(amount["n"]) for amount in amounts]
        sums = (sum(worth[i:-1]) for i in range(len(parts) - 1))
        if all(abs(one - worth[-1]) > 0.5 for one in sums) and worth[-1] > max(worth[:-1]):
            yield Match(rule, Span(*total.span()), {"earlier": " + ".join(part[0] for part in parts)})


_PRICES = 2  # amounts at least that are added up


def _pounds(amount: str) -> float:
    return float(amount.replace(",", ""))
