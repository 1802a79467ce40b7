"""A field of a form that nobody filled in: no answer, boxes of which none is ticked, or “Choose an item.”"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from referral_lint.model import Block, BlockKind, Span
from referral_lint.patterns import compiled
from referral_lint.rules.rule import Match, Rule

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

# What a form may leave empty: equality monitoring, its own office's part, second lines of a name or an address.
_OPTIONAL = compiled(
    r"(?i)\b(?:ethnic\w*|religion|sexual\w*|gender identity|optional|monitoring|office use|for (?:our|internal|official) use|received (?:by|on)"
    r"|reference|ref\b|e-?mail|fax|title|middle name|alias|known as|any other|anything else|other\b|further|details?\b|if (?:yes|no|so|not|other|applicable)"
    r"|signature|signed|part|section|additional|outcome of)|^(?:please|could|can|would|will|grateful|thank)\b"
)
# A label of a form with nothing behind it, which looks like a heading; the next field stands on the next line.
_LABEL = compiled(
    r"(?i)\W*(?:name(?: of \w+)?|(?:\w+['’]s )?(?:full |first )?name|surname|gp(?: (?:name|practice|surgery))?|school(?:/\w+)?|nursery|address|date of birth|d\.?o\.?b\.?|"
    r"(?:contact |home )?(?:tele)?phone(?: number)?|mobile|nhs (?:no|number)|parents?(?:/carers?)?|mother|father|carers?|siblings?|language|health visitor|social worker)\s*[:?]\s*"
)
_FIELD = compiled(r"[A-Z][\w'’ /()-]{1,40}[:?][ \t]*\S")
_THEIR_SIGNATURE = compiled(
    r"(?i)\W*(?:(?:signature of|signed(?: by)?|signature:?) (?:the )?\(?)?(?:parent|carer|guardian|mother|father|young person|child|pupil|patient|client|service user|tenant|resident|adult|applicant)"
    r"(?:['’]?s['’]?)?(?:(?: ?/ ?| or | and )(?:parent|carer|guardian|young person|child)(?:['’]?s['’]?)?)*(?: signature)?(?: \([^)]*\))?\W*\Z"
)
_AGREEMENT = compiled(r"(?i)\b(?:consent\w*|agree\w*|permission)\b")
_OFFICE = compiled(r"(?i)\b(?:office|internal|official) use\b|\bfor (?:our|the) (?:team|office|hub|service)\b")
_TITLES = (BlockKind.HEADING, BlockKind.CELL)
_NEAR = 4  # questions above the signature, one of which asks for agreement
_LETTERS = compiled(r"[^\W\d_]{2}")
_LIST = compiled(r"(?i)\s*(?:[-*•]|\d+[.)])")
MOST = 8  # more empty fields than that are a form's second copy, not an oversight


def blank(draft: Draft, rule: Rule) -> Iterator[Match]:
    """One match for each question of a form that has neither an answer nor a ticked box."""
    if draft.kind != "form":
        return
    pairs = list(_unanswered(draft))
    asking = [asked for asked, _ in pairs]
    empty = [pair for pair in pairs if not _may_stay_empty(draft, pair[0], asking)]
    for asked, place in empty[:MOST]:
        words = draft.words(asked).rstrip(" :?|\n\t")
        end = place.start + len(words) if place is asked else place.end
        yield Match(rule, Span(place.start, end), fields={"words": " ".join(words.split())})


def _may_stay_empty(draft: Draft, asked: Block, empty: Sequence[Block]) -> bool:
    return _OPTIONAL.search(draft.words(asked)) is not None and not _is_their_signature(draft, asked, empty)


def _is_their_signature(draft: Draft, asked: Block, empty: Sequence[Block]) -> bool:
    """Where the form asks for agreement, and has an answer, the family's signature is part of it; the office's own part is not."""
    if not _THEIR_SIGNATURE.match(draft.words(asked)):
        return False
    above = [block for block in draft.document.blocks if block.end <= asked.start]
    title = next((draft.words(b) for b in reversed(above) if b.kind in _TITLES), "")
    questions = [block for block in above if block.kind is BlockKind.QUESTION][-_NEAR:]
    asking = [block for block in questions if _AGREEMENT.search(draft.words(block))]
    agreement = bool(asking) or _AGREEMENT.search(title) is not None
    return agreement and not _OFFICE.search(title) and not any(block in empty for block in asking)


def _unanswered(draft: Draft) -> Iterator[tuple[Block, Block]]:
    """The words that ask, and where an answer is missing: there or at the placeholder."""
    blocks = draft.document.blocks
    answered = {b.question for b in blocks if b.question is not None and _is_answer(b, draft)}
    waiting = {b.question for b in blocks if b.kind is BlockKind.PLACEHOLDER}
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.PLACEHOLDER and block.question not in answered:
            yield (block if block.question is None else blocks[block.question]), block
        if block.kind is BlockKind.HEADING and _is_bare_label(blocks, index, draft):
            yield block, block
        if block.kind is not BlockKind.QUESTION or index in answered or index in waiting:
            continue
        words = draft.words(block).strip()
        marked = words.endswith((":", "?", "|")) or _THEIR_SIGNATURE.match(words) is not None
        asks = marked and _LETTERS.search(words) is not None
        if asks and not _heads_more(blocks, index, words):
            yield block, block


def _is_bare_label(blocks: tuple[Block, ...], index: int, draft: Draft) -> bool:
    """“GP:” with the next field of the form below it."""
    if index + 1 >= len(blocks) or not _LABEL.fullmatch(draft.words(blocks[index])):
        return False
    following = blocks[index + 1]
    return following.kind is BlockKind.QUESTION or _FIELD.match(draft.words(following)) is not None


def _is_answer(block: Block, draft: Draft) -> bool:
    if block.kind in (BlockKind.OPTION, BlockKind.PLACEHOLDER):
        return block.ticked is True
    return bool(draft.words(block).strip(" _.-–…|\n\t"))


def _heads_more(blocks: tuple[Block, ...], index: int, words: str) -> bool:
    """A question in capitals or with a number, with other questions below it, is the title of its part."""
    following = blocks[index + 1].kind if index + 1 < len(blocks) else None
    is_title = (words.upper() == words and not _LABEL.fullmatch(words)) or _LIST.match(words) is not None
    return is_title and following in (BlockKind.QUESTION, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH)
