#!/usr/bin/env python3
"""Check that annotated drafts keep to models/corpus/FORMAT.md; print one line a fault, exit 1 if there is one.

    check_corpus.py FILE_OR_FOLDER ... [--apart-from FOLDER]

--apart-from names an annotated folder that the corpus must share no sentence with (eight words or more in a row).
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

STATEMENTS = [
    "purpose",
    "recipient",
    "informed",
    "consent",
    "consent_what",
    "consent_who",
    "consent_onward",
    "consent_why",
    "override",
    "wishes",
    "rationale",
    "risk",
    "imminence",
    "benefit",
    "relationship",
    "timing",
    "sources",
]
ROLES = ["child", "parent", "partner", "sibling", "relative", "adult", "third-party", "professional"]
NEEDED = ["id", "kind", "from", "to", "mode", "author", "purposes", "urgent", *(f"st.{s}" for s in STATEMENTS)]
MARK = re.compile(r"\{\{([A-Z]{3})\|(.*?)\}\}", re.S)
LABELS = {"ACR", "AMB", "OPN", "JRG", "OVR", "IDN", "ACC"}
REGISTRY = {"kind": {"email", "letter", "form", "note"}, "mode": {"named", "no-names"}, "urgent": {"yes", "no"}}


def faults(path: Path) -> list[str]:
    """Every fault of one draft, in words."""
    raw = path.read_text(encoding="utf-8")
    parts = re.match(r"---\n(.*?)\n---\n", raw, re.S)
    if not parts:
        return ["no header between --- lines"]
    out = []
    rows = [tuple(p.strip() for p in line.split(":", 1)) for line in parts[1].splitlines() if ":" in line]
    header = {row[0]: row[1] for row in rows}
    body = raw[parts.end() :]
    text = MARK.sub(r"\2", body)
    out += [f"header has no {key}" for key in NEEDED if key not in header]
    out += [f"{key} is {header[key]!r}" for key, ok in REGISTRY.items() if key in header and header[key] not in ok]
    out += [f"unknown label {label}" for label, _ in MARK.findall(body) if label not in LABELS]
    if "{{" in text or "}}" in text:
        out.append("a mark is not closed, or nested")
    for name in STATEMENTS:
        status = header.get(f"st.{name}")
        if status not in ("present", "absent", "na"):
            out.append(f"st.{name} is {status!r}")
        if (status == "present") != (f"ev.{name}" in header):
            out.append(f"st.{name} is {status} but ev.{name} is {'given' if f'ev.{name}' in header else 'not given'}")
    squeezed = " ".join(text.split())
    for key, value in rows:
        if key.startswith("ev."):
            out += [
                f"{key} is not in the body: {e!r}" for e in value.split(" ;; ") if " ".join(e.split()) not in squeezed
            ]
        if key in ("org", "place", "date"):
            out += [f"{key} is not in the body: {f.strip()!r}" for f in value.split(";") if f.strip() not in squeezed]
        if key == "person":
            role, _, forms = value.partition("|")
            if role.strip() not in ROLES:
                out.append(f"person has role {role.strip()!r}")
            for form in re.split(r"[;/]", forms):
                if form.strip() and form.strip() not in squeezed:
                    out.append(f"person is not in the body: {form.strip()!r}")
    return out


def runs(text: str, size: int = 8) -> set[tuple[str, ...]]:
    """Every run of `size` words that stays inside one line of the body."""
    found = set()
    for line in text.splitlines():
        words = re.findall(r"[\w'’]+", line.lower())
        found.update(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    return found


def body_of(path: Path) -> str:
    return MARK.sub(r"\2", path.read_text(encoding="utf-8").split("\n---\n", 1)[-1])


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("paths", nargs="+", type=Path)
    ask.add_argument("--apart-from", type=Path)
    args = ask.parse_args()
    files = [f for p in args.paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
    taken: set[tuple[str, ...]] = set()
    for file in args.apart_from.glob("*.txt") if args.apart_from else ():
        taken |= runs(body_of(file))
    bad = 0
    for file in files:
        found = faults(file)
        found += [
            f"stands in {args.apart_from} too: {' '.join(run)!r}" for run in sorted(runs(body_of(file)) & taken)[:1]
        ]
        bad += len(found)
        for fault in found:
            print(f"{file}: {fault}")
    marks = sum(len(MARK.findall(f.read_text(encoding="utf-8"))) for f in files)
    print(f"{len(files)} drafts, {marks} marks, {bad} faults", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
