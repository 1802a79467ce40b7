"""YAML -> Rule. An unknown key, a bad pattern or a missing reason fails with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from referral_lint.errors import RuleError
from referral_lint.model import Severity, Span
from referral_lint.paths import RULES
from referral_lint.rules.rule import FAMILIES, Condition, Example, Rule, Variant
from referral_lint.rules.schema import CONDITIONS, CONTEXT, KINDS, REQUIRED, SCOPES, STANDARD

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is about ten times faster
_BRACKETED = re.compile(r"\[\[(.*?)\]\]|\[([^\[\]]*)\]", re.S)


def load_packs(names: Iterable[str], base: Path | None = None) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules of every named pack (a name in rules/, or a folder), and `{pack: version}`.

    Raises RuleError if a pack or a rule cannot be used.
    """
    rules: dict[str, Rule] = {}
    versions: dict[str, str] = {}
    for name in names:
        folder = _folder(name, base)
        pack = _mapping(folder / "pack.yaml")
        versions[str(pack.get("name", folder.name))] = str(pack.get("version", "0"))
        for file in sorted(folder.rglob("*.yaml")):
            if file.name != "pack.yaml":
                rule = load_rule(file, str(pack.get("name", folder.name)))
                rules[rule.id] = rule  # a later pack replaces a rule of the same name
    return tuple(rules.values()), versions


def _folder(name: str, base: Path | None) -> Path:
    for folder in (RULES / name, (base or Path()) / name):
        if (folder / "pack.yaml").is_file():
            return folder
    raise RuleError(f"there is no rule pack {name!r}: name one of rules/, or a folder that holds a pack.yaml")


def load_rule(path: Path, pack: str = "") -> Rule:
    """One rule file. Raises RuleError with file, line and column."""
    data, lines = _mapping(path), _lines(path)

    def wrong(key: str, message: str) -> RuleError:
        line, column = lines.get(key, (1, 1))
        return RuleError(message, path, line, column)

    kind = data.get("kind")
    if kind not in KINDS:
        raise wrong("kind", f"unknown kind {kind!r}: one of {', '.join(KINDS)}")
    for key in data:
        if key not in STANDARD and key not in KINDS[kind]:
            raise wrong(key, f"unknown key {key!r} in a rule of kind {kind}")
    for key in (*REQUIRED, *(k for k, needed in KINDS[kind].items() if needed)):
        if not data.get(key):
            raise wrong(key, f"{key!r} is missing or empty")
    if path.stem != data["id"].replace("'", ""):
        raise wrong("id", f"the file of rule {data['id']!r} must be named after it")
    if data["family"] not in FAMILIES:
        raise wrong("family", f"unknown family {data['family']!r}: one of {', '.join(FAMILIES)}")
    for scope in data.get("scope", ()):
        if scope not in SCOPES:
            raise wrong("scope", f"unknown scope {scope!r}: one of {', '.join(SCOPES)}")
    try:
        severity = Severity(data["severity"])
        severity_when = tuple(
            (_condition(name), Severity(value)) for name, value in data.get("severity_when", {}).items()
        )
        when = tuple(_condition(c) for c in data.get("when", ()))
        unless = tuple(_condition(c) for c in data.get("unless", ()))
    except ValueError as fault:
        raise wrong("severity", str(fault)) from fault
    try:
        variants = tuple(_variant(entry) for entry in data.get("variants", ()))
    except ValueError as fault:
        raise wrong("variants", str(fault)) from fault
    examples = data["examples"]
    at = lines.get("examples", (1, 1))[0]
    bad, good, missed = (
        tuple(_example(e, key != "good", path, at) for e in examples.get(key, ()) or ())
        for key in ("bad", "good", "known_misses")
    )
    if set(examples) - {"bad", "good", "known_misses"}:
        raise wrong("examples", "examples are 'bad', 'good' and 'known_misses'")
    if len(bad) < 2 or len(good) < 2:
        raise wrong("examples", "a rule needs at least two bad and two good examples")
    return Rule(
        id=data["id"],
        family=data["family"],
        severity=severity,
        kind=kind,
        title=data["title"],
        message=data["message"],
        suggestion=data["suggestion"],
        why=data["why"],
        source=" · ".join(data["source"]),
        flags=data["flags"],
        never=tuple(data.get("never", ())),
        scope=tuple(data.get("scope", ("prose",))),
        when=when,
        unless=unless,
        severity_when=severity_when,
        variants=variants,
        needs=tuple(data.get("needs", ())),
        matcher={key: data[key] for key in KINDS[kind] if key in data},
        bad=bad,
        good=good,
        known_misses=missed,
        pack=pack,
        path=path,
        lines={key: line for key, (line, _) in lines.items()},
    )


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  (a safe loader)
    except OSError as fault:
        raise RuleError("this file cannot be read", path) from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError(f"not valid YAML: {getattr(fault, 'problem', fault)}", path, *place) from fault
    if not isinstance(data, dict):
        raise RuleError("a rule file is a mapping of keys to values", path, 1, 1)
    return data


def _lines(path: Path) -> dict[str, tuple[int, int]]:
    """Where each top-level key stands: a key at the margin is all that the rule format has."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        key = re.match(r"([a-z_]+):", line)
        if key:
            found[key[1]] = (number, 1)
    return found


def _condition(entry: Any) -> Condition:
    if isinstance(entry, str) and entry in CONDITIONS:
        return Condition(entry)
    if isinstance(entry, Mapping) and len(entry) == 1:
        name, pattern = next(iter(entry.items()))
        if name in ("near", "before", "after", "words", "anywhere", "gives"):
            joined = "|".join(pattern) if isinstance(pattern, list) else str(pattern)
            try:
                re.compile(joined)
            except re.error as fault:
                raise ValueError(f"bad pattern in {name!r}: {fault}") from fault
            return Condition(name, joined)
    raise ValueError(
        f"unknown condition {entry!r}: one of {', '.join(CONDITIONS)}, or near/before/after/words/anywhere/gives"
    )


def _variant(entry: Any) -> Variant:
    if not isinstance(entry, Mapping) or set(entry) != {"where", "message", "suggestion"}:
        raise ValueError("a variant has 'where', 'message' and 'suggestion'")
    return Variant(_condition(entry["where"]), entry["message"], entry["suggestion"])


def _example(entry: Any, marked: bool, path: Path, line: int) -> Example:
    """`text` with the expected words in brackets; a mapping adds the setting in which it is read.

    Where the text itself needs single brackets (`[x]`), the expected words stand in double ones.
    """
    if isinstance(entry, str):
        entry = {"text": entry}
    context = {key: value for key, value in entry.items() if key not in ("text", "whole")}
    if set(context) - set(CONTEXT):
        raise RuleError(f"unknown keys in an example: {', '.join(set(context) - set(CONTEXT))}", path, line, 1)
    if not marked:
        return Example(entry["text"], context=context, line=line)
    raw, out, spans, at = entry["text"], "", [], 0
    double = "[[" in raw
    for found in _BRACKETED.finditer(raw):
        words = found[1] if double else found[2]
        if words is None or (double and found[1] is None):
            continue
        out += raw[at : found.start()]
        spans.append(Span(len(out), len(out) + len(words)))
        out += words
        at = found.end()
    text = out + raw[at:]
    whole = bool(entry.get("whole", False))
    if not spans and not whole:
        raise RuleError(f"a bad example needs the expected words in brackets: {raw!r}", path, line, 1)
    return Example(text, tuple(spans), whole, context, line)
