"""Which blocks of a document are the writer's own words."""

from __future__ import annotations

from referral_lint.model import Block, BlockKind

OWN = frozenset(
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


def is_own(block: Block) -> bool:
    """Is this the writer's own wording? An option that is not ticked is nobody's."""
    return block.kind in OWN and not (block.kind is BlockKind.OPTION and block.ticked is not True)
