"""`python -m tests.benchmarks [speed|curve|same]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import curve, same, speed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    one = commands.add_parser("speed", help="Beside the peers that are installed, as a table of ratios.")
    one.add_argument("--documents", type=int, default=52)
    one.add_argument("--rounds", type=int, default=3)
    two = commands.add_parser("curve", help="How the cost grows, as a picture; takes some minutes.")
    two.add_argument("--output", type=Path, default=Path("benchmark-curve.svg"))
    two.add_argument("--most", type=float, default=1.0, help="Up to which share of 2,000 documents and 200,000 words.")
    three = commands.add_parser("same", help="Keep every report in FILE; the next time, say which of them differ.")
    three.add_argument("file", type=Path)
    three.add_argument("folders", type=Path, nargs="*", help="More documents than the drafts and samples here.")
    wanted = parser.parse_args()
    if wanted.command == "curve":
        lines = curve.draw(wanted.output, wanted.most)
    elif wanted.command == "same":
        lines = same.compared(wanted.file, wanted.folders)
    else:
        lines = speed.tables(getattr(wanted, "documents", 52), getattr(wanted, "rounds", 3))
    for line in lines:
        print(line, flush=True)


main()
