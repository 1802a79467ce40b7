"""Decisions to leave something as it is: found again by a keyed fingerprint, which gives none of the words away."""

from __future__ import annotations

import hmac
import json
import os
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePath

from referral_lint.config import Config
from referral_lint.errors import ConfigError, trouble
from referral_lint.files import OWN, write_new
from referral_lint.model import Document, DocumentReport, Finding, Gap, Waiver
from referral_lint.paths import user_folder
from referral_lint.patterns import compiled

FILE = ".referral-lint-waivers.toml"
LENGTH = 16  # hexadecimal digits of a fingerprint
NEIGHBOURS = 3  # words on each side that a fingerprint looks at
MOST_BYTES = 5_000_000

_WORD = compiled(r"[^\W_]+(?:['-][^\W_]+)*")
# What people add to the name of a file while they work on one and the same draft.
_STAGE = compiled(r"(?:[\s_.-]*\b(?:v\d+|version \d+|draft|final|revised|copy))+$")


@dataclass(frozen=True, slots=True)
class Waivers:
    """The decisions that are in force, and the key that fingerprints are made with.

    `file`: one file for all drafts; None = the one that lies beside each draft. `trouble`: why there is no key.
    """

    key: bytes
    file: Path | None = None
    trouble: str = ""

    def apply(self, reports: Sequence[DocumentReport], active: Container[str]) -> tuple[DocumentReport, ...]:
        """The documents of one input, each finding with its fingerprint and, if somebody decided so, its waiver.

        `active` are the rules that ran: a waiver of another rule is not said to match nothing.
        """
        if not self.key:
            return tuple(self._without(report) for report in reports)
        marked = [replace(report, findings=tuple(self._marked(report))) for report in reports]
        if not marked:
            return ()
        try:
            place = self.file_for(marked[0].document.source)
            waivers = read(place)
        except ConfigError as fault:
            return (_noted(marked[0], f"Earlier decisions were not looked at: {fault}."), *marked[1:])
        known = {waiver.fingerprint: waiver for waiver in waivers if waiver.reason.strip()}
        marked = [
            replace(r, findings=tuple(replace(f, waived=known.get(f.fingerprint)) for f in r.findings)) for r in marked
        ]
        for waiver in _groundless(waivers, known, marked):
            why = f"{_DECISION.format(waiver)} has no reason, so it does not count. Write the reason in {place}."
            marked[0] = _noted(marked[0], why)
        if all(report.complete for report in marked):
            for waiver in self._idle(waivers, marked, active):
                marked[0] = _noted(marked[0], _idle_words(waiver))
        return tuple(marked)

    def file_for(self, source: str) -> Path:
        """Where decisions about a source of that name are kept."""
        return self.file or Path(source).parent / FILE

    def draft_mark(self, source: str) -> str:
        """A fingerprint of the name of a draft: says that a waiver is about this draft, not what it is called."""
        return self._hash("draft", _stem(source))

    def _without(self, report: DocumentReport) -> DocumentReport:
        if not self.file_for(report.document.source).is_file():
            return report
        return _noted(report, f"Earlier decisions were not looked at: {self.trouble}.")

    def _marked(self, report: DocumentReport) -> Iterator[Finding]:
        seen: Counter[tuple[str, ...]] = Counter()
        for finding in report.findings:
            parts = _identity(finding, report.document)
            seen[parts] += 1
            numbered = parts if seen[parts] == 1 else (*parts, str(seen[parts]))
            yield replace(finding, fingerprint=self._hash(*numbered))

    def _idle(
        self, waivers: Sequence[Waiver], reports: Sequence[DocumentReport], active: Container[str]
    ) -> Iterator[Waiver]:
        here = self.draft_mark(reports[0].document.source)
        found = {finding.fingerprint for report in reports for finding in report.findings}
        return (w for w in waivers if w.draft == here and w.rule in active and w.fingerprint not in found)

    def _hash(self, *parts: str) -> str:
        data = json.dumps(parts).encode()  # not joined by a character: that could stand in a part
        return hmac.digest(self.key, data, "sha256").hex()[:LENGTH]


