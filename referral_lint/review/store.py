"""The database of results: written while a review runs, whole at every moment, gone on with where it was left."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import Any

from referral_lint.errors import ReferralLintError
from referral_lint.review import private
from referral_lint.review.row import DocumentRow, FileRow

NAME = "results.sqlite"
SCHEMA = "1"
TABLES = (
    "file",
    "document",
    "finding",
    "statement",
    "sharing",
    "recipient",
    "gap",
    "rule",
    "sample",
    "judgement",
    "overlooked",
)
# Columns that came later, as schema.sql has them: older results get them, and are looked at anew because the program is.
_LATER = (("document", "danger_beside", "INTEGER NOT NULL DEFAULT 0"),)
# table -> where its rows stand in that of a document
OF_A_DOCUMENT = {
    "finding": "findings", "statement": "statements", "sharing": "sharing", "recipient": "recipients", "gap": "gaps",
}  # fmt: skip
# What readers said of a file's findings; and how it is kept for the same finding, whatever number that has now.
_JUDGED = (
    "SELECT weight, agrees, file, document, rule, fingerprint, finding FROM judgement "
    "JOIN finding USING (file, document, finding, rule) WHERE file = ?"
)
_JUDGED_AGAIN = (
    "INSERT OR REPLACE INTO judgement SELECT file, document, finding, rule, ?, ? FROM finding "
    "WHERE file = ? AND document = ? AND rule = ? AND fingerprint = ? ORDER BY abs(finding - ?) LIMIT 1"
)
_NUMBERED = {"finding", "recipient", "gap"}
_COLUMNS = tuple(field.name for field in fields(DocumentRow) if field.name not in OF_A_DOCUMENT.values())


class Store:
    """The results in a folder. One run at a time writes; a commit is whole even if the power goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = 0
        try:
            private.empty(path)
            self.db = sqlite3.connect(path, timeout=2.0, isolation_level=None)
            self.db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self.db.execute("BEGIN EXCLUSIVE")
            self._create()
        except sqlite3.OperationalError as fault:
            why = (
                "another review is writing to it; wait for that one"
                if "locked" in str(fault)
                else f"{fault}; give another folder with -o, or make room"
            )
            raise ReferralLintError(f"the results cannot be written here: {why}", path) from fault
        except (sqlite3.DatabaseError, OSError) as fault:
            raise ReferralLintError("this is not a database of results; give another folder with -o", path) from fault

    def _create(self) -> None:
        schema = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
        for statement in schema.split(";\n"):
            if "CREATE" in statement:
                self.db.execute(statement)
        if self.about("schema", SCHEMA) != SCHEMA:
            raise ReferralLintError("these results are of another version; give another folder with -o", self.path)
        for table, column, declared in _LATER:
            if column not in {name for _, name, *_ in self.db.execute(f"PRAGMA table_info({table})")}:
                self.db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declared}")
        self.tell(schema=SCHEMA)
        self.run = 1 + int(self.one("SELECT coalesce(max(seen), 0) FROM file"))

    # What is there

    def about(self, name: str, otherwise: str = "") -> str:
        found = self.db.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else otherwise

    def tell(self, **facts: str) -> None:
        self.db.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", facts.items())

    def one(self, query: str, values: Sequence[Any] = ()) -> Any:
        return self.db.execute(query, values).fetchone()[0]

    def known(self, code: str) -> str:
        """The fingerprint of the last result for a file, "" if there is none."""
        found = self.db.execute("SELECT fingerprint FROM file WHERE file = ?", (code,)).fetchone()
        return str(found[0]) if found else ""

    def problem(self, code: str) -> str:
        """Why nothing could be read of a file, "" if it could."""
        return str(self.one("SELECT coalesce(max(problem), '') FROM file WHERE file = ?", (code,)))

    # What is found

    def keep(self, code: str, name: str, shown: str, row: FileRow) -> None:
        """The result of one file, instead of an earlier one."""
        if row.documents is None:
            self.db.execute("UPDATE file SET seen = ? WHERE file = ?", (self.run, code))
            return
        judged = self.db.execute(_JUDGED, (code,)).fetchall()
        self._clear(code, ("file", "document", *OF_A_DOCUMENT, "judgement"))
        ending = PurePosixPath(name).suffix.lower().lstrip(".")
        values = (code, shown, ending, row.size, row.fingerprint, row.personal, row.problem, self.run)
        self.db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        for n, document in enumerate(row.documents):
            self._document(code, n, document)
        self.db.executemany(_JUDGED_AGAIN, judged)

    def _document(self, code: str, n: int, row: DocumentRow) -> None:
        names, marks = ", ".join(_COLUMNS), ", ".join("?" * (len(_COLUMNS) + 2))
        values = (code, n, *(getattr(row, name) for name in _COLUMNS))
        self.db.execute(f"INSERT INTO document (file, document, {names}) VALUES ({marks})", values)  # noqa: S608
        for table, entries in OF_A_DOCUMENT.items():
            self._entries(table, code, n, getattr(row, entries))

    def _entries(self, table: str, code: str, n: int, entries: Sequence[Any]) -> None:
        if entries:
            numbered = table in _NUMBERED
            names = ("file", "document", *([table] if numbered else []), *entries[0]._fields)
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            rows = [(code, n, *([k] if numbered else []), *entry) for k, entry in enumerate(entries)]
            self.db.executemany(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608

    def forget(self, codes: Iterable[str]) -> None:
        for code in codes:
            self._clear(code, ("file", "document", *OF_A_DOCUMENT, "sample", "judgement", "overlooked"))

    def _clear(self, code: str, tables: Iterable[str]) -> None:
        for table in tables:
            self.db.execute(f"DELETE FROM {table} WHERE file = ?", (code,))  # noqa: S608

    def commit(self) -> None:
        self.db.execute("COMMIT")
        self.db.execute("BEGIN EXCLUSIVE")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All of the changes inside, or, if one fails, none of them."""
        self.db.execute("SAVEPOINT at_once")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO at_once")
            raise
        finally:
            self.db.execute("RELEASE at_once")

    def finish(self) -> None:
        """Forget the files that are not there any more."""
        self.forget(
            [code for (code,) in self.db.execute("SELECT file FROM file WHERE seen <> ?", (self.run,)).fetchall()]
        )
        self.commit()

    def close(self) -> None:
        if self.db.in_transaction:
            self.db.execute("COMMIT")
        self.db.close()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The results of an earlier run, to read. `path`: the database or its folder. Raises ReferralLintError."""
    path = path / NAME if path.is_dir() else path
    if not path.is_file():
        raise ReferralLintError("there are no results here; run `referral-lint review FOLDER -o OUT` first", path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            schema = db.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()
            if schema is None or schema[0] != SCHEMA:
                raise ReferralLintError(
                    "these results are of another version; run the review again into a new folder", path
                )
            yield db
    except sqlite3.DatabaseError as fault:
        raise ReferralLintError(
            f"these results cannot be read ({fault}); run the review again into a new folder", path
        ) from fault


def as_rows(db: sqlite3.Connection, table: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The names of a table's columns, and its rows in the order of its key."""
    cursor = db.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (without rowid: in the order of the key)
    return [column[0] for column in cursor.description], iter(cursor)
