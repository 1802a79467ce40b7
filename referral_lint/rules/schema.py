"""What a rule file may say: keys, kinds, scopes and conditions. Anything else does not load."""

from __future__ import annotations

from referral_lint.model import BlockKind

REQUIRED = ("id", "family", "severity", "title", "flags", "message", "suggestion", "why", "source", "examples")
STANDARD = (*REQUIRED, "kind", "scope", "when", "unless", "severity_when", "variants", "needs", "never")

# kind -> {key: must it be there?}
KINDS: dict[str, dict[str, bool]] = {
    "phrase": {"phrases": True},  # words as they stand, in any case; {a,b,} spells out variants
    "frame": {"frames": True},  # patterns over words and word classes; see frames.py
    "regex": {"patterns": True},  # Python patterns; a group called `words` is the span
    "term": {
        "table": True,
        "endings": False,
        "beginnings": False,
        "ordinary": False,
    },  # a table of words and plain words; see terms.py
    "token": {"patterns": True},  # spaCy Matcher patterns
    "statement": {
        "statement": True,
        "any": False,
    },  # a statement that the draft should make; any: of several, one is enough
    "sharing": {
        "standing": True,
        "sensitivity": False,
        "who": False,
        "not_who": False,
        "category": False,
        "not_category": False,
    },  # information against purpose
    "model": {"label": True, "threshold": True},  # a label of the trained network, and from which probability it counts
    "python": {"check": True, "options": False},  # a function of referral_lint/checks, for what data cannot say
}

_PROSE = frozenset(
    {
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.CELL,
        BlockKind.ANSWER,
        BlockKind.OPTION,
        BlockKind.TEXT_BOX,
        BlockKind.FOOTNOTE,
    }
)
_UNSEEN = frozenset(
    {BlockKind.DELETED, BlockKind.COMMENT, BlockKind.HIDDEN, BlockKind.COVERED, BlockKind.PROPERTY, BlockKind.FILE_NAME}
)
# scope -> the kinds of blocks that a rule looks at; unticked options are never anybody's words
SCOPES: dict[str, frozenset[BlockKind]] = {
    "prose": _PROSE,
    "headings": frozenset({BlockKind.HEADING}),
    "questions": frozenset({BlockKind.QUESTION}),  # also what only looks like one, in a note or letter
    "placeholders": frozenset({BlockKind.PLACEHOLDER}),
    "headers": frozenset({BlockKind.EMAIL_HEADER}),
    "signature": frozenset({BlockKind.SIGNATURE}),
    "quoted": frozenset({BlockKind.QUOTED}),
    "unseen": _UNSEEN,
    "all": frozenset(BlockKind),
}

# What `when`, `unless`, `severity_when` and `variants` may ask; the functions stand in conditions.py.
CONDITIONS: dict[str, str] = {
    "in-quotation": "inside quotation marks: somebody's own words",
    "dated": "a date or clock time stands in the same sentence",
    "dated-draft": "the draft itself carries a full date",
    "counted": "a number stands in the same sentence",
    "owned": "the writer owns it as a view (“in my view”, “I think”) in the same sentence",
    "reasoned": "a reason follows in the same sentence (“because”, “so that”)",
    "attributed": "the sentence says who said or saw it",
    "courtesy": "the sentence is about the writers' own contact or service, not about the family",
    "not-material": "courtesy, the writers' own arrangements, or praise: nothing hangs on it",
    "explained-at-once": "a colon, a quotation or a dated or counted fact follows at once",
    "explained": "a reason stands in the same sentence, or begins the next",
    "asked-for": "a form's own question asks for it",
    "owned-action": "the sentence names who does it (“I will”, “could your team”)",
    "reasoned-view": "the writer owns it as a view and gives the reason, in the same or the next sentence",
    "negated-praise": "“not aggressive”, “never rude”: the opposite of a judgement",
    "question-or-offer": "the sentence is a question or speaks of how legibly or loudly something is done",
    "quotation-near": "a quotation stands in the same or the next sentence",
    "found": "a court, a conviction or an admission is named in the sentence",
    "negated": "a negation stands shortly before it",
    "unlikely": "a reviewer would hardly ask about these words here, by the trained network and by how the rest of the draft is written (rules on ambiguity, opinion, jargon, over-sharing)",
    "followed-by-fact": "the next sentence gives a date, a number or a quotation",
    "no-names": "a general enquiry without names",
    "unsaid-general": "a general enquiry that does not say that it names nobody",
    "email": "the draft is an email",
    "form": "the draft is a form",
    "letter": "the draft is a letter",
    "urgent": "the draft shows immediate danger",
    "inform-only": "for this purpose consent is not the basis (child protection and its like)",
    "agreement-purpose": "for this purpose agreement is expected",
    "risk-stated": "the draft says that somebody may be harmed",
    "danger-purpose": "child or adult protection, domestic abuse conference, police, allegation",
    "conference-or-police": "a domestic abuse conference or a reply to the police",
    "admin": "an administrative message",
    "child-protection": "a child protection referral",
    "family-purpose": "child protection, child in need or early help",
    "adult-purpose": "a concern about an adult",
    "clinical-recipient": "the draft goes to a clinician",
}

# What an example may say of the setting it is read in.
# `ends_with`: the kind of block that the last line of the example is, for what no text file can hold;
# `read_as`: the media type as which it is read, if it is not plain text.
CONTEXT = (
    *("purposes", "sender", "recipients", "kind", "mode", "today", "statements", "known_words", "nation", "secure"),
    *("ends_with", "read_as"),
)
