"""The tables: documents a processor second once warm, a cold start with one document, memory."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks import documents, measure, warm
from tests.benchmarks.measure import Figure

ONE = documents.ROOT / "samples" / "early-help-draft.docx"
BLANK = [sys.executable, "-c", "import spacy; spacy.blank('en')"]
OURS = [sys.executable, "-m", "referral_lint", "check"]
# Peers on the command line; every one reads plain text.
COMMANDS = {
    "proselint": ["proselint", "check"],
    "write-good": ["write-good"],
    "alex": ["alex"],
}
INSTALL = {
    "proselint": "pip install proselint",
    "write-good": "npm install --global write-good",
    "alex": "npm install --global alex",
    **{name: f"pip install {package}" for name, package in warm.PACKAGES.items()},
}


def tables(count: int, rounds: int) -> Iterator[str]:
    """Both tables, as lines to print."""
    texts = documents.some(count)
    with tempfile.TemporaryDirectory() as place:
        files = _written(texts, Path(place))
        yield f"{count} drafts, {documents.words(texts)} words; medians of {rounds} rounds; processor seconds; one thread"
        yield ""
        yield from _warm(files, rounds)
        yield ""
        yield from _cold(files[0], rounds)


def _written(texts: list[str], place: Path) -> list[str]:
    files = [place / f"{i:03}.txt" for i in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return [str(file) for file in files]


def _warm(files: list[str], rounds: int) -> Iterator[str]:
    tasks: dict[str, Callable[[], Figure | None]] = {name: partial(_loaded, name, len(files)) for name in warm.TASKS}
    tasks["referral-lint, command line"] = partial(measure.run, [*OURS, *files])
    tasks |= {f"{name}, command line": partial(_command, [*words, *files]) for name, words in COMMANDS.items()}
    figures = measure.in_turn(tasks, rounds)
    ours = figures["referral-lint"]
    yield f"{'once loaded':32} {'documents/s':>12} {'referral-lint is':>18} {'peak MiB':>9}"
    for name, figure in figures.items():
        if figure is None or ours is None:
            yield f"{name:32} not here: {INSTALL.get(name.split(',')[0], 'it could not run')}"
        else:
            ratio = f"{figure.seconds / ours.seconds:.2f} times"
            yield f"{name:32} {len(files) / figure.seconds:12.1f} {ratio:>18} {figure.peak:9.0f}"


def _loaded(name: str, count: int) -> Figure | None:
    found = measure.python("tests.benchmarks.warm", name, str(count))
    return Figure(found["seconds"], found["peak"]) if found else None


def _command(command: list[str]) -> Figure | None:
    beside = Path(sys.executable).with_name(command[0])
    program = str(beside) if beside.exists() else shutil.which(command[0])
    return measure.run([program, *command[1:]]) if program else None


def _cold(text: str, rounds: int) -> Iterator[str]:
    tasks: dict[str, Callable[[], Figure | None]] = {
        "python -c \"import spacy; spacy.blank('en')\"": partial(measure.run, BLANK),
        f"referral-lint check {ONE.name}": partial(measure.run, [*OURS, str(ONE)]),
        "referral-lint check draft.txt": partial(measure.run, [*OURS, text]),
    }
    tasks |= {f"{' '.join(words)} draft.txt": partial(_command, [*words, text]) for words in COMMANDS.values()}
    figures = measure.in_turn(tasks, rounds)
    base = next(iter(figures.values()))
    yield f"{'from a cold start':44} {'seconds':>8} {'times the first':>16} {'peak MiB':>9}"
    for name, figure in figures.items():
        if figure is not None and base is not None:
            yield f"{name:44} {figure.seconds:8.2f} {figure.seconds / base.seconds:16.2f} {figure.peak:9.0f}"
