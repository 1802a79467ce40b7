"""Every sample says what a careful reviewer would say of it; what is not reached yet is known and counted."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from referral_lint.engine import Linter
from referral_lint.model import DocumentReport, Finding, Report, Source, Span
from referral_lint.readers import read
from referral_lint.understanding.setting import Setting
from tests.samples_builder.__main__ import SAMPLES

FOLDER = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
_ORDER = ("ready", "review", "unchecked", "hold")


@cache
def _linter() -> Linter:
    return Linter(setting=Setting(today=date(2026, 11, 24)))


@cache
def report_of(name: str) -> Report:
    return _linter().lint(Source(name, (FOLDER / name).read_bytes()))


def expectations() -> list[Any]:
    """One test an expectation; those under `not_yet` must fail, so that the list stays true."""
    made = []
    for name, entry in EXPECTED.items():
        items = [("verdict", f"verdict {entry['verdict']}"), ("urgent", f"urgent {entry['urgent']}".lower())]
        items += [
            (kind, f"{kind} {said}") for kind in ("found", "never", "says", "lacks") for said in entry.get(kind, ())
        ]
        late = set(entry.get("not_yet", ()))
        unknown = late - {said for _, said in items}
        assert not unknown, f"{name}: not_yet names {unknown}, which is not expected"
        for kind, said in items:
            marks = [pytest.mark.xfail(reason="not reached yet", strict=True)] if said in late else []
            made.append(pytest.param(name, kind, said.removeprefix(kind).strip(), marks=marks, id=f"{name}: {said}"))
    return made


@pytest.mark.parametrize(("name", "kind", "said"), expectations())
def test_what_a_reviewer_would_say(name: str, kind: str, said: str) -> None:
    report = report_of(name)
    found = [(document, finding) for document in report.documents for finding in document.open_findings]
    match kind:
        case "verdict":
            assert max((d.verdict.value for d in report.documents), key=_ORDER.index) == said
        case "urgent":
            assert any(d.urgent for d in report.documents) is (said == "true")
        case "found":
            assert any(_is(d, f, said) for d, f in found), sorted({f"{f.rule} @ {f.text}" for _, f in found})
        case "never":
            assert [f"{f.rule} @ {f.text}" for d, f in found if _is(d, f, said)] == []
        case _:
            statuses = {s.name: s.status.value for s in report.documents[0].statements}
            assert statuses[said] == {"says": "present", "lacks": "absent"}[kind]


def _is(report: DocumentReport, finding: Finding, said: str) -> bool:
    """ "rule|rule @ words": one of these rules, on (a part of) these words."""
    rules, _, words = said.partition(" @ ")
    if finding.rule not in rules.split("|") or not words:
        return finding.rule in rules.split("|")
    places = re.finditer(r"\s+".join(map(re.escape, words.split())), report.document.text)
    span = finding.span
    return span is not None and any(p.start() < span.end and span.start < p.end() for p in places)


def test_every_sample_is_expected_and_read() -> None:
    names = {path.name for path in FOLDER.iterdir() if path.suffix not in (".toml", ".png", ".md")}
    assert names == set(EXPECTED)
    assert len(names) >= 12
    for name in names:
        assert report_of(name).complete, name


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_what_its_builder_makes(name: str) -> None:
    kept = read(Source(name, (FOLDER / name).read_bytes()))
    built = read(Source(name, SAMPLES[name]()))
    assert [(d.part, d.text, d.blocks) for d in kept] == [(d.part, d.text, d.blocks) for d in built]


def test_there_are_good_mixed_and_poor_ones() -> None:
    assert {entry["verdict"] for entry in EXPECTED.values()} == {"ready", "review", "hold"}
    assert {path.suffix for path in FOLDER.iterdir()} >= {".docx", ".pdf", ".eml", ".txt"}


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@pytest.mark.parametrize("name", EXPECTED)
def test_the_table_and_the_findings_tell_one_story(name: str) -> None:
    """What a finding asks about is not “needed” in the table."""
    for document in report_of(name).documents:
        asked = [f.span for f in document.findings if f.span is not None and f.family == "over-sharing"]
        for row in document.sharing:
            for words in row.spans:
                is_open = row.standing != "needed" and not row.explained
                assert is_open or not any(_meets(words, span) for span in asked), document.document.words(words)
