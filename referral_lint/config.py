"""`referral-lint.toml`: every key known, every value with the place it comes from."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints

from referral_lint.config_keys import (
    KEYS,
    Cluster,
    KeptDecisions,
    Key,
    MailFilter,
    Page,
    Recipients,
    Sender,
    WaiverFiles,
)
from referral_lint.errors import ConfigError, trouble
from referral_lint.model import Local

NAME = "referral-lint.toml"
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Config:
    """What is in force. `path` is the file, if any; `origins` says where each value that is not built in comes from."""

    nation: str = "England"
    fail_on: str = "fix"
    packs: tuple[str, ...] = ("core",)
    off: tuple[str, ...] = ()
    known_words: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    sender: Sender = field(default_factory=Sender)
    recipients: Recipients = field(default_factory=Recipients)
    local: Local = field(default_factory=Local)
    waivers: WaiverFiles = field(default_factory=WaiverFiles)
    decisions: KeptDecisions = field(default_factory=KeptDecisions)
    page: Page = field(default_factory=Page)
    cluster: Cluster = field(default_factory=Cluster)
    mail: MailFilter = field(default_factory=MailFilter)
    path: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """What relative paths in the file are relative to."""
        return self.path.parent if self.path else Path()

    def __getitem__(self, key: str) -> Any:
        """The value of a key of `KEYS`."""
        value: Any = self
        for part in key.split("."):
            value = getattr(value, part)
        return value

    def origin(self, key: str) -> str:
        """Where the value of a key comes from, for a person."""
        return self.origins.get(key, "built in")

    def having(self, values: Mapping[str, Any], origin: str) -> Config:
        """The same with other values: what the command line says counts more than the file."""
        changed: Config = self
        for key, value in values.items():
            section, _, name = key.rpartition(".")
            part = replace(changed[section], **{name: value}) if section else value
            changed = replace(changed, **{section or name: part})
        return replace(changed, origins={**self.origins, **dict.fromkeys(values, origin)})

    def wrong(self, key: str, message: str) -> ConfigError:
        """The error to raise for a value that turns out not to be usable."""
        origin = self.origin(key.partition(".")[0])
        if origin.startswith("--"):
            return ConfigError(f"{origin}: {message}")
        return ConfigError(f"{key}: {message}", self.path, _line(self.lines, key))


def load(path: Path | None = None, start: Path | None = None) -> Config:
    """The configuration in `path`, or the nearest one upward from `start` (the working directory), or the built-in one.

    Raises ConfigError with file and line if the file cannot be read or says something unknown.
    """
    file = path or find(start or Path.cwd())
    return Config() if file is None else _parsed(file, _text(file))


def find(start: Path) -> Path | None:
    """The nearest configuration file upward from a folder."""
    folders = (start.resolve(), *start.resolve().parents)
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ConfigError("this is too large to be a configuration file", file)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ConfigError("this file is not text in UTF-8; save it again as UTF-8", file) from fault
    except OSError as fault:
        raise ConfigError(f"this configuration file cannot be read {trouble(fault)}", file) from fault


def _parsed(file: Path, text: str) -> Config:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(fault))
        end = 1 + text.rstrip().count("\n") if str(fault).endswith("(at end of document)") else 0
        at = (int(place[1]), int(place[2])) if place else (end, 0)
        message = _unquoted(text, at[0]) or re.sub(r" \(at .*\)$", "", str(fault))
        raise ConfigError(f"this is not a valid configuration file: {message}", file, *at) from fault
    lines = _lines(text)
    values: dict[str, Any] = {}
    for key, value in _leaves(data, Config, ""):
        try:
            values[key] = _value(key, value)
        except _Wrong as wrong:
            raise ConfigError(wrong.message, file, _line(lines, wrong.key)) from None
    config = Config(path=file, lines=lines).having(values, file.name)
    return replace(config, origins={key: f"{file.name}:{_line(lines, key)}" for key in values})


def _leaves(data: Mapping[str, Any], shape: type, prefix: str) -> Iterator[tuple[str, Any]]:
    """Every key with its value; a table that is a section is gone into."""
    hints = get_type_hints(shape)
    for name, value in data.items():
        kind = hints.get(name)
        if isinstance(value, dict) and isinstance(kind, type) and is_dataclass(kind):
            yield from _leaves(value, kind, f"{name}.")
        else:
            yield prefix + name, value


class _Wrong(Exception):
    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key, self.message = key, message


def _value(key: str, value: Any) -> Any:
    """The value in the type that the key wants."""
    if key not in KEYS:
        raise _Wrong(key, _unknown(key))
    known, default = KEYS[key], Config()[key]
    if known.made is not None:
        return _tables(key, value, known)
    if isinstance(default, tuple):
        return _texts(key, value, known)
    if isinstance(default, Mapping):
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise _Wrong(key, f"{key!r} wants names and texts, such as {known.example}")
        return {name: _allowed(f"{key}.{name}", item, key) for name, item in value.items()}
    if type(value) is not type(default):
        kinds = {str: "a text in quotes", int: "a whole number", bool: "true or false"}
        raise _Wrong(key, f"{key!r} wants {kinds[type(default)]}, such as {known.example}")
    if isinstance(value, int) and value < 0:
        raise _Wrong(key, f"{key!r} cannot be less than 0. {known.about}")
    return _allowed(key, value)


def _texts(place: str, value: Any, known: Key) -> tuple[str, ...]:
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Wrong(place, f"{place!r} wants a list of texts, such as {known.example}")
    if known.is_filled and not value:
        raise _Wrong(place, f"{place!r} cannot be empty: write {place} = {known.example}, or leave the line out")
    return tuple(_among(place, item, known) for item in value)


def _tables(key: str, value: Any, known: Key) -> tuple[Any, ...]:
    """A list of tables, each made into what the key wants. `key.0.name` is the place of a name in the first."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _Wrong(key, f"{key!r} wants tables: write [[{key}]] and its keys below it")
    assert known.made is not None
    return tuple(known.made(**_table(f"{key}.{n}", item, known)) for n, item in enumerate(value))


