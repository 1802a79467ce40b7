"""A form's own words outside its fields: its instructions, and the part that its office fills in.

No reader can tell these from what somebody typed by their looks; they are told by what they say, in forms alone, and
only where that is plain: what is in doubt stays the writer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from referral_lint.model import UNSEEN, Block, BlockKind, Document
from referral_lint.patterns import compiled

_FORM = 3  # questions that make a form
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL, BlockKind.ANSWER})
_FIELDS = _RUNNING | {BlockKind.QUESTION, BlockKind.OPTION}
_ASIDE = UNSEEN | {BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER, BlockKind.FOOTNOTE, BlockKind.TEXT_BOX}

_THEIRS = r"(?:official|office|admin\w*|internal|hub|mash|front door|duty(?: team)?|panel|screening|triage|intake)"
_OFFICE = compiled(
    rf"(?i)\b(?:for )?(?:our |the )?{_THEIRS} use\b(?: only)?"
    r"|\b(?:to be )?(?:completed|filled in) by (?:the |our )?(?:receiving |referral )?"
    r"(?:hub|mash|office|front door|contact centre|duty|panel|triage|screening|intake|access|receiving|admin\w*"
    r"|(?:early help|safeguarding|family) (?:hub|team)|(?:children['’]s )?social care)\b"
    r"|\bdo not write (?:below|in|under) this (?:line|box|space|part)\b"
)
_SAYS = 10  # words of a line without a full stop that is no title
_TITLE = 90  # characters of a line that opens a part
_NUMBERED = compiled(r"(?i)[\W\d]*(?:(?:section|part|box)\b[\W\d]*(?:[a-z]\b\W*)?|[a-z][.)]\W*)?")
# What ends the office's part: a title or number, words of the writer's, a field about the family or the writer.
_ABOUT_OTHERS = compiled(
    r"(?i)\b(?:child|young person|pupil|parents?|carers?|mother|father|family|referr(?:er|ed by)|your|patient|client|tenant"
    r"|service user|applicant|date of birth|d\.?o\.?b|section|part [a-z\d])\b|\A\W*\d{1,2}[.)]\s"
)
_SENTENCE = compiled(r"(?:\S+\s+){5,}\S+[.!?]\W*\Z|(?:\S+\s+){15,}")
# Whoever writes of these people writes of the family or of themselves: no form prints that.
_TOLD = compiled(r"\b(?:I|[Mm]y|me|[Hh]e|[Ss]he|him|[Hh]er|[Hh]is|[Tt]hey|[Mm]um|[Dd]ad)\b(?!/)")
_INSTRUCTS = compiled(
    r"(?i)\bthis (?:\w+ ){0,3}?form (?:is (?:for (?!\w+['’]s\b)|to be|intended|designed|not)|should be|must|cannot be|needs to)\b"
    r"|\b(?:please )?(?:complete|fill in) (?:all|every|each|both|this form|the (?:whole |following |relevant )?(?:form|sections?|boxes))\b"
    r"|\bincomplete (?:\w+ )?(?:forms?|referrals?|requests?|applications?)\b"
    r"|\b(?:return|send|email|submit) (?:this |the |your )?(?:completed )?(?:\w+ )?form (?:to|by)\b|\bcompleted forms? (?:should|must|to)\b"
    r"|\b(?:please )?(?:delete|tick|circle) (?:as (?:appropriate|applicable|necessary)|all that apply|(?:all |the )?(?:relevant|appropriate) box(?:es)?)\b"
    r"|\b(?:in|use) block capitals\b|\b(?:read|see|refer to) (?:the )?guidance notes\b|\bcontinue on (?:a |another )?(?:separate|extra) (?:sheet|page)\b"
)


def marked(document: Document) -> Document:
    """The document with the form's own words marked as such; any other document as it is."""
    if sum(1 for _ in document.blocks_of(BlockKind.QUESTION)) < _FORM:
        return document
    if next(document.blocks_of(BlockKind.EMAIL_HEADER), None) is not None:
        return document
    printed = {*_instructions(document), *_office(document)}
    if not printed:
        return document
    blocks = (_as_printed(block) if i in printed else block for i, block in enumerate(document.blocks))
    return replace(document, blocks=tuple(blocks))


def _as_printed(block: Block) -> Block:
    return replace(block, kind=BlockKind.PRINTED, question=None, ticked=None)


def _instructions(document: Document) -> Iterator[int]:
    for i, block in enumerate(document.blocks):
        if block.kind in _RUNNING and not _answers(document, block):
            words = document.words(block)
            # A title may hold an instruction, but it says what the form is for.
            says = words.rstrip().endswith((".", "!")) or len(words.split()) >= _SAYS
            if says and _INSTRUCTS.search(words) and not _TOLD.search(words):
                yield i


def _answers(document: Document, block: Block) -> bool:
    """Whether a field asks for these words, not just a title that stands above them."""
    if block.question is None:
        return False
    return document.words(document.blocks[block.question]).rstrip().endswith((":", "?"))


def _office(document: Document) -> Iterator[int]:
    """The blocks of the office's own part, but not its title, and no box that is left empty: that is nobody's anyhow."""
    opened: Block | None = None
    table: object = None  # the one that the part fills
    for i, block in enumerate(document.blocks):
        if block.kind in _ASIDE:
            continue
        if opens := _opens(document, block):
            opened, table = (block, _place(block, "table")) if opens == "part" else (None, None)
        elif opened is None or _ends(document, opened, block, table):
            opened = None
            continue
        table = table or _place(block, "table")
        if block.kind in _FIELDS and block.ticked is not False:
            yield i


def _opens(document: Document, block: Block) -> str:
    """ "part": the office's part begins here; "field": this field alone is the office's; "" neither."""
    words = document.words(block)
    found = _OFFICE.search(words) if len(words) <= _TITLE else None
    if found is None or _SENTENCE.search(words) or block.kind not in _FIELDS | {BlockKind.HEADING}:
        return ""
    return "part" if _NUMBERED.fullmatch(words, 0, found.start()) else "field"


def _ends(document: Document, opened: Block, block: Block, table: object) -> bool:
    if block.kind not in _FIELDS or (table and _place(block, "table") != table):
        return True
    beside = _place(opened, "cell") not in (None, 1) or _same_row(document, opened)
    if _place(opened, "table") and beside and _place(block, "row") != _place(opened, "row"):
        return True  # a title with its fields in one row
    words = document.words(block)
    return bool(_SENTENCE.search(words) or _TOLD.search(words) or _ABOUT_OTHERS.search(words))


def _same_row(document: Document, opened: Block) -> bool:
    """Whether other cells stand beside a title."""
    row = (_place(opened, "table"), _place(opened, "row"))
    return sum((_place(b, "table"), _place(b, "row")) == row for b in document.blocks) > 1


def _place(block: Block, key: str) -> object:
    return next((value for name, value in block.where if name == key), None)
