"""The conditions that have a name: what is true of the words at a place, or of the draft around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from referral_lint.model import BlockKind, Span, Status
from referral_lint.patterns import compiled
from referral_lint.understanding import sharing
from referral_lint.understanding.greetings import GREETING
from referral_lint.understanding.needles import Sought
from referral_lint.understanding.of_oneself import is_of_oneself
from referral_lint.understanding.purposes import DANGER, asks_little, profile
from referral_lint.understanding.purposes.signs import ARRANGEMENT
from referral_lint.understanding.withheld import is_kept_safe

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

Test = Callable[["Draft", Span], bool]


class Named(NamedTuple):
    """A condition as it is told of a rule, and its test; None: it asks the network about the rule's family, see holds.py."""

    words: str
    test: Test | None


_TIME = Sought(r"\b\d{1,2}[:.]\d\d ?(?:am|pm)?\b|\b\d{1,2} ?(?:am|pm)\b", re.I)
_NUMBER = Sought(  # not the age of somebody, “Ruby (4)”
    r"\b(?:(?<!\()(?<!aged )\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half|every (?:day|night|week))\b",
    re.I,
)
_OWNED = Sought(
    r"\b(?:i (?:think|believe|feel|consider|judge|suspect|wonder|worry|fear)|we (?:think|believe|consider|judge|suspect|wonder)"
    r"|in (?:my|our)(?: professional| clinical)? (?:view|opinion|judge?ment)|my (?:view|impression|judge?ment)|our (?:view|impression)"
    r"|it seems to me|to my mind|as i see it)\b",
    re.I,
)
_REASONED = Sought(
    r"\b(?:because|so that|since (?:he|she|they|the|i|we)|as (?:he|she|they) |which is why|that is why|for this reason)\b",
    re.I,
)
_ATTRIBUTED = Sought(
    r"\b(?:told (?:me|us|her|him|staff|the|ms|mrs|mr|miss|dr)|said|says|stated|according to|reported by|seen by|i saw|we saw"
    r"|i (?:noticed|heard|observed|counted|measured)|recorded by|(?:his|her|their) words|wrote)\b",
    re.I,
)
_SEEN = Sought(
    r"\b(?:i|we) (?:have |had |also |both )?(?:seen|saw|watched|found|checked|read)\b|\btells? (?:me|us|staff|the|his|her)\b|\btold (?:to|by)\b"
    r"|\b(?:statements?|records?|receipts?|letters?|police|bank|court|log|report|she|he|they) (?:shows?|showed|lists?|listed|confirm(?:s|ed)?|reports?|reported|describe[sd]?|disclosed|explain(?:s|ed)|complain(?:s|ed)|mentioned|noticed|discovered)\b"
    r"|\b(?:alleges?|alleged|reportedly|allegedly|source)\b",
    re.I,
)
_COURTESY = Sought(
    r"\b(?:please|reply|get back to|contact (?:me|us)|let (?:me|us) know|ring (?:me|us)|call (?:me|us)|email (?:me|us)|thank you|thanks"
    r"|look forward|in touch|check (?:it|this|the|my|our|email|emails)|inbox|our (?:team|service|office|club|session|sessions) (?:meet|meets|run|runs|is|are)"
    r"|we (?:meet|hold|run|review|offer)|sorry|apolog|happy to|available)",
    re.I,
)
# The writers' own arrangements: nothing that a reader would judge a risk by hangs on how often or how many.
_ARRANGED = Sought(
    r"\b(?:(?:i|we)(?:['’]?(?:m|ll|ve|d|re))? (?:(?:have|had|am|are|will|can|do|did|also|just|only|both|all|would|could) )?(?:\w+ ){0,2}?"
    r"(?:meet|moved|check|recently|usually|often|regularly|normally|generally|always|several|bring|send|write|pick|work|try|get|answer|use|do|find|see|run|hold|offer)"
    r"|parking|car park|email|e-mail|inbox|agenda|minutes of|copies|reception desk|switchboard|voicemail|opening hours|office hours|our (?:team|office|centre|club|group|session|sessions|service|form|reception|phone|door)"
    r"|rooms? (?:is|are) free|typing|software|training|by (?:phone|post)|leaflets?|kettle|coffee|biscuits|tea and|thank|reference number|trainers|lead time)\b",
    re.I,
)
_OWN_SUBJECT = Sought(r"\b(?:i|we|i['’]m|i['’]ve|we['’]re|we['’]ve|our|my|your)\b", re.I)
_FAMILY = Sought(
    r"\b(?:he|she|they|him|her|his|them|their|mum|mam|mother|dad|father|parents?|nan|gran\w*|child\w*|baby|boy|girl|lad|son|daughter|brother|sister"
    r"|family|pupil|patient|tenant|partner|boyfriend|girlfriend|husband|wife|uncle|aunt\w*|bruis\w+|home)\b",
    re.I,
)
_PRAISE = Sought(
    r"\b(?:enjoys?|enjoyed|loves?|loved|(?<!would )(?<!should )likes?(?! (?:it|he|she|they|the|a|an|this|that|his|her|their)\b)|proud|lovely|great|kind|polite|cheerful|happy|happily|helpful|helps|bright|good (?:at|company|with|reader|writer|swimmer|singer|dancer|runner|player|listener|sleeper|eater|friend|neighbour)|well liked|favourite|"
    r"smil\w+|laugh\w*|beats me|punctual|patient|thoughtful|on time|keen|praise\w*|fond|affectionate|devoted|loving|gentle|brilliant|talented|reliable|delight\w*|best|first in|without fail|never forgets?|(?<!not )(?<!not very )(?<!not always )(?<!not entirely )straightforward)\b",
    re.I,
)
# Where one of these is said, it matters how often, how many, how long.
_HARM = Sought(
    r"\b(?:alone|unsupervised|hit|hits|hitting|slap\w*|kick\w*|punch\w*|smack\w*|hurt\w*|bruis\w*|marks?|burn\w*|injur\w*|bleed\w*|fall|falls|fell|fallen|faint\w*|collaps\w*|drunk|drinking|drinks?|intoxicated|drugs?"
    r"|cannabis|cocaine|heroin|shout\w*|scream\w*|threat\w*|afraid|scared|frightened|hungry|starv\w*|not eaten|hasn['’]?t eaten|hadn['’]?t eaten|missing|goes off|runs? away|ran away|strangers?|self.?harm\w*|suicid\w*"
    r"|wander\w*|choke\w*|grab\w*|lock\w*|absent|late|unfed|dirty|soiled|unwashed|confused|forget\w*|crying|cries|upset)\b",
    re.I,
)
_OWNED_ACTION = Sought(
    r"\b(?:(?:i|we|he|she|they)['’]?(?: will|ll| shall| can| am| are|m|re| have|ve)|(?:could|can|would|will|please) (?:you|your)|you(?:r team)? (?:could|can|will)"
    r"|(?:mr|mrs|ms|miss|dr) \w+ (?:will|is|has)|please (?:let|ring|call|contact|tell|send|add|say))\b",
    re.I,
)
_FOUND = Sought(
    r"\b(?:convict\w+|court|found guilty|pleaded|admitted|finding of fact|fact.finding|caution(?:ed)?|registered|sentenced|offence|"
    r"tribunal|jury|prison for|served|programme|risk assessment)\b",
    re.I,
)
_LEGIBLY = Sought(
    r"\b(?:speaks?|writes?|says?|talks?|reads?|spoke|wrote|explain\w*|marked|signed|labelled|print\w*) \w{0,12} ?clearly\b",
    re.I,
)
_NEGATION = compiled(r"\b(?:no|not|never|without|denies|denied|nothing|nor|cannot|\w+n['’]t)\b[^.;:\n]{0,30}$", re.I)


