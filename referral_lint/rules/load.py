"""YAML -> Rule. An unknown key, a wrong value, a bad pattern or a missing reason fails with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from referral_lint.errors import RuleError
from referral_lint.model import Severity, Span
from referral_lint.paths import RULES
from referral_lint.patterns import compiled
from referral_lint.rules import fields, schema
from referral_lint.rules.rule import Condition, Example, Rule, Variant
from referral_lint.rules.written import Written

_BRACKETED = compiled(r"\[\[(.*?)\]\]|\[([^\[\]]*)\]", re.S)


def load_packs(names: Iterable[str], base: Path | None = None) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules of every named pack (a name in rules/, or a folder), and `{pack: version}`.

    Raises RuleError if a pack or a rule cannot be used.
    """
    rules: dict[str, Rule] = {}
    versions: dict[str, str] = {}
    for name in names:
        folder = _folder(name, base)
        pack = Written(folder / "pack.yaml").data
        versions[str(pack.get("name", folder.name))] = str(pack.get("version", "0"))
        for file in sorted(folder.rglob("*.yaml")):
            if file.name != "pack.yaml":
                rule = load_rule(file, str(pack.get("name", folder.name)))
                rules[rule.id] = rule  # a later pack replaces a rule of the same name
    return tuple(rules.values()), versions


class NoSuchPack(RuleError):
    """A name that is no pack's and no folder's."""


def _folder(name: str, base: Path | None) -> Path:
    for folder in (RULES / name, (base or Path()) / name):
        if (folder / "pack.yaml").is_file():
            return folder
    own = ", ".join(file.parent.name for file in sorted(RULES.glob("*/pack.yaml")))
    raise NoSuchPack(
        f"there is no rule pack {name!r}: keep {own}, and beside it name a folder that holds a pack.yaml, as it is called from {base or Path()}"
    )


def load_rule(path: Path, pack: str = "") -> Rule:
    """One rule file. Raises RuleError with file, line and column."""
    file = Written(path)
    data = file.data
    file.refuse(schema.faults(data))
    if path.stem != data["id"].replace("'", ""):
        raise file.wrong(("id",), f"is {data['id']!r}, and the file must be named after it")
    file.refuse(fields.faults(data))
    bad, good, missed = (_examples(file, key) for key in ("bad", "good", "known_misses"))
    return Rule(
        id=data["id"],
        family=data["family"],
        severity=Severity(data["severity"]),
        kind=data["kind"],
        title=data["title"],
        message=data["message"],
        suggestion=data["suggestion"],
        why=data["why"],
        source=" · ".join(data["source"]),
        flags=data["flags"],
        never=tuple(data.get("never", ())),
        scope=tuple(data.get("scope", ("prose",))),
        when=tuple(map(_condition, data.get("when", ()))),
        unless=tuple(map(_condition, data.get("unless", ()))),
        severity_when=tuple((Condition(name), Severity(to)) for name, to in data.get("severity_when", {}).items()),
        variants=tuple(map(_variant, data.get("variants", ()))),
        needs=tuple(data.get("needs", ())),
        matcher={key: data[key] for key in schema.KINDS[data["kind"]] if key in data},
        bad=bad,
        good=good,
        known_misses=missed,
        pack=pack,
        path=path,
        lines=file.lines(),
    )


def _condition(entry: str | Mapping[str, Any]) -> Condition:
    if isinstance(entry, str):
        return Condition(entry)
    ((name, patterns),) = entry.items()
    return Condition(name, schema.joined(patterns))


def _variant(entry: Mapping[str, Any]) -> Variant:
    return Variant(_condition(entry["where"]), entry["message"], entry["suggestion"])


def _examples(file: Written, key: str) -> tuple[Example, ...]:
    """The examples of one sort: `text`, or a mapping that adds the setting in which it is read.

    What the rule must find is in brackets, except in a good one.
    """
    made, lines = [], file.lines(("examples", key))
    for i, entry in enumerate(file.data["examples"].get(key, ())):
        entry = {"text": entry} if isinstance(entry, str) else entry
        text, spans = _bracketed(entry["text"]) if key != "good" else (entry["text"], ())
        whole = entry.get("whole", False)
        if key != "good" and not spans and not whole:
            raise file.wrong(("examples", key, i), "needs the expected words in [brackets]")
        context = {name: value for name, value in entry.items() if name in schema.CONTEXT}
        made.append(Example(text, spans, whole, context, lines[str(i)]))
    return tuple(made)


def _bracketed(raw: str) -> tuple[str, tuple[Span, ...]]:
    """A text without its brackets, and what stood in them: in double ones where it has single brackets (`[x]`) of its own."""
    out, spans, at = "", [], 0
    double = "[[" in raw
    for found in _BRACKETED.finditer(raw):
        words = found[1] if double else found[2]
        if words is None:
            continue
        out += raw[at : found.start()]
        spans.append(Span(len(out), len(out) + len(words)))
        out += words
        at = found.end()
    return out + raw[at:], tuple(spans)
