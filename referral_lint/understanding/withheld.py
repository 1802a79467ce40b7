"""What is kept from somebody to keep somebody else safe: that he does not or must not know where they are, or to whom they spoke."""

from __future__ import annotations

from referral_lint.patterns import compiled
from referral_lint.understanding.needles import Sought

_NOT = r"(?:not|never|n['’]?t)"
_LEARN = r"(?:know|find (?:this |that |it )?out|find (?:them|her|him|us|it)|learn|discover|hear|see this|get (?:this|a copy)|be (?:told|given|informed|made aware|aware|copied|shown))"
MUST_NOT = rf"(?:must|should|can|may) ?{_NOT} (?:ever )?{_LEARN}"  # said of a person
_STRICTLY_NOT = (
    rf"(?:(?:must|should) ?{_NOT}|is {_NOT} to|are {_NOT} to) (?:ever )?{_LEARN}"  # “can't hear” is no secret
)
KNOWS_NOT = (
    rf"(?:(?:do|does|did) ?n[o'’]?t (?:yet )?(?:know|find out)|(?:is|are|was|were) ?{_NOT} (?:yet )?(?:aware|told|informed)|(?:is|are) unaware"
    rf"|(?:has|have|had) ?{_NOT} (?:yet )?been (?:told|given|informed|made aware)|(?:has|have) no idea)"
)

# Where somebody is, as it stands after what he must not know.
_WHOSE = r"(?:(?:this|that|her|his|their|the|our|any|[\w-]+['’]s) )?"
_ADDRESS = rf"{_WHOSE}(?:(?:new|present|current|home|family) )?(?:address|whereabouts|location)\b"
_MOVE = rf"{_WHOSE}(?:move|new (?:home|house|flat|place))\b"
_THEY_WHO_HIDE = r"(?:she|he|they|we|the (?:family|children|boys|girls))"
_ENDS = r"(?=\s*(?:$|[.;,:!?()\n]|(?:and|but|or|because|as|so|for|under|by|from|until)\b))"
# “She is in Wells”, “with her aunt”; “in debt” and “on tablets” are nowhere.
_AT = r"(?:(?:the|a|her|his|their) )?(?:(?-i:[A-Z\d])|refuge|hostel|hotel|area|town|city|county|same|friends?|aunt|mother|mum|sister|nan)"
_LIVES = (
    rf"where {_THEY_WHO_HIDE}(?:['’](?:s|re)| is| are| has| have)?(?: now)?(?: (?:live|lives|living|staying|moved|gone|been (?:re)?housed)\b|{_ENDS})"
    rf"|(?:that )?(?:{_THEY_WHO_HIDE}|[\w’-]+)(?:['’](?:s|re|ve)| is| are| has| have) (?:now |back )?(?:(?:at|in|on|with|staying with|living with) {_AT}|here\b|there\b|come here|moved\b|fled\b|left(?: him| home| the (?:area|house|flat|town))?{_ENDS}|living\b|staying\b|been (?:re)?housed\b)"
)
_WHERE = rf"(?:(?:about |of |to )?(?:{_ADDRESS}|{_MOVE}|{_LIVES}))"
KNOWS_NOT_WHERE = rf"{KNOWS_NOT} {_WHERE}"
_TO_WHOM = (
    rf"(?:that )?(?:{_THEY_WHO_HIDE}|[\w'’-]+)(?:['’](?:s|re|ve)| has| have| is| are)? (?:(?:spoken|spoke|talked|talking|speaking|been speaking|been talking|reported it|disclosed this|been) (?:to|with)"
    r"|(?:told|rung|rang|phoned|contacted|approached|asked|seen|seeing|come to|came to))(?: (?:the |a |her |his |their )?[\w'’-]+)?"
)