def _sentence(pattern: Sought) -> Test:
    return lambda draft, span: draft.has(pattern, draft.sentence_at(span.start))


def _dated(draft: Draft, span: Span) -> bool:
    clause = _clause(draft, span)
    if any(clause.start <= d.span.start < clause.end for d in draft.dates):
        return True
    return draft.has(_TIME, clause)


_NEW_LINE = compiled(
    r"[.!?]\s|(?:;|,? (?:and|but|so|when|which)) (?=(?:i|we|he|she|they|it|mum|dad|his|her|their)\b)|\n\s*(?:[-•*–]|\d{1,2}[.)\s]|[a-z][.)])",
    re.I,
)
_NEAR = 110  # characters either side: as far as a date or a number still speaks of these words


def speaks_of_harm(draft: Draft, span: Span) -> bool:
    """Does the clause around the words say that somebody is harmed?"""
    return draft.has(_HARM, _clause(draft, span))


def _clause(draft: Draft, span: Span) -> Span:
    """The sentence around the words, without the other lines of a list that somebody wrote without full stops."""
    sentence = draft.sentence_at(span.start)
    start, end = max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR)
    for line in _NEW_LINE.finditer(draft.text, start, end):
        if line.end() <= span.start:
            start = line.start() + 1
        elif line.start() >= span.end:
            end = line.start()
            break
    return Span(start, max(end, span.end))


