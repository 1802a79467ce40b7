"""A hash of everything but the draft that a result depends on: program, rules, facts, model, configuration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

from referral_lint.config import Config
from referral_lint.paths import MODELS, RULES

_PACKAGE = Path(__file__).parents[1]
# Of the configuration: where it stands, whom to ring, where other things are kept. Nothing is found otherwise for it.
_NO_MATTER = ("path", "origins", "lines", "fail_on", "local", "waivers", "decisions", "page", "cluster")
_FOR_TRAINING = ("build", "corpus", "grammar", "scripts")


def settings(config: Config, show_text: bool = False) -> str:
    """32 hexadecimal digits; the same on every machine that would come to the same results."""
    found = hashlib.sha256(_program().encode())
    for field in fields(config):
        if field.name not in _NO_MATTER:
            found.update(f"{field.name}={getattr(config, field.name)!r};".encode())
    for pack in config.packs:
        if not (RULES / pack).is_dir():
            _add(found, config.folder / pack, "*.yaml")
    found.update(bytes([show_text]))
    return found.hexdigest()[:32]


@cache
def model() -> str:
    """The language pipeline's name and version."""
    meta = json.loads((MODELS / "referral_en" / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['name']} {meta['version']}"


@cache
def _program() -> str:
    found = hashlib.sha256()
    _add(found, _PACKAGE, "*.py")
    _add(found, RULES, "*")
    for folder in sorted(MODELS.iterdir()):
        if folder.is_dir() and folder.name not in _FOR_TRAINING:
            _add(found, folder, "*")
    return found.hexdigest()


def _add(found: hashlib._Hash, folder: Path, pattern: str) -> None:
    for path in _files(folder, pattern):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(pattern)) if path.is_file() and "__pycache__" not in path.parts)