# A clause that says so, with whoever does not know; what else a sentence tells is no part of it.
_REST = (
    r"(?: (?:now|to|in|at|on|near|from|of|or|out|away|back|again|yet|the|a|her|his|their|family|area|town|county|refuge|hostel|mother|mum|nan|aunt|sister|friends?"
    r"|children|where|are|is|live|lives|living|staying|moved|gone|schools?|go|goes|she|he|they|(?-i:[A-Z\d])[\w'’-]*)\b)*"
)
_SAFELY_UNKNOWN = Sought(
    rf"(?i)\b(?:(?!and |but )[\w'’-]+ ){{0,5}}?(?:(?:{MUST_NOT}|{KNOWS_NOT}) (?:(?:{_WHERE}|(?:about |of )?(?:where\b|{_WHOSE}new school\b)){_REST}|{_TO_WHOM}"
    rf"|(?:about|of) (?:this|our|the) (?:referral|call|visit|contact|conversation)\b)|{_STRICTLY_NOT}{_ENDS})"
)
_LITTLE = compiled(r"(?i)(?:\W|\b(?:and|but|so|or|he|she|they|who|still|also|now|yet|please)\b)*")


def is_kept_safe(words: str) -> bool:
    """Do these words say only that somebody does not, or must not, know where people are or to whom they spoke?"""
    left, found = _SAFELY_UNKNOWN.compiled.subn(" ", words)
    return found > 0 and _LITTLE.fullmatch(left) is not None


# Of whom it is no secret that they do not know: the writers, and those who would be told as a matter of course.
_OTHERS = "I we us school surgery practice gp council team service services clinic nursery hospital office staff teacher landlord bank worker"
SOMEBODY = "".join(rf"(?<!\b{word} )" for word in _OTHERS.split())
_SOMEBODY_ELSE = SOMEBODY + "".join(rf"(?<!\b{word} )" for word in ("she", "they"))  # not the one who lives there
_GIVE = r"(?:give|disclose|share|pass|reveal|release|mention|send|copy|tell|let)"
_PASSED_ON = (
    r"(?:disclosed|shared|given|passed|released|revealed|divulged|told|known|made known|mentioned|sent|shown|copied)"
)
_OUGHT_NOT = rf"(?:(?:must|should|may) ?{_NOT}|(?:is|are) {_NOT} to|{_NOT} to) (?:ever )?be"
_CONFIDENTIAL = r"(?:(?:strictly|completely|entirely|highly) )?(?:confidential|secret|withheld)"
_IT = r"(?:\b(?:this|it|which)|(?:address|whereabouts|location)\b[^.;\n]{0,60}?),?"
# An address beside these words is a secret, whatever else is said of it.
SECRET_PLACE = Sought(
    rf"(?i)\b(?:{SOMEBODY}{_STRICTLY_NOT}(?:{_ENDS}| {_WHERE})|{_SOMEBODY_ELSE}{KNOWS_NOT} {_WHERE}"
    rf"|(?:{_NOT} to (?:be (?:told|given|informed of|made aware of)|know|learn)|(?:nobody|no[ -]one|nobody else) (?:is |may be |must be |may |must |should )?(?:told|given|knows?|learns?)) (?:it\b|{_WHERE})"
    rf"|{_IT} {_OUGHT_NOT} {_PASSED_ON}"
    rf"|{_IT} (?:is|are|stays?|remains?|(?:must|should|has to|needs to|is to) (?:be|stay|remain)(?: kept)?|is (?:being )?kept) {_CONFIDENTIAL}\b"
    rf"|(?:do {_NOT}|don['’]?t|never|not to) (?:ever )?{_GIVE} (?:[\w'’-]+ ){{0,2}}?(?:(?:know |out )?{_WHERE}|it (?:to|out|on|with)\b)"
    rf"|keep(?:ing)? (?:{_ADDRESS}|this|it)(?: [\w'’-]+){{0,2}}? (?:from\b|{_CONFIDENTIAL}\b|private\b))"
)
# Where somebody has moved or hides it is enough that another is said to know nothing of it, or of what they told.
KEPT_FROM_SOMEBODY = Sought(
    rf"(?i)\b{SOMEBODY}(?:{_STRICTLY_NOT}|{KNOWS_NOT})(?:{_ENDS}| (?:it\b|this\b|{_WHERE}|{_TO_WHOM}))"
)