def _counted(draft: Draft, span: Span) -> bool:
    """A number beside the words, but not the one inside them (“more than one”)."""
    clause = _clause(draft, span)
    return draft.has(_NUMBER, Span(clause.start, span.start)) or draft.has(_NUMBER, Span(span.end, clause.end))


def _followed_by_fact(draft: Draft, span: Span) -> bool:
    following = draft.next_sentence(draft.sentence_at(span.start))
    if following is None:
        return False
    dated = any(following.start <= d.span.start < following.end for d in draft.dates)
    return (
        dated
        or draft.has(_NUMBER, following)
        or any(following.start <= q.start < following.end for q in draft.quotations)
    )


def _not_material(draft: Draft, span: Span) -> bool:
    clause = _clause(draft, span)
    if draft.has(_HARM, clause):
        return False
    if any(draft.has(pattern, clause) for pattern in (_COURTESY, _ARRANGED, _PRAISE)):
        return True
    return draft.has(_OWN_SUBJECT, clause) and not draft.has(_FAMILY, clause)


def _explained_at_once(draft: Draft, span: Span) -> bool:
    """A colon, dash or bracket after the words with something behind it in the sentence, or a quotation in it."""
    sentence = draft.sentence_at(span.start)
    after = draft.text[span.end : sentence.end]
    told = re.search(r"(?:[:(]|\s[-–—]\s|\bbecause\b)[^\n]{12,}", after)
    return told is not None or any(sentence.start <= q.start < sentence.end for q in draft.quotations)


def _reasoned_view(draft: Draft, span: Span) -> bool:
    """Owned, and the reason given at once: the judgement that readers ask for."""
    sentence = draft.sentence_at(span.start)
    if not draft.has(_OWNED, sentence):
        return False
    following = draft.next_sentence(sentence)
    return draft.has(_REASONED, sentence) or (following is not None and draft.has(_REASONED, following))


def _negated_praise(draft: Draft, span: Span) -> bool:
    before = draft.text[max(0, span.start - 24) : span.start]
    return (
        re.search(r"(?i)\b(?:not|never|n['’]t|nor|neither|without|no longer|anything but) (?:\w+ )?$", before)
        is not None
    )


def _question(draft: Draft, span: Span) -> bool:
    sentence = draft.sentence_at(span.start)
    return draft.text[sentence.start : sentence.end].rstrip("\"'”’) ").endswith("?") or draft.has(_LEGIBLY, sentence)


def _quotation_near(draft: Draft, span: Span) -> bool:
    sentence = draft.sentence_at(span.start)
    following = draft.next_sentence(sentence) or sentence
    return any(sentence.start <= q.start < following.end for q in draft.quotations)


def _sourced(draft: Draft, span: Span) -> bool:
    """Who saw or said it often stands in the sentence before, or in the next (“She told me so on Monday”)."""
    return any(draft.has(pattern, draft.around(span, 1)) for pattern in (_ATTRIBUTED, _SEEN))


def _asked_for(draft: Draft, span: Span) -> bool:
    block = draft.document.block_at(span.start)
    return block is not None and sharing.is_asked_for(draft, block, "child")


def _in_earlier_message(draft: Draft, span: Span) -> bool:
    block = draft.document.block_at(span.start)
    return block is not None and block.kind is BlockKind.QUOTED


_ADDRESSED = compiled(rf"(?im)^[ \t]*(?:(?:to|cc|fao|for the attention of)[ \t]*:[^\n]*|(?:{GREETING})\b[^\n,]*)$")


