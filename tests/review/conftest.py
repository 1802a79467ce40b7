"""Small folders of invented drafts, and a review of them inside this process."""

import io
import os
import zipfile
from concurrent.futures import Future
from contextlib import contextmanager
from email.message import EmailMessage
from functools import cache

import pytest

from referral_lint.config import Config
from referral_lint.engine import linter_from
from referral_lint.review import session as sessions
from referral_lint.review.row import look
from referral_lint.review.session import Options, Session

GOOD = (
    "Dear Health Visiting Team,\n\nI am writing to ask you to visit the family at home. Mrs Ward knows that I am sharing "
    "this and agreed on 3 March 2025. She would like help with sleep.\n\nYours sincerely\nAda Quill\nSchool nurse\n"
)
POOR = "Dear team,\n\nTheo Marsh is frequently late and Mum is in denial. The CPOMS log shows EWO had a TAF.\n"
DANGER = (
    "Dear duty team,\n\nPlease come now. Ivy is not safe: the man who hurt her last night is at the school gate now and "
    "says that he will take her home.\n\nAnn Lee\n"
)
BESIDE = (
    "Dear duty team,\n\nPlease see the message below.\n\nKind regards\nAnn Lee\n\n-----Original Message-----\n"
    f"From: Ben Hale <ben@north.example.org>\nSent: 3 March 2025 09:00\nTo: Ann Lee\nSubject: Ivy\n\n{DANGER}"
)


@cache
def _linter():
    return linter_from(Config(off=()))


class Here:
    """A pool without processes: what the workers do, at once."""

    def submit(self, job):
        future = Future()
        future.set_result(look(_linter(), job))
        return future


class Told:
    """A progress that remembers."""

    def __init__(self):
        self.total, self.rows = 0, []

    def begin(self, total):
        self.total = total

    def step(self, row):
        self.rows.append(row)

    @property
    def done(self):
        return sum(row.documents is not None for row in self.rows)


@contextmanager
def _pool(*_):
    yield Here(), 4


@pytest.fixture
def review(monkeypatch):
    """`review(folder, out, **options)` gives the session and what progress was told."""
    monkeypatch.setattr(sessions, "_here", _pool)

    def run(folder, out, **options):
        session, told = Session(folder, out, Config(off=()), Options(**options)), Told()
        session.unread = session.run(told)
        return session, told

    return run


def message(text, day="Mon, 03 Mar 2025 09:00:00 +0000"):
    made = EmailMessage()
    made["From"], made["To"] = "Desk <desk@northfield.example.org>", "duty@services.example.org"
    made["Subject"], made["Date"] = "Referral", day
    made.set_content(text)
    return bytes(made)


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Two teams, several formats, a damaged file and one that is no document."""
    top = tmp_path / "drafts"
    for team, n in (("Bramley", 8), ("Northfield", 7)):
        (top / team).mkdir(parents=True)
        for i in range(n):
            text = (GOOD if i % 3 == 0 else POOR) + f"\nFile {i}.\n"
            name = top / team / f"2025-{1 + i % 4:02d}-10 Theo Marsh referral {i}"
            if i % 2:
                name.with_suffix(".txt").write_text(text)
            else:
                name.with_suffix(".eml").write_bytes(message(text))
    (top / "Bramley" / "broken Theo Marsh.docx").write_bytes(os.urandom(300))
    (top / "Bramley" / "two.zip").write_bytes(archive(a=POOR, b=GOOD))
    (top / "Bramley" / "photo.jpg").write_bytes(b"\xff\xd8")
    return top
