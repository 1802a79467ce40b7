"""The characters that forms use as tick boxes, for all that reads or draws them."""

from __future__ import annotations

BOXES = "☐☑☒□■▢◻◼⬜⬛❏❑❒🗹🗷✅"  # boxes, empty and ticked
TICKS = "✓✔√✗✘🗸"  # ticks and crosses without a box
TICKED = "☑☒■◼⬛🗹🗷✅xX" + TICKS  # what says of a box that it is ticked
