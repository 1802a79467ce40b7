"""Names where they must not stand: in an email's subject, and anywhere in a no-names enquiry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referral_lint.model import Span
from referral_lint.rules.rule import Match, Rule
from referral_lint.understanding import naming
from referral_lint.understanding.people.words import is_given

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_SUBJECT = re.compile(r"(?im)\A(?:[^\n]*\n){0,6}?subject[ \t]*:[ \t]*(?P<s>[^\n]+)")
_BIRTH = re.compile(r"(?i)\b(?:d\.?o\.?b\.?|born)[ :]*\d{1,2}[/. ]\w+[/. ]\d{2,4}")


def subject_of(draft: Draft) -> Span | None:
    """The words of the subject line; None if the draft has none."""
    found = _SUBJECT.search(draft.text[:1500])
    return Span(*found.span("s")) if found else None


def name_in_subject(draft: Draft, rule: Rule) -> Iterator[Match]:
    """A name or date of birth of the child or family in the subject of an email that names them."""
    subject = subject_of(draft)
    if subject is None or draft.mode == "no-names":
        return
    names = list(naming.in_subject(draft, subject))
    for name in names:
        yield Match(rule, name)
    for found in _BIRTH.finditer(draft.text, subject.start, subject.end):
        if not any(n.start < found.end() and found.start() < n.end for n in names):
            yield Match(rule, Span(*found.span()))


_KIN = r"(?:mum|mam|mother|dad|father|nan|gran|brother|sister|stepdad|parents?|uncle|aunt)"
_PLACE = r"(?:Street|Road|Lane|Close|Row|Avenue|Hill|Way|Drive|Place|Terrace|Gardens|Crescent|Court|Estate|[Ee]state|Flats|Grove|Square|View|Walk)"
_CAPS = r"[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3}"
_POINTERS = tuple(
    re.compile(pattern)
    for pattern in (
        # where they live
        rf"(?:[Ll]ives?|[Ll]iving|[Tt]hey(?:['’]re| are) (?:at|in|on|up)|[Ff]amily in|[Ff]lat|[Hh]ouse|[Bb]ungalow)?(?P<w> ?\b(?:(?:[Tt]hey )?live[sd]? )?(?:just )?(?:in|on|at|over|above|up|opposite|next to|behind|off)(?: the)? (?:[\w'’]+ ){{0,4}}?(?:on |in |at )?{_CAPS} {_PLACE}(?: above [\w ]{{3,20}})?)\b",
        rf"(?P<w>\b(?:[A-Z]\w+ family in the|the end|the corner|the last) [\w ]{{3,25}} (?:on|in|over us on) {_CAPS})",
        rf"(?P<w>\b{_CAPS} {_PLACE})\b",
        r"(?P<w>\b(?:lives?|living|flat) (?:over|above|next to|opposite|behind) (?:the |our |us\b)[^.,;\n]{2,40})",
        # school, class, club
        rf"(?P<w>\b(?:(?:in )?(?:Year|Reception|P|Primary) ?\d{{0,2}} (?:at|in) )?{_CAPS} (?:Primary|School|Infants?|Juniors?|Academy|College|Nursery|Pre-?school|Comp(?:rehensive)?|High|breakfast club|Brownies|Cubs))\b",
        r"(?P<w>\b(?:Mr|Mrs|Ms|Miss) [A-Z]\w+['’]s class)\b",
        # what is known to everybody
        r"(?P<w>\bthe only (?:\w+ ){0,3}(?:one|boy|girl|child|family|lady|man|woman|lad|mum|dad|pupil|couple)\b(?: (?!and\b)[^.;,\s]+){0,8})",
        r"(?P<w>\bthe (?:one|lad|girl|boy|family|lady|man) (?:with|whose|that was|who was|from) (?:the |a |in |on |twin |whose )*[^.;,\n]{3,45})",
        r"(?P<w>\b(?:whose dad|whose mum|[Ss]he|[Hh]e|[Dd]ad|[Mm]um|[Tt]hey|[Ff]ather|[Mm]other)\b[^.;,\n]{0,25}\b(?:in|on) the (?:paper|papers|news|telly|Gazette|Echo|local press)\b[^.;\n]{0,45})",
        r"(?P<w>\bthe (?:one|lad|lass|girl|boy|man|woman|lady|family|mum|dad|child|kid|pupil|couple) (?:who|that|which) (?!minds|looks|cares|collects|told|said|says|does\b|is being|is having|was having|has been|have been|needs?|wants?|may|might|could|i (?:am|was)|we )[a-z]\w* (?:(?! and | but )[^.;,\n]){3,60})",
        r"(?P<w>\b(?:had|has|got) (?:his|her|their) (?:picture|photo|photograph|name|story) in [^.;\n]{3,50})",
        r"(?P<w>\b(?:is|was|sits|serves|['’]s) on (?:our|the|your) (?:\w+ )?(?:committee|board|governing body|governors|council|PTA|PCC)\b)",
        r"(?P<w>\b(?:won|came first in|judged|opened) (?:the|our|this year['’]s) (?:\w+ ){1,4}(?:in|at|on) [^.;\n]{3,40})",
        r"(?P<w>\b(?:her|his|the|with her|with his) (?:identical )?twins?\b(?:,? (?:brothers?|sisters?|who [^.;\n]{3,30}|in [A-Z]\w+))?)",
        r"(?P<w>\btwins (?:in|of|at|aged) \w+)",
        r"(?P<w>\b(?:head|deputy head) (?:girl|boy)(?: (?:at|of) [^.;,\n]{3,30})?)",
        r"(?P<w>\b(?:red|ginger|long|curly|bright)(?: \w+)? hair\b)",
        r"(?P<w>\b(?:\w+['’]s )?(?:solo|lead part|prize|trophy|medal)\b[^.;\n]{3,50})",
        r"(?P<w>\b(?:\d{1,2}|six|seven|eight|nine|ten|five|four|three) (?:last|on) (?:week|month|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|the \d+\w*|\d+ [A-Z]\w+))\b",
        r"(?P<w>\b(?:with|has|only) one (?:hand|arm|leg|eye)\b)",
        # an unusual job or place of work
        r"(?P<w>\b(?:drives|driving) the (?:school |village |church )?(?:mini)?bus\b)",
        r"(?P<w>\b(?:drives|driving) (?:the number \d+(?: bus)?|for [A-Z]\w+[^.;,\n]{0,20}|a (?:hearse|tram|gritter|milk float|school bus))[^.;,\n]{0,10})",
        rf"(?P<w>\b(?:{_KIN}|[Dd]ad|[Mm]um|he|she|He|She|[Ff]ather|[Mm]other)(?:['’]s| is| was| works?| does)? (?:a |an |the |our |nights |days |shifts |behind )?(?:[\w-]+ ){{0,4}}(?:at|for|behind|in)(?: the)? (?:bar at the )?{_CAPS}(?: [a-z]+)?)",
        r"(?P<w>\b(?:is|['’]s|was) (?:the|our) (?:\w+ ){0,2}(?:minister|vicar|imam|priest|mayor|councillor|postman|postmistress|headteacher|head ?teacher|doctor|dentist|vet|publican|landlord|butcher|lifeboat man|PE teacher|caretaker|receptionist|crossing patrol|lollipop (?:man|lady))\b(?: (?!and\b)[^.;,\s]+){0,4})",
        r"(?P<w>\bthe (?:head |chief |main )?(?:receptionist|caretaker|manager|cook|cleaner|secretary|landlord|landlady) (?:at|of|in) the [A-Z]\w+[^.;,\n]{0,20})",
        rf"(?P<w>\b(?:(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he) )?(?:own )?(?:{_KIN}|[Ss]he|[Hh]e)(?:['’]s| who|, who)? (?:works?|does|runs|keeps|owns|serves|drives|has|manages|sings|plays|preaches|cooks|cleans)\b(?:(?! and | but | because )[^.,;:\n]){{0,45}}\b(?:at|in|on|for|behind|with|runs|keeps|owns|manages|drives)(?: the)? (?!January|February|March|April|May|June|July|August|September|October|November|December|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Year |Reception|Christmas|Easter){_CAPS}(?: (?:on|by|in|over) the [a-z]+(?: [a-z]+)?)?)",
        r"(?P<w>\b(?:the )?(?:people|couple|folk|family|ones|pair) (?:who|that) (?:keep|run|own|have|had|won|lost) (?:the |a )?(?!been|not|no\b|to\b)(?:(?! and | but )[^.,;\n]){3,45})",
        r"(?P<w>\bthe ones (?:with|from|in) (?:(?! and | but )[^.,;\n]){3,50})",
        # what can be seen from afar
        r"(?P<w>\b(?:(?:a|the|with|in|has|wears|red|blue|pink|bright) )*(?:leg braces?|calipers|callipers|eye ?patch|patch over (?:the|one|her|his) (?:\w+ )?(?:eye|one)|birthmark|false leg|hook for a hand)\b)",
        r"(?P<w>[^.,;\n]{0,30},? you['’]?(?:ll| will| would|d) know (?:her|him|them|who)\b[^.,;\n]{0,30})",
        r"(?P<w>\b(?:in (?:a|the|his|her) )?(?:St\.? )?[A-Z][\w'’]+ (?:jumper|sweatshirt|blazer|uniform|tracksuit|hoodie))\b",
        r"(?P<w>\b(?:car|van|lorry|taxi|minibus|motorbike)(?:['’]s)? (?:reg|registration|number ?plate|plate)\b[^.,;\n]{2,30})",
        r"(?P<w>\b(?:at|from) the [A-Z][\w'’]+ (?:unit|class|centre|base|room))\b",
        # numbers and birth dates
        r"(?P<w>\b(?!\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b)\d{1,3}[a-z]? [A-Z][a-z]+ (?:Parade|Rise|Mews|Court|House|Green|Bank|Fold|Quay|Wharf|Yard|Buildings|Cottages|Villas|Wynd|Brae))\b",
        r"(?P<w>\b(?:called|phone|mobile|number)\b[^.;\n]{0,30}(?<!\d)0\d{3,4} ?\d{3} ?\d{3,4})",
        r"(?P<w>\b(?:born|dob|d\.o\.b\.?|date of birth)[ :]*\d{1,2}[/. ]\w+[/. ]\d{2,4})",
    )
)
_OWN = re.compile(
    r"(?i)\b(?:i (?:am|work|run|teach|manage)|i['’]m|we are|our (?:school|club|nursery|practice|team|service|office|centre)|my (?:school|office|manager|team)|ring me|call me|reach me|contact me|based (?:at|in))\b|\bmy (?:direct |mobile |phone |work )?$"
)
_NAME = re.compile(r"(?P<n>(?:(?:Mr|Mrs|Ms|Miss) )?\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b(?: [A-Z][a-z]*\b)?(?: [A-Z]\b)?)")
_SAID_OF = re.compile(
    r"(?:['’]s (?:mum|dad|brother|sister|nan|parents|family|dog|dad\b)|(?:['’]s)? (?:is|was|has|had|said|says|told|tells|lives|goes|comes?|came|gets?|asked|drops|does|did|who|and (?:his|her))\b|,? \(?(?:thats|that['’]s|the) (?:boy|girl|mum|dad|child|lad)|,? who\b)"
)
_LED_TO = re.compile(
    r"(?i)(?:\b(?:called|named|little|brother|sister|twin|son|daughter|mum|dad|boy|girl|lad|child|partner|boyfriend|dog|cat|said to|told|asked|with|re|about|ask|is)\b,? )$"
)


def in_no_names(draft: Draft, rule: Rule) -> Iterator[Match]:
    """Whatever in an enquiry without names says which family it is."""
    if draft.mode != "no-names":
        return
    own = _own_words(draft)
    taken: list[Span] = []
    for span in sorted([*_pointers(draft), *_names(draft, own), *_family(draft, own), *_subject_names(draft, own)]):
        if not any(t.start < span.end and span.start < t.end for t in taken):
            taken.append(span)
            yield Match(rule, span)


def _own_words(draft: Draft) -> frozenset[str]:
    return naming.others(draft) | {"no", "names"}


def _pointers(draft: Draft) -> Iterator[Span]:
    own = naming.others(draft)
    for block in draft.own_blocks():
        for pattern in _POINTERS:
            for found in pattern.finditer(draft.text, block.start, block.end):
                start, end = found.span("w")
                while draft.text[start] == " ":
                    start += 1
                sentence = draft.sentence_at(start)
                if re.fullmatch(
                    r"(?i)(?:the )?(?:mother|father|mum|dad|he|she) .*(?:am|pm|mon|tue|wed|thu|fri|sat|sun)",
                    draft.text[start:end],
                ):
                    continue
                capitals = [w.lower() for w in re.findall(r"[A-Z]\w+", draft.text[start:end])]
                theirs = bool(capitals) and all(w in own for w in capitals)
                if (
                    not theirs
                    and not draft.has(_OWN, Span(sentence.start, start))
                    and not draft.is_quoted_offset(start)
                ):
                    yield Span(start, end)


def _names(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    for block in draft.own_blocks():
        for found in _NAME.finditer(draft.text, block.start, block.end):
            if _is_name(draft, found, own):
                yield Span(*found.span("n"))


_FAMILY = frozenset({"child", "sibling", "parent", "partner", "relative"})


def _family(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    """Names of people whom the draft itself shows to be of the family."""
    for person in draft.people:
        for mention in person.mentions if person.role in _FAMILY else ():
            span = Span(mention.start, mention.end)
            near = draft.text[max(0, span.start - 45) : span.end + 45]
            words = [w.lower() for w in re.findall(r"[^\W\d_]+", draft.words(span))]
            theirs = any(w in own or naming.is_common(w) for w in words) or naming.STAFF.search(near) is not None
            if mention.kind == "name" and not theirs and draft.is_own_offset(span.start):
                if not draft.is_quoted_offset(span.start):
                    yield span


def _is_name(draft: Draft, found: re.Match[str], own: frozenset[str]) -> bool:
    text, (start, end) = draft.text, found.span("n")
    words = found["n"].split()
    first = words[1] if words[0] in ("Mr", "Mrs", "Ms", "Miss") and len(words) > 1 else words[0]
    if first.lower() in own or naming.is_common(first) or first in naming.NOT_NAMES or draft.is_quoted_offset(start):
        return False
    near = text[max(0, start - 45) : end + 45]
    if naming.STAFF.search(near):
        return False
    sentence = draft.sentence_at(start)
    opens = not re.search(r"\w", text[sentence.start : start])
    said = _SAID_OF.match(text, end) is not None
    if opens:
        return said
    led = _LED_TO.search(text[max(0, start - 20) : start]) is not None
    return led or (said and text[end : end + 1] != "")


def _subject_names(draft: Draft, own: frozenset[str]) -> Iterator[Span]:
    subject = subject_of(draft)
    if subject is None:
        return
    found = re.search(
        r"(?P<w>\b(?:(?:boy|girl|lad|mum|child|Mrs?|Ms|Miss) )?(?:[A-Z]\.?[A-Z]?\.?|[A-Z][a-z]+(?: [A-Z][a-z]+)?|(?:[A-Z]\.){1,3} [A-Z][a-z]+)(?: (?:at|from|in) [A-Z]\w+(?: [A-Z]\w+)*)?)\s*(?:$|Year \d+|\W)",
        draft.text[subject.start : subject.end][_after_re(draft.words(subject)) :],
    )
    first = _FIRST_NAME.match(draft.text, subject.start, subject.end)
    if first and is_given(first["w"].split()[0]) and not any(w.lower() in own for w in first["w"].split()):
        yield Span(*first.span("w"))
    if found:
        offset = subject.start + _after_re(draft.words(subject))
        words = [w.lower() for w in re.findall(r"[A-Za-z]+", found["w"])]
        if not all(w in own or naming.is_common(w) for w in words):
            yield Span(offset + found.start("w"), offset + found.end("w"))


_FIRST_NAME = re.compile(r"(?P<w>[A-Z][a-z]+(?: [A-Z]\b\.?| [A-Z][a-z]+)?)(?= ?[-–—:,] ?)")


def _after_re(subject: str) -> int:
    """Where the subject stops saying what kind of message it is."""
    ends = [found.end() for found in re.finditer(r"(?i)\b(?:re|about|regarding|concerning|for)\b:? |[-–—:] ", subject)]
    return ends[-1] if ends else len(subject)