def _is_of_the_reader(draft: Draft, span: Span) -> bool:
    line = draft.text.rfind("\n", 0, span.start) + 1
    if _ADDRESSED.match(draft.text, line, span.end):
        return True
    said = draft.statement("recipient").span
    names = [party.name for party in draft.recipients] + ([draft.words(said)] if said else [])
    own = re.compile(rf"\b{re.escape(draft.words(span))}\b")
    return any(own.search(name) for name in names)


def _may_be_surplus(draft: Draft, span: Span) -> bool:
    """Does the reader need little, or does a private matter beside the words not belong here? Then more of it is no help."""
    if draft.urgent or any(p.id in DANGER for p in draft.purposes):
        return False
    if asks_little(draft):
        return True
    return is_unexpected(draft, draft.sentence_at(span.start))


def _facts_in(draft: Draft, span: Span) -> Iterator[sharing.Fact]:
    return (fact for fact in draft.private_facts if fact.clause.start < span.end and span.start < fact.clause.end)


def is_unexpected(draft: Draft, span: Span) -> bool:
    """Do the words tell something private that the purpose does not expect, and give no reason?"""
    return any(fact.standing == "not-expected" and not fact.explained for fact in _facts_in(draft, span))


def _tells_what_is_needed(draft: Draft, span: Span) -> bool:
    return sharing.tells_of_harm(draft, span) or any(fact.nature == "needed" for fact in _facts_in(draft, span))


def _negated(draft: Draft, span: Span) -> bool:
    sentence = draft.sentence_at(span.start)
    return _NEGATION.search(draft.text[sentence.start : span.start]) is not None


def _stance(*wanted: str) -> Test:
    return lambda draft, _span: any(profile(p.id)["consent_stance"] in wanted for p in draft.purposes[:1])


def _main(*wanted: str) -> Test:
    return lambda draft, _span: any(p.id in wanted for p in draft.purposes[:1])


