"""One review from end to end: the run, the teams, what was asked for besides, and the files that come of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from referral_lint import __version__
from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.in_force import every_rule, rules_in_force
from referral_lint.review import audit, baseline, compare, dashboard, private, same, tables, walk
from referral_lint.review.privacy import Names
from referral_lint.review.row import FileRow, Job, look
from referral_lint.review.run import AHEAD, MEMORY, Pool, run
from referral_lint.review.store import NAME, Store, reading
from referral_lint.review.teams import Assigned, Teams
from referral_lint.review.walk import Found, documents
from referral_lint.waivers import waivers_from
from referral_lint.workers import Workers


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; the names are those of the options."""

    team: str = "folder"
    smallest: int = 5
    show_text: bool = False
    workers: int | None = None
    seconds: float = 60.0
    parquet: bool = False
    compare: tuple[str, str] | None = None
    baseline: Path | None = None
    sample: int | None = None
    stratify: str = "team,verdict"
    seed: int = 7
    read_back: Path | None = None
    scheduler: str | None = None


class Progress(Protocol):
    """Whom to tell how far it is."""

    def begin(self, total: int) -> None: ...

    def step(self, row: FileRow) -> None: ...


@dataclass
class Session:
    """A folder, where its results go, and how. `said`: sentences for the person at the end."""

    folder: Path
    out: Path
    settings: Config
    options: Options = field(default_factory=Options)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        waivers = waivers_from(self.settings)
        if not waivers.key:
            raise ReferralLintError(waivers.trouble)
        if self.folder.resolve().is_relative_to(self.out.resolve()):
            raise ReferralLintError(
                "the results cannot go into the reviewed folder itself or above it; choose another -o", self.out
            )
        self.names = Names(waivers.key, self.options.show_text)
        self.teams, self._assigned, self._closed = Teams(self.options.team), Assigned(), 0
        self.strata = audit.strata(self.options.stratify)
        self.sides = compare.sides(self.options.compare)
        self.sheet = self._sheet(self.options.read_back)
        if self.options.baseline:
            baseline.check(self.options.baseline, self.names, self.out)
        if self.options.parquet:
            tables.check_parquet()

    def _sheet(self, path: Path | None) -> audit.Sheet | None:
        """What readers wrote: read before any draft is, so that a sheet that is none costs nobody a run."""
        if path is None:
            return None
        rules, _ = every_rule(self.settings)
        return audit.filled_in(path, {rule.id: rule.title for rule in rules})

    def found(self) -> Iterator[Found]:
        return documents(self.folder, self.out)

    def files(self) -> Iterator[tuple[str, Path]]:
        """The code of every file, and where it is."""
        return ((self.names.code("file", one.name), one.path) for one in self.found())

    def run(self, progress: Progress) -> int:
        """Do what is not done yet and write everything. Gives the number of files that could not be read.

        Raises ReferralLintError for what stops the whole of it; an interruption keeps what was done.
        """
        total, self._closed = sum(1 for _ in self.found()), walk.closed(self.folder)
        if not total and self._closed:
            raise ReferralLintError(
                "you may not read this folder; ask its owner, or copy it to one of yours", self.folder
            )
        if not total:
            raise ReferralLintError("there is no document in this folder", self.folder)
        store = Store(private.folder(self.out) / NAME)
        try:
            self._own(store)
            progress.begin(total)
            with self._pool() as (pool, ahead):
                run(self.found(), store, pool, self.names, self._job(), progress.step, ahead)
            self._assigned = self.teams.assign(self.found(), store, self.names)
            self.said += self._assigned.sentences
            news = baseline.mark(store, self.options.baseline) if self.options.baseline else None
            if news is None:
                store.db.execute("UPDATE finding SET new = 0 WHERE new")
            self._audit(store)
            store.tell(finished="yes")
        finally:
            store.close()
        return self._write(news)

    def _own(self, store: Store) -> None:
        """Is this the database of this folder and of this person's key? If it is new, it becomes so."""
        own = {"folder": self.names.code("folder", str(self.folder.resolve())), "key": self.names.code("key")}
        for name, value in own.items():
            if store.about(name, value) != value:
                what = "of another folder" if name == "folder" else "made with another secret key"
                raise ReferralLintError(f"the results here are {what}; give another folder with -o", self.out)
        rules, versions = rules_in_force(self.settings)
        store.db.execute("DELETE FROM rule")
        rows = [(rule.id, rule.family, rule.severity.value, rule.title) for rule in rules]
        store.db.executemany("INSERT INTO rule VALUES (?, ?, ?, ?)", rows)
        packs = ", ".join(f"{pack} {version}" for pack, version in versions.items())
        settings = same.settings(self.settings, self.options.show_text)
        store.tell(**own, settings=settings, version=__version__, rules=packs, model=same.model(), finished="no")
        store.commit()

    def _job(self) -> Callable[[Found, str], Job]:
        settings, key = same.settings(self.settings, self.options.show_text), self.names.key
        # The folder as it is given: on a cluster it is the same path on every machine.
        return lambda one, known: Job(str(one.path.absolute()), one.name, settings, known, key, self.options.show_text)

    def _pool(self) -> AbstractContextManager[tuple[Pool, int]]:
        if self.options.scheduler:
            from referral_lint.review.cluster import cluster

            return cluster(self.options.scheduler, self.settings, self.options.seconds)
        return _here(self.settings, self.options.workers or 0, self.options.seconds)

    def _audit(self, store: Store) -> None:
        if self.sheet:
            self.said.append(audit.read_back(store, self.sheet))
        if self.options.sample:
            options, reader = self.options, audit.Reader(self.settings, self.names, dict(self.files()))
            self.said.append(
                audit.draw(store, self.out, self.options.sample, self.strata, options.seed, options.smallest, reader)
            )

    def _not_counted(self) -> tuple[tuple[str, ...], str]:
        """What is to be said of how it was counted, and what in the folder was not."""
        copies, others = walk.copies(self.found()), walk.others(self.folder, self.out)
        if n := self._closed:
            folders = "1 folder" if n == 1 else f"{n:,} folders"
            others = f"{folders} may not be read, so nothing in there was counted. {others}".strip()
        one = copies == 1
        same = f"{copies:,} {'file is a copy' if one else 'files are copies'} of another, byte for byte, and {'counts' if one else 'count'} like any other."
        self.said += [sentence for sentence in (same if copies else "", others) if sentence]
        return tuple(note for note in (same if copies else "", self._assigned.note) if note), others

    def _write(self, news: Any) -> int:
        options = self.options
        with reading(self.out) as db:
            compared = compare.compare(db, self.sides, options.smallest) if self.sides else None
            if compared is not None:
                self.said.append(compared.sentence)
            if news is not None:
                self.said.append(news.sentence())
            extras = dashboard.Extras(compared, news, audit.precision(db), *self._not_counted(), audit.missed(db))
            page = dashboard.render(db, options.smallest, options.show_text, extras)
            with private.writing(self.out / "index.html") as file:
                file.write(page)
            tables.as_csv(db, self.out / "csv")
            if options.parquet:
                tables.as_parquet(db, self.out / "parquet")
            return int(db.execute("SELECT count(*) FROM file WHERE problem <> ''").fetchone()[0]) + self._closed


@contextmanager
def _here(settings: Config, count: int, seconds: float) -> Iterator[tuple[Pool, int]]:
    """Worker processes of this machine."""
    with Workers(settings, count, task=look, seconds=seconds, memory=MEMORY) as workers:
        yield workers, max(AHEAD, 4 * (count or os.cpu_count() or 1))