def waivers_from(config: Config) -> Waivers:
    """The waivers as the configuration wants them. A key that cannot be had is said with the findings, not raised."""
    file = config.folder / config.waivers.file if config.waivers.file else None
    named = config.waivers.key_file
    try:
        return Waivers(secret_key(config.folder / named if named else user_folder() / "key", shared=bool(named)), file)
    except (OSError, RuntimeError) as fault:
        said = getattr(fault, "strerror", None) or "no folder for it"
        why = f"the secret key for them cannot be read ({said}); name one with waivers.key_file in the configuration"
        return Waivers(b"", file, why)


def secret_key(path: Path, shared: bool = False) -> bytes:
    """The key in that file, made there if there is none. Raises OSError."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, os.urandom(32), 0o660 if shared else OWN)
        key = path.read_bytes()
    if len(key) < 16:
        raise OSError(0, "it is too short to be one", str(path))
    return key


def _identity(finding: Finding, document: Document) -> tuple[str, ...]:
    """What makes a finding the same finding in a later version of the draft."""
    if finding.span is None:
        return (finding.rule, "document", _stem(document.source), document.part)
    start, end = finding.span
    block = document.block_at(start)
    first, last = (block.start, max(block.end, end)) if block else (start, end)
    # A window keeps a very long block cheap; it moves with the finding, so it is the same after every edit elsewhere.
    before = _words(document.text[max(first, start - 200) : start])[-NEIGHBOURS:]
    after = _words(document.text[end : min(last, end + 200)])[:NEIGHBOURS]
    return (finding.rule, " ".join(_words(finding.text)) or finding.text, " ".join(before), " ".join(after))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return _WORD.findall(plain)


def _stem(source: str) -> str:
    """The name of a draft without folder, ending and the words for its stages: "Letter v2 final.docx" → "letter"."""
    stem = " ".join(PurePath(source).stem.casefold().split())
    return _STAGE.sub("", stem) or stem


def _noted(report: DocumentReport, why: str) -> DocumentReport:
    return replace(report, gaps=(*report.gaps, Gap(report.document.source, why, note=True)))


_DECISION = "A decision to leave something as it is ({0.rule}, {0.on})"


def _groundless(
    waivers: Sequence[Waiver], known: Container[str], reports: Sequence[DocumentReport]
) -> Iterator[Waiver]:
    """Waivers of something in these documents that give no reason: nobody can see whether they are right."""
    found = {finding.fingerprint for report in reports for finding in report.findings}
    return (w for w in waivers if w.fingerprint in found and w.fingerprint not in known)


def _idle_words(waiver: Waiver) -> str:
    return f"{_DECISION.format(waiver)} no longer matches anything here."


def read(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a file; none if there is no file. Raises ConfigError if it cannot be understood."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return ()
    except OSError as fault:
        raise ConfigError(f"the file of decisions cannot be read {trouble(fault)}", path) from fault


@lru_cache(maxsize=64)  # a folder of drafts shares one file
def _read(path: Path, _changed: int, size: int) -> tuple[Waiver, ...]:
    if size > MOST_BYTES:
        raise ConfigError("the file of decisions is too large; move it away and begin a new one", path)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("waiver", [])
        fields = ("fingerprint", "reason", "by", "on", "rule", "draft")
        return tuple(Waiver(*(str(entry.get(name, "")) for name in fields)) for entry in entries)
    except (ValueError, AttributeError, TypeError, RecursionError) as fault:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(fault))
        place = (int(found[1]), int(found[2])) if found else (0, 0)
        raise ConfigError("the file of decisions is damaged; mend it or move it away", path, *place) from fault


def add(path: Path, waiver: Waiver) -> None:
    """Write one more decision at the end of a file. Raises ConfigError if the file is damaged, or OSError."""
    read(path)
    lines = ["[[waiver]]"]
    for name in ("fingerprint", "rule", "draft", "reason", "by", "on"):
        lines.append(f"{name} = {_quoted(getattr(waiver, name))}")
    head = "" if path.exists() else "# Findings that somebody decided to leave as they are. No words of a draft.\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{head}\n" + "\n".join(lines) + "\n")


def _quoted(text: str) -> str:
    """A TOML string on one line."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
