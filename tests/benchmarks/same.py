"""Are the reports still the same, word for word? For changes that should make things faster and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from referral_lint import Linter
from referral_lint.model import Source
from referral_lint.writers.json import as_dict
from tests.benchmarks import documents


def reports(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Name and report (JSON) of every training draft, every sample, and every file of the folders."""
    linter = Linter()
    for name, text in documents.drafts():
        yield name, _report(linter, Source(name, text.encode()))
    for folder in (documents.ROOT / "samples", *folders):
        for path in sorted(p for p in folder.iterdir() if p.is_file() and p.suffix not in (".toml", ".png")):
            yield path.name, _report(linter, Source(path.name, path.read_bytes()))


def _report(linter: Linter, source: Source) -> str:
    return json.dumps(as_dict(linter.lint(source)), sort_keys=True, ensure_ascii=False)


def compared(kept: Path, folders: Iterable[Path]) -> Iterator[str]:
    """Write the reports to `kept` if it is not there, else say which differ from it; lines to print."""
    found = dict(reports(folders))
    if not kept.exists():
        kept.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        yield f"{len(found)} reports kept in {kept}"
        return
    before = json.loads(kept.read_text(encoding="utf-8"))
    differ = sorted(name for name in before.keys() | found.keys() if before.get(name) != found.get(name))
    yield from (f"differs: {name}" for name in differ)
    yield f"{len(found) - len(differ)} of {len(found)} reports are the same as in {kept}"