def _table(place: str, table: Mapping[str, Any], known: Key) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in table.items():
        at, inner = f"{place}.{name}", known.tables.get(name)
        if inner is None:
            raise _Wrong(at, _unknown(name, known.tables))
        if inner.one_of and not isinstance(value, str):
            raise _Wrong(at, f"{name!r} wants a text in quotes, such as {inner.example}")
        made[name] = _among(at, value, inner) if inner.one_of else _texts(at, value, inner)
    for name, inner in known.tables.items():
        if inner.is_needed and name not in made:
            raise _Wrong(place, f"it does not say {name!r}: add {name} = {inner.example}")
    return made


def _unknown(key: str, keys: Iterable[str] = KEYS) -> str:
    if any(known.startswith(f"{key}.") for known in KEYS):
        return f"{key!r} is a section: write [{key}] and its keys below it"
    section, _, name = key.rpartition(".")
    if name in KEYS:
        below = f" [{section}] and" if section else ""
        return f"{name!r} belongs to no section: move it above{below} every other [section]"
    near = difflib.get_close_matches(key, keys, n=1)
    return f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def _allowed(place: str, value: Any, key: str = "") -> Any:
    return _among(place, value, KEYS[key or place])


def _among(place: str, value: Any, known: Key) -> Any:
    if known.one_of:
        found = next((one for one in known.one_of if one.casefold() == value.strip().casefold()), None)
        if found is None:
            raise _Wrong(place, f"{place!r} cannot be {value!r}: one of {', '.join(known.one_of)}")
        return found
    if known.form and not re.fullmatch(known.form.pattern, value):
        raise _Wrong(place, f"{place!r} wants {known.form.wants}, such as {known.example}, not {value!r}")
    return value


def _lines(text: str) -> dict[str, int]:
    """The line, from 1, on which each key and each section is written."""
    table = ""
    found: dict[str, int] = {}
    seen: Counter[str] = Counter()  # of the tables that are one of a list: [[name]]
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[+)\s*([^\[\]=]+?)\s*\]+\s*(?:#.*)?$", line):
            table = _bare(header[2])
            found.setdefault(table, number)
            if header[1] == "[[":
                seen[table] += 1
                table = f"{table}.{seen[table] - 1}"
                found[table] = number
        elif written := re.match(r"\s*(\"[^\"]+\"|'[^']+'|[\w.-]+)\s*=", line):
            found.setdefault(f"{table}.{_bare(written[1])}".lstrip("."), number)
    return found


def _unquoted(text: str, number: int) -> str:
    """What to write instead, where a line could not be read because a text in it has no straight quotes; else nothing."""
    line = "".join(text.splitlines()[number - 1 : number])
    written = re.fullmatch(r"\s*([\w.-]+)\s*=\s*(\[?)([^\[\]{}#=]*[^\[\]{}#=\s])\s*(\]?)\s*(?:#.*)?", line)
    key = next((name for name, at in _lines(text).items() if at == number), "")
    if not written or bool(written[2]) != bool(written[4]) or (key in KEYS and isinstance(Config()[key], int)):
        return ""
    items = [one.strip() for one in (written[3].split(",") if written[2] else [written[3]])]
    texts = [one.strip("\"'“”„‘’") for one in items if one]
    if any('"' in one for one in texts) or [f'"{one}"' for one in texts] == items:
        return ""
    quoted = ", ".join(f'"{one}"' for one in texts)
    return f"put it in straight quotes: {written[1]} = {written[2]}{quoted}{written[4]}"


def _bare(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _line(lines: Mapping[str, int], key: str) -> int:
    """The line of a key, else of the table it stands in; 0 if neither was found."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0)
