#!/usr/bin/env python3
"""Write models/names/given.txt, family.txt, places.txt and ordinary.txt: what the pipeline, the generator and the name finder know.

    name_lists.py [--texts MTS_DIALOG.jsonl ACI_BENCH.jsonl WIKIPEDIA.jsonl]

Sources: the person and address providers of Faker (MIT licence) for the languages of people who live in the UK, the
cities of the time zone database (public domain), and models/names/own.txt, written by hand. Latin letters only; each name
also without its diacritics. Ordinary words, in no list of names, are those that the training drafts and the texts given
(objects with a `text`, one a line; README.md says which) write small at least three times and far more often than not,
or ten times and more often than not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import unicodedata
import zoneinfo
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus

NAMES = Path(__file__).parent.parent / "names"
LOCALES = (
    "en_GB en_US en_IE ga_IE en_IN en_PK en_NG en_NZ en_KE pl_PL ro_RO tr_TR pt_PT pt_BR it_IT es_ES fr_FR nl_NL "
    "cs_CZ sk_SK hu_HU lt_LT lv_LV sv_SE no_NO hr_HR az_AZ id_ID yo_NG ha_NG ig_NG sw tw_GH vi_VN ne_NP de_DE"
).split()
PLACES = {
    "": ("countries",),
    ".en_US": ("states",),
    ".en_GB": ("counties",),
    ".en_IN": ("cities",),
    ".de_DE": ("cities",),
    ".pl_PL": ("cities",),
    ".ro_RO": ("cities",),
    ".pt_PT": ("cities",),
}
# Words that are hardly ever a name in a British letter, whatever a list says.
NO_NAMES = set(
    "The And But For From With Has Had Her His She They Was Were Will May Can Said Social Child School Care Parents Can Do An "
    "As At Be By In Is It No Of On Or So To Up Us We Me My He If Go Am Are Not Now New Old One Two Ten Him Day Home House "
    "Given Family Great Good Best Dear Also Any All Here There This That These Those When Then Than Thus Very Just".split()
)


def plain(name: str) -> str:
    """Without diacritics; letters that do not decompose are spelled as English speakers do."""
    table = str.maketrans(
        {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "ə": "a", "Ə": "A"}
    )
    bare = unicodedata.normalize("NFD", name.translate(table))
    return "".join(c for c in bare if not unicodedata.combining(c))


def from_faker(kind: str) -> set[str]:
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith(kind) and (isinstance(values, (list, tuple)) or hasattr(values, "keys")):
                found.update(str(v) for v in values)
    return found


def places() -> set[str]:
    """Countries, states, counties and large cities; a place of several words is one entry."""
    found = set()
    for locale, attributes in PLACES.items():
        provider = importlib.import_module(f"faker.providers.address{locale}").Provider
        found.update(re.sub(r" \(.*", "", str(v)) for a in attributes for v in getattr(provider, a))
    found.update(zone.rpartition("/")[2].replace("_", " ") for zone in zoneinfo.available_timezones() if "/" in zone)
    return {re.sub(r"^the ", "", p, flags=re.I) for p in found}


def ordinary(texts: list[Path]) -> set[str]:
    """Words that open no name: common nouns, verbs and so on, in lower case."""
    drafts = corpus.by_split()["train"]
    people = {w.lower() for d in drafts for s, e, label in d.names if label == "PERSON" for w in d.text[s:e].split()}
    written = [d.text for d in drafts] + [json.loads(line)["text"] for path in texts for line in path.open()]
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in written:
        small.update(re.findall(r"(?<![\w@./'’-])[a-z]{3,}(?![\w@'’-])", text))
        large.update(w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?![\w@'’-])", text))
    return {w for w, n in small.items() if n >= 3 and n > (1 if n >= 10 else 3) * large[w] and w not in people}


def tidy(names: set[str]) -> list[str]:
    parts = {p for n in names for p in (n, plain(n))}
    good = {p for p in parts if re.fullmatch(r"[A-ZÀ-ÞĀ-Ž][\w'’-]{1,17}", p) and not any(c.isdigit() for c in p)}
    return sorted(good - NO_NAMES)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--texts", type=Path, nargs="*", default=[])
    args = ask.parse_args()
    own: dict[str, set[str]] = {"given": set(), "surname": set(), "place": set()}
    for line in (NAMES / "own.txt").read_text(encoding="utf-8").splitlines():
        key, _, words = line.partition(":")
        if key in own:
            own[key].update(words.split("; ") if key == "place" else words.split())
    lists: dict[str, list[str]] = {}
    for file, kind, key in (("given.txt", "first_name", "given"), ("family.txt", "last_name", "surname")):
        names = lists[key] = tidy(from_faker(kind) | own[key])
        (NAMES / file).write_text("\n".join(names) + "\n", encoding="utf-8")
        print(f"{file}: {len(names)} names")
    # A town that is somebody's given name stays a name, unless the hand-written list has it.
    towns = {p for p in places() if p not in lists["given"] or p == "Israel"}
    known = {p for n in towns | own["place"] for p in (n.strip(), plain(n.strip()))}
    known = sorted(p for p in known if re.fullmatch(r"[A-ZÀ-Þ][\w.'’ -]{2,40}", p) and not re.search(r"\d|GMT", p))
    (NAMES / "places.txt").write_text("\n".join(known) + "\n", encoding="utf-8")
    print(f"places.txt: {len(known)} places")
    if args.texts:
        words = sorted(ordinary(args.texts) - {n.lower() for names in lists.values() for n in names})
        (NAMES / "ordinary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"ordinary.txt: {len(words)} words")


if __name__ == "__main__":
    main()
