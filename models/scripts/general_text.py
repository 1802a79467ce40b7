#!/usr/bin/env python3
"""General English that the teacher may read, one object with a `text` a line, from two open collections.

    general_text.py --wiki ENWIKI_SAMPLE.bz2 --fortunes FOLDER --out models/build/general.jsonl

ENWIKI_SAMPLE: the piece of an English Wikipedia dump (CC BY-SA) that comes with gensim (PyPI), in `gensim/test/test_data`.
FOLDER: the sayings and stories of Debian's package `fortunes` (`/usr/share/games/fortunes`). Neither is kept here.
"""

from __future__ import annotations

import argparse
import bz2
import html
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

LONGEST = 600  # characters of a piece
_ARTICLE = re.compile(r"<text[^>]*>(.*?)</text>", re.S)
_MARKUP = (
    (re.compile(r"<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|<[^>]+>", re.S), ""),
    (re.compile(r"\{\{[^{}]*\}\}"), ""),
    (re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"\[\S+ ([^\]]+)\]"), r"\1"),
    (re.compile(r"'{2,}"), ""),
)
_PROSE = re.compile(r"[A-Z\"“][^|{}\[\]=]{79,}[.!?][\"”)]*")


def wikipedia(path: Path) -> Iterator[str]:
    """Paragraphs of prose, cut at sentences where they are long."""
    for article in _ARTICLE.finditer(bz2.decompress(path.read_bytes()).decode("utf-8")):
        text = html.unescape(html.unescape(article[1]))
        for pattern, instead in (*_MARKUP[:2], _MARKUP[1], *_MARKUP[2:]):  # templates stand in templates
            text = pattern.sub(instead, text)
        for line in text.splitlines():
            if _PROSE.fullmatch(line.strip()):
                yield from _pieces(re.sub(r"\s+", " ", line).strip())


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for sentence in re.split(r"(?<=[a-z\d)\"”][.!?]) (?=[A-Z\"“])", text):
        if piece and len(piece) + len(sentence) > LONGEST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}" if piece else sentence
    if piece:
        yield piece


def fortunes(folder: Path) -> Iterator[str]:
    """Each saying, its lines joined as they were written, who said it on a line of its own."""
    for file in sorted(folder.iterdir()):
        if file.suffix or file.is_symlink() or file.name in ("ascii-art", "translate-me"):
            continue
        for saying in file.read_text(encoding="utf-8", errors="replace").split("\n%\n"):
            text = textwrap.dedent(saying.expandtabs()).strip()
            text = re.sub(r"(?<=[\w,;]) *\n {0,12}(?=[a-z])", " ", re.sub(r"[\b\x00-\x08]", "", text))
            if 20 < len(text) <= 2 * LONGEST and sum(c.isalpha() for c in text) > 0.6 * len(text):
                yield text


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--wiki", type=Path, required=True)
    ask.add_argument("--fortunes", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    args = ask.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as out:
        for source, texts in (("wikipedia", wikipedia(args.wiki)), ("fortunes", fortunes(args.fortunes))):
            kept = dict.fromkeys(texts)
            out.writelines(json.dumps({"source": source, "text": text}, ensure_ascii=False) + "\n" for text in kept)
            print(f"{source}: {len(kept)} pieces, {sum(len(t.split()) for t in kept)} words")


if __name__ == "__main__":
    main()
