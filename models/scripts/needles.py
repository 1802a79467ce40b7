#!/usr/bin/env python3
"""Write rules/data/needles.json: what a text must hold for each pattern of the rules, so that no start has to read it off anew.

    needles.py [--check]

Needed after a pattern was changed: one that is not in the file is read when it is first asked for, which costs time and
nothing else. `--check` writes nothing and fails if the file is not what would be written.
"""

from __future__ import annotations

import argparse
import gc
import json
from pathlib import Path

from referral_lint import Linter
from referral_lint.model import Source
from referral_lint.understanding import needles

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "rules" / "data" / "needles.json"


def every_pattern() -> list[needles.Sought]:
    """All patterns that exist once the samples were checked; many are made when a draft first asks for them."""
    linter = Linter()
    for path in sorted((ROOT / "samples").glob("*.*")):
        linter.lint(Source(path.name, path.read_bytes()))
    return [thing for thing in gc.get_objects() if isinstance(thing, needles.Sought)]


def read_off() -> str:
    """The file's text: by the key of each pattern, its needles and the beginnings of words with which it can begin."""
    needles._kept = dict  # what is kept must not vouch for itself
    found = {
        sought.key: (sought.needles, None if sought.openings is None else sorted(sought.openings))
        for sought in every_pattern()
    }
    lines = (f"{json.dumps(key)}: {json.dumps(found[key], ensure_ascii=False)}" for key in sorted(found))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    written = read_off()
    if not check:
        KEPT.write_text(written, encoding="utf-8")
    elif KEPT.read_text(encoding="utf-8") != written:
        raise SystemExit(f"{KEPT.name} is not what the patterns say now; run models/scripts/needles.py")


if __name__ == "__main__":
    main()