CONDITIONS: dict[str, Named] = {
    "in-quotation": Named("inside quotation marks: somebody's own words", lambda draft, span: draft.is_quoted(span)),
    "dated": Named("a date or clock time stands in the same sentence", _dated),
    "dated-draft": Named("the draft itself carries a full date", lambda draft, _span: draft.has_day),
    "counted": Named("a number stands in the same sentence", _counted),
    "owned": Named("the writer owns it as a view (“in my view”, “I think”) in the same sentence", _sentence(_OWNED)),
    "reasoned": Named("a reason follows in the same sentence (“because”, “so that”)", _sentence(_REASONED)),
    "attributed": Named("the sentence says who said or saw it", _sentence(_ATTRIBUTED)),
    "sourced": Named("that sentence, or the one before or after, says who said, saw or recorded it", _sourced),
    "courtesy": Named(
        "the sentence is about the writers' own contact or service, not about the family", _sentence(_COURTESY)
    ),
    "not-material": Named("courtesy, the writers' own arrangements, or praise: nothing hangs on it", _not_material),
    "explained-at-once": Named("a colon, a quotation or a dated or counted fact follows at once", _explained_at_once),
    "explained": Named(
        "a reason stands in the same sentence, or begins the next",
        lambda draft, span: sharing.is_explained(draft, draft.sentence_at(span.start)),
    ),
    "asked-for": Named("a form's own question asks for it", _asked_for),
    "owned-action": Named("the sentence names who does it (“I will”, “could your team”)", _sentence(_OWNED_ACTION)),
    "reasoned-view": Named(
        "the writer owns it as a view and gives the reason, in the same or the next sentence", _reasoned_view
    ),
    "negated-praise": Named("“not aggressive”, “never rude”: the opposite of a judgement", _negated_praise),
    "question-or-offer": Named(
        "the sentence is a question or speaks of how legibly or loudly something is done", _question
    ),
    "quotation-near": Named("a quotation stands in the same or the next sentence", _quotation_near),
    "found": Named("a court, a conviction or an admission is named in the sentence", _sentence(_FOUND)),
    "negated": Named("a negation stands shortly before it", _negated),
    "may-be-surplus": Named(
        "the reader only hands something out or arranges a day, or the sentence has a private matter that the purpose does not need; never where somebody may be in danger",
        _may_be_surplus,
    ),
    "tells-what-is-needed": Named(
        "the words tell what the request cannot be met without, whosever it is: what somebody may not eat, where food is asked for, or that somebody takes an adult's money, food, tablets or freedom",
        _tells_what_is_needed,
    ),
    "tells-who-lives-there": Named(
        "the words say no more than who lives in the home, and the reader is social care or is told of a danger",
        sharing.tells_who_lives_there,
    ),
    "of-oneself": Named(
        "what somebody thinks, believes or feels of themselves: no judgement of the writer's", is_of_oneself
    ),
    "keeps-safe": Named(
        "the words say only that somebody does not, or must not, know where people are or to whom they spoke",
        lambda draft, span: is_kept_safe(draft.words(span)),
    ),
    "unlikely": Named(
        "a reviewer would hardly ask about these words here, by the trained network and by how the rest of the draft is written (rules on ambiguity, opinion, jargon, over-sharing)",
        None,
    ),
    "unlikely-of-harm": Named(
        "the same, but surer of it where somebody is hit, alone, drunk, hungry or the like beside them", None
    ),
    "followed-by-fact": Named("the next sentence gives a date, a number or a quotation", _followed_by_fact),
    "earlier-message": Named("it stands in an earlier message, whose words are another's", _in_earlier_message),
    "name-of-the-reader": Named("whoever reads the draft is called so, or so addressed", _is_of_the_reader),
    "no-names": Named("a general enquiry without names", lambda draft, _span: draft.mode == "no-names"),
    "unsaid-general": Named(
        "a general enquiry that does not say that it names nobody",
        lambda draft, _span: draft.mode == "no-names" and not draft.asks_in_general,
    ),
    "email": Named("the draft is an email", lambda draft, _span: draft.kind == "email"),
    "form": Named("the draft is a form", lambda draft, _span: draft.kind == "form"),
    "letter": Named("the draft is a letter", lambda draft, _span: draft.kind == "letter"),
    "urgent": Named("the draft, or what goes with it, shows immediate danger", lambda draft, _span: draft.in_danger),
    "may-be-danger": Named(
        "the draft, or what goes with it, shows immediate danger or comes near to it",
        lambda draft, _span: draft.may_be_in_danger,
    ),
    "of-danger": Named(
        "it tells of the danger in a draft that shows one or comes near to it, or, where it is shown, stands in the sentence before or after",
        lambda draft, span: draft.is_of_danger(span),
    ),
    "inform-only": Named(
        "for this purpose consent is not the basis (child protection and its like)", _stance("inform_only")
    ),
    "agreement-purpose": Named(
        "for this purpose agreement is expected", _stance("agreement_expected", "agreement_required")
    ),
    "risk-stated": Named(
        "the draft says that somebody may be harmed",
        lambda draft, _span: draft.statement("risk").status is Status.PRESENT,
    ),
    "danger-purpose": Named(
        "child or adult protection, domestic abuse conference, police, allegation",
        lambda draft, _span: any(p.id in DANGER for p in draft.purposes),
    ),
    "conference-or-police": Named(
        "a domestic abuse conference or a reply to the police",
        lambda draft, _span: any(p.id in ("marac", "police_request") for p in draft.purposes),
    ),
    "admin": Named(
        "an administrative message", lambda draft, _span: any(p.id == ARRANGEMENT for p in draft.purposes[:1])
    ),
    "child-protection": Named("a child protection referral", _main("child_protection")),
    "family-purpose": Named(
        "child protection, child in need or early help", _main("child_protection", "child_in_need", "early_help")
    ),
    "untold": Named("the draft says that nobody was told, without a reason", lambda draft, _span: draft.reading.untold),
    "for-an-adult": Named("an adult's own matter, by what it is for", lambda draft, _span: draft.is_for_an_adult),
    "adult-purpose": Named(
        "a concern about an adult, or a request for care", _main("adult_safeguarding", "adult_social_care")
    ),
    "clinical-recipient": Named(
        "the draft goes to a clinician", lambda draft, _span: any(r.agency == "health" for r in draft.recipients[:1])
    ),
}
