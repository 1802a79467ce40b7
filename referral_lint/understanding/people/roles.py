"""The role of each person, from all signs at once: what the rules made of the name, and the words that stand around it.

Trained by models/scripts/train_roles.py; plain numbers in one small file, no words of any draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from referral_lint.errors import BROKEN_FILE, ModelError
from referral_lint.paths import MODELS
from referral_lint.patterns import compiled
from referral_lint.understanding import layers
from referral_lint.understanding.people.evidence import Evidence
from referral_lint.understanding.people.ties import Group
from referral_lint.understanding.people.words import ROLE_OF, WORK

if TYPE_CHECKING:
    from referral_lint.model import Span
    from referral_lint.understanding.draft import Draft

ROLES = ("child", "parent", "partner", "sibling", "relative", "adult", "third-party", "professional")
# The likelihood from which a role is given, and where the rules know none; of the less likely ones hardly half would be right.
SURE, SURE_ALONE = 0.4, 0.6
RULED = 1.0  # what the role that the rules give has in odds besides: in drafts of a few lines there is little else
MENTIONS = 6  # of one person that are looked at
WINDOW, WORDS = 60, 6  # characters and words to either side
_WORD = compiled(r"[^\W\d_]+|\d+|[^\w\s]|\n")
_WORK = compiled(rf"(?i)\b(?:{WORK})\b")
_FIELD = compiled(r"[ \t>*•-]*([^\n:|]{2,45}?) *[:|]")
Signs = Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """`keys`: checksums of the known signs, sorted; `by_sign`: (signs, roles); `bias`: (roles,), in the order of ROLES."""

    keys: NDArray[np.uint32]
    by_sign: NDArray[np.float64]
    bias: NDArray[np.float64]

    def role(self, signs: Signs, ruled: str, of_age: bool = False) -> str:
        """The likeliest role, or "unknown" if that is likely to be wrong. `ruled` is what the rules made of the name.

        Somebody of age is never the child.
        """
        sought = np.fromiter(map(layers.checksum, signs), np.uint32, len(signs))
        at, known = layers.looked_up(self.keys, sought)
        amounts = np.fromiter(signs.values(), np.float64, len(signs))
        odds = amounts[known] @ self.by_sign[at[known]] + self.bias
        if ruled in ROLES:
            odds[ROLES.index(ruled)] += RULED
        if of_age:
            odds[ROLES.index("child")] = -np.inf
        likelihood = layers.softmax(odds.astype(np.float32))
        best = int(np.argmax(likelihood))
        return ROLES[best] if likelihood[best] >= (SURE if ruled in ROLES else SURE_ALONE) else "unknown"


@cache
def load(path: Path = MODELS / "people" / "roles.npz") -> Weights:
    """The weights that come with the package. Raises ModelError if they are missing or broken."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return Weights(file["keys"], file["table"].astype(np.float64) * file["scale"], file["bias"])
    except BROKEN_FILE as fault:
        raise ModelError("the weights for people cannot be read; install referral-lint again", path) from fault


def settle(draft: Draft, groups: Sequence[Group], seen: Sequence[Evidence], ruled: Sequence[str]) -> list[str]:
    """A role for each group of names; `ruled` is what the rules made of each."""
    return [load().role(of(draft, i, groups, seen, ruled), role, seen[i].of_age) for i, role in enumerate(ruled)]


def of(draft: Draft, at: int, groups: Sequence[Group], seen: Sequence[Evidence], ruled: Sequence[str]) -> Signs:
    """The signs of one person and how much of each there is, hardly ever more than 2."""
    signs: defaultdict[str, float] = defaultdict(float)
    group = groups[at]
    for sign, amount in (*_of_the_person(group, seen[at], ruled[at]), *_of_the_others(draft, at, groups, seen, ruled)):
        signs[sign] += amount
    mentions = group.names[:MENTIONS]
    for name in mentions:
        for sign in _of_the_place(draft, name.span):
            signs[sign] += 1 / len(mentions)
    if any("adult" in purpose.id for purpose in draft.purposes) or _grown_subject(at, seen):
        signs.update({f"adult {sign}": amount for sign, amount in signs.items() if _is_of_kin(sign)})
        signs["adult draft"] = 1
    return {sign: float(amount) for sign, amount in signs.items() if amount}


