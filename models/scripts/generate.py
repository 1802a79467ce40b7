"""Sentences of referral language from a grammar, with their names known and not guessed.

A piece is `(text, [(start, end, label)])` in characters; labels are PERSON, ORG, PLACE and DATE.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

MODELS = Path(__file__).parent.parent
Piece = tuple[str, list[tuple[int, int, str]]]
_SLOT = re.compile(r"\{(\w+)\}")
_TITLES = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Mr", "Ms", "Mx", "Prof", "Rev"]


class Grammar:
    """Draws sentences; the same seed gives the same sentences."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        lines = (MODELS / "grammar" / "templates.txt").read_text(encoding="utf-8").splitlines()
        self.templates = [line for line in lines if line and not line.startswith("#")]
        self.words = yaml.safe_load((MODELS / "grammar" / "words.yaml").read_text(encoding="utf-8"))
        own = {"given": [], "surname": []}
        for line in (MODELS / "names" / "own.txt").read_text(encoding="utf-8").splitlines():
            key, _, names = line.partition(":")
            own.get(key, []).extend(names.split())
        known = (MODELS / "names" / "places.txt").read_text(encoding="utf-8").splitlines()
        self.peoples = [p for p in known if re.search(r"(?:an|ish|ese|i)$", p) and " " not in p]
        self.places = [p for p in known if p not in self.peoples]
        # Half from the hand-written lists of UK communities, half from the long lists.
        self.given_lists = [own["given"], (MODELS / "names" / "given.txt").read_text(encoding="utf-8").split()]
        self.family_lists = [own["surname"], (MODELS / "names" / "family.txt").read_text(encoding="utf-8").split()]

    def invented(self) -> str:
        """A name that stands in no list: what is a name must show from its place too."""
        sounds = "a e i o u ai ee oo ia".split()
        heads = "B Br C Ch D F G H J K Kh L M N P R S Sh T Th Tr V W Y Z Al El Os Ir Ad Mc Nutt Pol Tren".split()
        tails = "n r s l m th nd ck son ton ley well man ra na la ne tt ski wicz ova rd sh by ham".split()
        middle = "".join(
            self.draw.choice(sounds) + self.draw.choice("b d g k l m n r s t v z mm rr".split())
            for _ in range(self.draw.choice([0, 1, 1, 2]))
        )
        return self.draw.choice(heads) + middle + self.draw.choice(sounds) + self.draw.choice(tails)

    def given(self) -> str:
        if self.draw.random() < 0.2:
            return self.invented()
        name = self.draw.choice(self.draw.choice(self.given_lists))
        return f"{name}-{self.draw.choice(self.given_lists[0])}" if self.draw.random() < 0.03 else name

    def family(self) -> str:
        if self.draw.random() < 0.3:
            return self.draw.choice([self.invented, self.town])()
        name = self.draw.choice(self.draw.choice(self.family_lists))
        if self.draw.random() < 0.08:
            name += "-" + self.draw.choice(self.family_lists[0])
        return name

    def full(self) -> str:
        middle = f" {self.draw.choice('ABCDEFGHJKLMPRSTW')}." if self.draw.random() < 0.04 else ""
        return f"{self.given()}{middle} {self.family()}"

    def place(self) -> str:
        if self.draw.random() < 0.3:
            return self.draw.choice(self.words["real_place"])
        return self.town()

    def town(self) -> str:
        return self.draw.choice(self.words["place_first"]) + self.draw.choice(self.words["place_last"])

    def street(self) -> str:
        first = self.draw.choice([self.place, self.family, lambda: self.draw.choice(self.words["school_first"])])()
        number = (
            f"{self.draw.randint(1, 180)}{self.draw.choice(['', '', '', 'A', 'b'])} "
            if self.draw.random() < 0.7
            else ""
        )
        return f"{number}{first} {self.draw.choice(self.words['street_last'])}"

    def org(self) -> str:
        first = self.draw.choice([self.place, self.family, lambda: self.draw.choice(self.words["school_first"])])()
        return f"{first} {self.draw.choice(self.words['org_last'])}"

    def school(self) -> str:
        return f"{self.draw.choice(self.words['school_first'])} {self.draw.choice(self.words['school_last'])}"

    def service(self) -> str:
        name = self.draw.choice(self.words["service"])
        return f"{self.place()} {name}" if self.draw.random() < 0.4 else name

    def world(self) -> str:
        return self.draw.choice(self.places)

    def brand(self) -> str:
        """A firm or product: an invented word, now and then a person's name or two words."""
        word = self.draw.choice([self.invented, self.invented, self.family, self.town])()
        return f"{word} {self.invented()}" if self.draw.random() < 0.15 else word

    def day(self) -> str:
        day = date(2023, 1, 1) + timedelta(days=self.draw.randrange(1400))
        forms = [
            "%d/%m/%Y",
            "%d/%m/%y",
            "%-d %B %Y",
            "%-d %B",
            "%A %-d %B",
            "%-d %b",
            "%d.%m.%y",
            "%Y-%m-%d",
            "%A %-d %B %Y",
        ]
        return day.strftime(self.draw.choice(forms))

    def slot(self, name: str) -> list[tuple[str, str]]:
        """What fills a slot: `(text, label)` parts, label "" for plain words."""
        if name in ("given", "family", "full"):
            return [(getattr(self, name)(), "PERSON")]
        if name == "initial":
            return [
                (
                    f"{self.draw.choice('ABCDEFGHJKLMNPRST')}{self.draw.choice(['.', '', ' '])} {self.family()}".replace(
                        "  ", " "
                    ),
                    "PERSON",
                )
            ]
        if name == "titled":
            return [
                (self.draw.choice(_TITLES) + self.draw.choice([" ", " ", " ", ". "]), ""),
                (self.draw.choice([self.family, self.family, self.full])(), "PERSON"),
            ]
        if name == "surname_first":
            return [(f"{self.draw.choice([str.upper, str])(self.family())}, {self.given()}", "PERSON")]
        if name == "people":
            return [(self.draw.choice(self.peoples), "")]
        if name in ("org", "school", "service", "brand"):
            return [(getattr(self, name)(), "ORG")]
        if name in ("place", "street", "world"):
            return [(getattr(self, name)(), "PLACE")]
        if name == "date":
            return [(self.day(), "DATE")]
        if name == "month":
            return [(self.draw.choice(self.words["month"]), "")]
        if name == "number":
            return [(str(self.draw.randint(1, 16)), "")]
        return [(self.draw.choice(self.words.get(name, [name])), "")]

    def sentence(self) -> Piece:
        template = self.draw.choice(self.templates)
        text, spans, at = "", [], 0
        for found in _SLOT.finditer(template):
            text += template[at : found.start()]
            for words, label in self.slot(found[1]):
                if label:
                    spans.append((len(text), len(text) + len(words), label))
                text += words
            at = found.end()
        text += template[at:]
        if self.draw.random() < 0.04:
            return text.lower(), spans
        return text, spans

    def pages(self, many: int) -> Iterator[Piece]:
        """`many` small documents of one to six sentences."""
        for _ in range(many):
            text, spans = "", []
            for _ in range(self.draw.choice([1, 1, 1, 2, 4, 6])):
                piece, found = self.sentence()
                spans.extend((s + len(text), e + len(text), label) for s, e, label in found)
                text += piece + self.draw.choice(["\n", " ", "\n\n"])
            yield text.rstrip(), spans
