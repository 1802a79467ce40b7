#!/usr/bin/env python3
"""Check the marked passages of models/corpus/passages; print one line a fault, exit 1 if there is one.

    check_passages.py FILE_OR_FOLDER ...

A passage is a block of lines between blank lines; lines that begin with # are comments. Marks: models/corpus/FORMAT.md.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

MARK = re.compile(r"\{\{([A-Z]{3})\|([^{}]*)\}\}")
LABELS = {"ACR", "AMB", "OPN", "JRG", "OVR"}


def passages(path: Path) -> list[str]:
    """The passages of one file, with their marks, comments left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [block.strip() for block in re.split(r"\n\s*\n", "\n".join(lines)) if block.strip()]


def faults(passage: str, needs_purpose: bool) -> list[str]:
    """Every fault of one passage, in words."""
    marks, rest = MARK.findall(passage), MARK.sub("", passage)
    out = [f"unknown label {label}" for label, _ in marks if label not in LABELS]
    out += [
        f"a mark is empty or has blanks at its ends: {words!r}"
        for _, words in marks
        if words != words.strip() or not words
    ]
    if re.search(r"\{\{|\}\}", rest):
        out.append("a mark is not closed, or nested")
    if needs_purpose != passage.startswith("[purpose: "):
        out.append("a purpose line is missing, or stands where none belongs")
    return out


def bare(passage: str) -> str:
    """The passage as its reader sees it, for finding duplicates."""
    return " ".join(re.findall(r"\w+", MARK.sub(r"\2", passage).lower()))


def main(paths: list[Path]) -> int:
    files = [f for p in paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
    seen: dict[str, Path] = {}
    bad = 0
    for file in files:
        found, marks, clean = passages(file), Counter[str](), 0
        for passage in found:
            faulty = faults(passage, "oversharing" in file.stem)
            words = bare(passage)
            if words in seen:
                faulty.append(f"stands in {seen[words].name} too")
            seen[words] = file
            marks.update(label for label, _ in MARK.findall(passage))
            clean += not MARK.search(passage)
            bad += len(faulty)
            for fault in faulty:
                print(f"{file}: {fault}: {passage[:70]!r}")
        tally = ", ".join(f"{label} {count}" for label, count in marks.most_common())
        print(f"{file.name}: {len(found)} passages, {clean} without a mark; {tally}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main([Path(p) for p in sys.argv[1:]]))
