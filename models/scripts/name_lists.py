#!/usr/bin/env python3
"""Write models/names/given.txt and family.txt: the name lists of the pipeline's features and of the generator.

Sources: the person providers of Faker (MIT licence) for the languages of people who live in the UK, and
models/names/own.txt, written by hand. Latin letters only; each name also without its diacritics.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from pathlib import Path

NAMES = Path(__file__).parent.parent / "names"
LOCALES = (
    "en_GB en_US en_IE ga_IE en_IN en_PK en_NG en_NZ en_KE pl_PL ro_RO tr_TR pt_PT pt_BR it_IT es_ES fr_FR nl_NL "
    "cs_CZ sk_SK hu_HU lt_LT lv_LV sv_SE no_NO hr_HR az_AZ id_ID yo_NG ha_NG ig_NG sw tw_GH vi_VN ne_NP de_DE"
).split()
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


def tidy(names: set[str]) -> list[str]:
    parts = {p for n in names for p in (n, plain(n))}
    good = {p for p in parts if re.fullmatch(r"[A-ZÀ-ÞĀ-Ž][\w'’-]{1,17}", p) and not any(c.isdigit() for c in p)}
    return sorted(good - NO_NAMES)


def main() -> None:
    own: dict[str, set[str]] = {"given": set(), "surname": set()}
    for line in (NAMES / "own.txt").read_text(encoding="utf-8").splitlines():
        key, _, words = line.partition(":")
        if key in own:
            own[key].update(words.split())
    for file, kind, key in (("given.txt", "first_name", "given"), ("family.txt", "last_name", "surname")):
        names = tidy(from_faker(kind) | own[key])
        (NAMES / file).write_text("\n".join(names) + "\n", encoding="utf-8")
        print(f"{file}: {len(names)} names")


if __name__ == "__main__":
    main()
