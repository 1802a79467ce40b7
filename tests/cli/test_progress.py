"""How far it is, in words that help to decide whether to wait."""

import pytest

from referral_lint.cli import progress
from referral_lint.review.row import FileRow


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (40, "40 seconds"),
        (89, "89 seconds"),
        (300, "5 minutes"),
        (5000, "83 minutes"),
        (7200, "2 hours"),
    ],
)
def test_a_duration_is_as_exact_as_a_person_needs(seconds, words):
    assert progress.duration(seconds) == words


def test_rate_and_time_left_are_those_of_the_last_half_minute(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    told = progress.Progress()
    told.begin(400)
    now[0] = 100.0  # loading takes long, and does not count
    for n in range(200):
        now[0] += 1.0 if n < 100 else 0.5
        told.step(FileRow("x", documents=None, problem="damaged" if n == 7 else ""))
    told._times.append((now[0], 200))
    assert told.line() == "200 of 400 · 2 a second · about 2 minutes left · 200 unchanged · 1 not read"
    assert capsys.readouterr().err.count("\n") == 3  # the first, then a line a minute where nobody watches
