"""Does the text itself show that somebody is in immediate danger, now or today?

Better once too often than once too seldom: an urgent draft is shown its findings below the line about 999 and is never held.
Harm ahead and a time that is now must both be spoken of, by the writer, of this case, and not taken back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referral_lint.understanding.needles import Sought
from referral_lint.understanding.saying.units import Unit

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_HURT = (
    r"(?:hurt|harm(?:ed)?|hit|beat(?:en)?|kill(?:ed)?|die|dead|drop(?:ped)?|burn(?:t|ed)?|stab(?:bed)?|attack(?:ed)?|injur\w+|get it|hiding"
    r"|break (?:his|her|their)|finish (?:it|him|her)|shak(?:e|en)|fall|jump|do it|put (?:him|her|them) out|send her abroad|married|touch\w*|taken|sorry)"
)
# What may happen, or is going on: said of the future or the present.
_HARM = Sought(
    rf"(?i)\b(?:will|'ll|hell|could|may|might|would|going to|gonna|to be|be|being|is|gets?|been) (?:\w+ ){{0,4}}{_HURT}\b"
    r"|\b(?:at|in) (?:immediate |imminent |serious )?(?:risk|danger)\b|\bnot safe\b|\bunsafe\b|\bisn'?t safe\b"
    r"|\b(?:frightened|scared|afraid|terrified|feart)\b|\bthreat(?:s|en\w*)?\b|\bknife|machete|\bgun\b|\brope\b|\bdrunk\b|\bdrinking\b|\bsmell drink\b|\bfalling over\b"
    r"|\bswallowed\b|\b(?:taken|took) (?:the |her |his |some |\w+ )?(?:tablets|pills|overdose)|\bnot rousing\b|\bwon'?t wake\b|\bfloppy\b|\bbleeding\b|\bsmashed\b|\bbroken the door\b"
    r"|\bnot happy about sending\b|\bshould not go home\b|\bon the roof\b|\brailway line\b|\bno adult\b|\b(?:alone|on (?:his|her|their) own)\b|\bhas taken \w+\b|\bleft with the (?:baby|child\w*)"
    r"|\b(?:lip|split|bruise)\b|\bnothing to come down for\b|\brefusing to stop\b|\bsomeone to come out\b|\bconfused\b|\bscrewed shut\b|\bphone has been turned off\b|\bsort (?:her|him|them) out\b"
    r"|\b(?:man|person|uncle|one) (?:who|that|\w+ says) (?:did it|hit|hurt|\w+ says has been hitting)|\bhitting\b|\bhurt (?:him|her|them)\b"
)
_CLOCK = r"(?:\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?|noon|midnight|half (?:past )?\w+|home ?time|(?:the )?end of the (?:school )?day)"
# A time that is now, and that something is to happen at.
_NOW = Sought(
    rf"(?i)\b(?:today|tonight|right now|(?:as|while) i (?:write|type)|this (?:afternoon|evening)|straight away|at once|an hour ago|ten minutes ago|minutes ago)\b"
    rf"|(?<!has )(?<!have )(?<!may )(?<!is )(?<!until )\bnow\b(?! (?:that|and then|lives?|in year|aged|settled|has|have been))"
    rf"|\b(?:is|are|'s|hes|shes|be|was) (?:due|back|collected|fetched|released|discharged|let out|coming|on (?:his|her|their) way|outside|waiting|in there|in the (?:car park|waiting room|next room|flat|house))\b"
    rf"|\b(?:goes|going|go|gets?|comes?|due|back|finishes|closes|out|collected|collecting|collects|discharged|booked|home|until|till|keep \w+)\b[^.\n]{{0,40}}\b(?:at|by|till?|until|before|past|for|to) {_CLOCK}\b"
    rf"|\bbefore (?:(?:he|she|they|the (?:children|kids|weans|boys|girls)) (?:goes?|gets?|come|is collected|are collected)|{_CLOCK})|\bhas just\b|\bjust (?:rang|told|been|messaged)\b|\bdue back\b|\bby the morning\b"
    rf"|\b(?:outside|at the gates?|on way|on (?:his|her|their) way|engine running|run off|under the table|locked in|in the bathroom|waiting for|is at the gate)\b"
)
# Plain enough without anything beside it.
_PLAIN = Sought(
    r"(?i)\b(?:in|at) (?:immediate|imminent) (?:danger|risk)\b|\bimmediate (?:danger|risk|harm)\b(?=[^.?]*\b(?:he|she|they|child|children|is|are|of|from|to)\b)"
    r"|\bthis is an emergency\b|\b(?:i|we)(?:'ve| have| had)? (?:also |just |now )?(?:rung|rang|called|ringing|dialled) 999\b|\b999 (?:rung|called)\b|\bmy call to 999\b|\bringing 999\b"
    r"|\bhappening now\b|\bambulance (?:called|on its way)\b|\bpolice (?:are )?(?:on (?:the |their )?way|aware)\b|\bwe have called the police\b|\bunit running\b"
    r"|\bin danger (?:now|today|tonight)\b|\b(?:has|have) run off\b[^.]{0,90}\b(?:railway|bridge|river|canal)\b|\bbe dead by\b|\bcan (?:somebody|someone|you) come (?:out )?now\b|\bcome out now\b"
)
_ASKED = re.compile(r"(?i)\b(?:in danger|danger now|immediate|need(?:s)? protect\w*|how soon|risk of harm|when)\b")
_TICKED_NOW = re.compile(r"(?i)[☒☑✓xX\[\]\s]*(?:yes\b|y\b|immediate\b|today\b|now\b|emergency\b)")
# Taken back: no danger, not now, long ago, somebody else's, only supposed.
_BACK = Sought(
    r"(?i)\b(?:not?|\w+n['’]?t|nobody|no one|nothing|never|without|non)\b[^.;\n]{0,30}\b(?:immediate|urgent|emergency|(?:in|at) (?:any )?(?:danger|risk)|danger|upset|worr\w+|hurt|safety|plans?|drinking)\b"
    r"|\b(?:is|are|was|be|both \w+ are|boys are|remains?|kept|still) (?:now )?(?:safe|well|settled|thriving)\b(?! to)|\bsafe (?:tonight|for now|with|where|here|today|at present|until)\b"
    r"|\bin custody\b|\bfalse alarm\b|\bfoster carers\b|\bin a refuge\b|\bcan wait\b|\bhypothetical\w*|\bif (?:he|she|they|a|an|you|it|someone|anyone) (?:were|was|is|think|told|gets?|came|had)\b"
    r"|\bused to\b|\bnightmare\b|\bfilm\b|\bin the past\b|\blast (?:year|winter|summer|month)\b|\b(?:in|since) (?:19|20)\d\d\b|\bleaflet\b|\bnext year\b|\bno immediate\b|\bwould you expect\b|\bin place\b"
    r"|\bcall 999\b|\bin the next few weeks\b|\bcourse\b|\bas usual\b|\bthank you for\b|\bwill say\b|\bnobody has come to harm\b|\bany of them\b"
)
_OLD = Sought(
    r"(?i)\b(?:on )?\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|\bin (?:19|20)\d\d\b|\blast (?:week|month|year|term)\b|\bused to\b"
)


# Harm that lies ahead, or a danger that is there; asked for in another sentence than the time.
_AHEAD = Sought(
    rf"(?i)\b(?:will|'ll|hell|could|may|might|would|going to|gonna|is to|to) (?:be )?(?:[\w']+ ){{0,4}}{_HURT}\b|\b(?:gets?|be) (?:hit|hurt|burnt|beaten)\b"
    r"|\b(?:frightened|scared|afraid|terrified|feart) (?:for|of|to)\b|\bthreat(?:s|en\w*)?\b|\bknife|machete|\bgun\b|\brope\b|\bno adult\b|\bscrewed shut\b|\bmarried\b"
    r"|\bcan'?t cope\b|\bon the roof\b|\bnothing to come down for\b|\bbruise (?:round|on|l\b|r\b)|\btouches\b|\bwhat will happen\b|\bnobody would see\b"
    r"|\bput(?:ting)? (?:him|her|them|a pillow)\b|\brun off\b.{0,80}\b(?:railway|bridge|river|road|canal)\b|\bfall(?:ing)? over\b|\bswaying\b|\bdrunk\b|\bsmelt (?:of )?(?:drink|beer)\b|\bhas been told that\b"
)
# Somebody must act, or something will happen, within the day.
_DEADLINE = Sought(
    rf"(?i)\b(?:need\w*|please|come|visit|act|ask\w*|want|decision|stop|answer)\b[^.\n]{{0,50}}\b(?:today|tonight|this (?:morning|afternoon|evening)|now|before (?:he|she|they|the|anybody|anyone|{_CLOCK}))\b"
    rf"|\b(?:goes|going|go|gets|comes?|due|back|due off|collected|collecting|discharged?|booked|released|flight|fetch \w+|on a contact visit|let out)\b[^.\n]{{0,40}}\b(?:at|by|from|before|for|off shift) (?:\w+ )?{_CLOCK}\b(?![^.\n]*\b(?:on|next|every|each) \w+day)"
    rf"|\b(?:is|are|'s|hes|shes) (?:\w+ )?(?:at the gate|outside|in the (?:car park|waiting room|next room)|on the (?:roof|floor)|on (?:his|her|their) way|coming)\b|\b(?:can'?t|cannot|won'?t) (?:be left|wait) (?:un)?till?\b"
    r"|\bgo(?:es|ing)? home (?:to \w+ )?(?:today|tonight|this)\b|\b(?:concern|worry|frightened|fear) (?:is )?for (?:today|tonight)\b|\b(?:there|here|him|her|them) (?:today|tonight)\b|\btoday, at\b|\bhas left with\b|\bthis (?:was|is) at \S+ today\b"
    r"|\b(?:just )?(?:messaged|said) (?:\w+ )?(?:to say )?(?:he|she) is coming\b"
)
_CALM = Sought(
    r"(?i)\b(?:not|\w+n['’]?t|nothing|no|non|nobody|no one)\b[^.;\n]{0,25}\b(?:urgent|immediate\w*|emergency|in (?:any )?danger|in any hurry|hurry|rush)\b|\b(?:can|could|will) wait (?:un)?till?\b"
    r"|(?<!not )(?<!be )\bsafe (?:tonight|for now|today|at present|with|where|here|until)\b|\bin custody\b|\bno danger\b|\bhypothetical\w*|\bno names\b|\bfalse alarm\b|\broutine\b|\bnothing needs doing\b"
)


def is_urgent(draft: Draft) -> bool:
    """True if harm ahead and a time that is now are both spoken of, or one of the plain signs stands there."""
    said = [(u, u.text.lower()) for u in draft.units if u.role != "title" and not draft.is_quoted(u.span)]
    kept = [(unit, low) for unit, low in said if not _BACK.search(unit.text, low)]
    if any(_is_plain(unit, low) for unit, low in kept):
        return True
    if any(_CALM.search(unit.text, low) and not _is_refused(unit) for unit, low in said):
        return False
    texts = [(unit.text, low) for unit, low in kept if not _OLD.search(unit.text, low)]
    if any(all(sign.search(*words) for sign in (_HARM, _NOW, _TODAY)) for words in texts):
        return True
    return any(_DEADLINE.search(*words) for words in texts) and any(_AHEAD.search(*words) for words in texts)


# A harm and a moment in one sentence count only if the moment is of this day.
_TODAY = Sought(
    rf"(?i)\b(?:today|tonight|this (?:morning|afternoon|evening)|now|as i (?:write|type)|minutes ago|an hour ago|outside|at the gates?|on (?:his|her|their) way|on way|in (?:the|my) \w+|locked|just|home|before|under|by the morning|found|{_CLOCK})\b"
)


def _is_plain(unit: Unit, low: str) -> bool:
    asked = unit.question or (unit.heading if unit.role == "option" else "")
    if asked and _ASKED.search(asked) and _TICKED_NOW.match(unit.text):
        return True
    return _PLAIN.search(unit.text, low) is not None and _OLD.search(unit.text, low) is None


def _is_refused(unit: Unit) -> bool:
    """A box with "not urgent" in its words that the writer did not tick is nobody's word; a question is not an answer."""
    return unit.text.rstrip().endswith("?")