def _is_of_kin(sign: str) -> bool:
    return sign.startswith(("vote ", "role ")) or (" kin " in sign and sign[1] == " ")


def _grown_subject(at: int, seen: Sequence[Evidence]) -> bool:
    return any(e.subject and e.grown and not e.minor for i, e in enumerate(seen) if i != at)


def _of_the_person(group: Group, evidence: Evidence, role: str) -> Iterator[tuple[str, float]]:
    yield f"role {role}", 1
    title = group.names[0].title
    for voted, amount in evidence.votes.items():
        yield f"vote {voted}", min(amount, 6) / 3
        yield f"voted {voted} {bool(title)}", 1
    yield "subject", min(evidence.subject, 2)
    yield "minor", evidence.minor
    yield "grown", evidence.grown
    yield "only minor", evidence.minor and not evidence.grown
    yield "he", min(evidence.he, 3) / 3
    yield "she", min(evidence.she, 3) / 3
    yield f"title {title.lower()}", 1
    yield f"named {min(len(group.names), 5)}", 1
    yield "only surname", not group.first
    yield "only first", not group.last
    yield f"titled, no votes {len(group.names) > 2}", bool(title) and not evidence.votes


def _of_the_others(
    draft: Draft, at: int, groups: Sequence[Group], seen: Sequence[Evidence], ruled: Sequence[str]
) -> Iterator[tuple[str, float]]:
    others = [i for i in range(len(groups)) if i != at]
    young = {groups[i].last for i in others if ruled[i] in ("child", "sibling")} - {""}
    often = sorted(range(len(groups)), key=lambda i: -len(groups[i].names))
    yield f"purpose {draft.purposes[0].id if draft.purposes else ''}", 1
    yield f"kind {draft.kind}", 1
    yield "surname of a child", groups[at].last in young
    yield "another is the subject", any(seen[i].subject for i in others)
    yield "another is a child", any(ruled[i] == "child" for i in others)
    yield "another is a parent", any(ruled[i] == "parent" for i in others)
    yield "named first", at == 0
    yield f"rank {min(often.index(at), 4)}", 1


def _of_the_place(draft: Draft, span: Span) -> Iterator[str]:
    """What stands around one mention."""
    text, (start, end) = draft.text, span
    line = text.rfind("\n", 0, start) + 1
    before, after = text[max(line, start - WINDOW) : start], text[end : end + WINDOW]
    yield from _beside("b", [_class(word) for word in reversed(_WORD.findall(before))])
    yield from _beside("a", [_class(word) for word in _WORD.findall(after)])
    if not text[line:start].strip():
        yield "opens a line"
    for name, words in (("before", before), ("after", after.partition("\n")[0]), ("below", after.partition("\n\n")[0])):
        if _WORK.search(words):
            yield f"work {name}"
    share = start / len(text)
    yield "top" if share < 0.15 else "end" if share > 0.85 else "middle"
    if len(text) - start < 250:
        yield "last lines"
    yield from _of_the_form(draft, span, text[line:start])


def _of_the_form(draft: Draft, span: Span, before: str) -> Iterator[str]:
    block = draft.document.block_at(span.start)
    yield f"block {block.kind.value if block is not None else ''}"
    if block is not None and block.question is not None:
        question = draft.words(draft.document.blocks[block.question])
        yield from (f"asked {word.lower()}" for word in _WORD.findall(question))
    if field := _FIELD.match(before):
        yield from (f"field {word.lower()}" for word in _WORD.findall(field[1]))


def _beside(side: str, words: Sequence[str]) -> Iterator[str]:
    """The words to one side, the nearest first."""
    for distance, word in enumerate(words[:WORDS]):
        yield f"{side}{min(distance, 3)} {word}"
        yield f"{side} {word}"
    for many in (2, 3):
        if len(words) >= many:
            yield f"{side}{many} {' '.join(words[:many])}"


def _class(word: str) -> str:
    """A word, or its kind: kinship, a small number, an age, a capital."""
    low = word.lower()
    if low in ROLE_OF:
        return f"kin {ROLE_OF[low]}"
    if word.isdigit():
        return "young" if int(word[:9]) < 18 else "old" if int(word[:9]) < 120 else "number"
    return f"C {low}" if word[:1].isupper() else low
