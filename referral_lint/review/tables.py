"""The tables of the database as CSV files for a spreadsheet, and as Parquet files for a data warehouse."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from referral_lint.errors import ReferralLintError
from referral_lint.files import writing
from referral_lint.review import private
from referral_lint.review.store import TABLES, as_rows

BATCH = 20_000  # rows held at once
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(db: sqlite3.Connection, folder: Path) -> None:
    """One file a table in a folder. Raises OSError."""
    for table in TABLES:
        names, rows = as_rows(db, table)
        with private.writing(private.folder(folder) / f"{table}.csv") as file:
            file.write("\ufeff")  # so that Excel reads it as UTF-8
            out = csv.writer(file)
            out.writerow(names)
            out.writerows([defused(value) for value in row] for row in rows)


def defused(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(_STARTS) or value.lstrip().startswith(_STARTS) else value


def as_parquet(db: sqlite3.Connection, folder: Path) -> None:
    """One file a table in a folder. Raises ReferralLintError without pyarrow, or OSError."""
    arrow, parquet = _arrow()
    for table in TABLES:
        names, rows = as_rows(db, table)
        schema = arrow.schema([(name, _type(arrow, kind)) for name, kind in _declared(db, table)])
        path = private.folder(folder) / f"{table}.parquet"
        with writing(path) as file, parquet.ParquetWriter(file, schema) as out:
            for batch in _batches(rows):
                columns = list(zip(*batch, strict=True))
                out.write_table(
                    arrow.table([arrow.array(c, t) for c, t in zip(columns, schema.types, strict=True)], schema=schema)
                )
        assert names == schema.names


def check_parquet() -> None:
    """Raises ReferralLintError if Parquet files cannot be written, before a long run begins."""
    _arrow()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as fault:
        raise ReferralLintError("for Parquet files install the extra: pip install 'referral-lint[parquet]'") from fault
    return pyarrow, pyarrow.parquet


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _declared(db: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return [(name, kind) for _, name, kind, *_ in db.execute(f'PRAGMA table_info("{table}")')]


def _type(arrow: Any, declared: str) -> Any:
    return {"INTEGER": arrow.int64(), "REAL": arrow.float64()}.get(declared, arrow.string())
