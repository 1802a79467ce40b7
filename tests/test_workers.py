"""Workers: results come back in any order, and a slow, broken or dead one costs only its own piece of work."""

import os
import subprocess
import tempfile
import time

import pytest

from referral_lint.config import Config
from referral_lint.errors import ConfigError
from referral_lint.model import Source
from referral_lint.workers import Unjudged, Workers

SMALL = Config(off=())


def odd_task(linter, payload):
    """A task with every kind of end."""
    match payload:
        case "sleep":
            time.sleep(60)
        case "die":
            os._exit(9)
        case "break":
            raise ValueError("words of a draft")
        case "grow":
            return len(bytearray(8_000_000_000))
    return payload, os.getpid()


def counting_task(linter, payload, done=[]):  # noqa: B006  (it is to remember)
    done.append(payload)
    return len(done)


@pytest.fixture(scope="module")
def workers():
    with Workers(SMALL, 2, task=odd_task, seconds=1.5, memory=4_000_000_000) as them:
        yield them


def test_every_piece_of_work_has_its_own_result(workers):
    futures = [workers.submit(n) for n in range(20)]
    assert [f.result(30)[0] for f in futures] == list(range(20))


@pytest.mark.parametrize(
    ("payload", "reason"), [("sleep", "time"), ("die", "crash"), ("grow", "crash"), ("break", "fault")]
)
def test_a_bad_end_is_said_without_content_and_the_next_one_is_done(workers, payload, reason):
    with pytest.raises(Unjudged) as caught:
        workers.submit(payload).result(60)
    assert caught.value.reason == reason
    assert "words of a draft" not in str(caught.value)
    assert [workers.submit(n).result(60)[0] for n in (1, 2, 3)] == [1, 2, 3]


def test_the_usual_task_gives_a_report():
    with Workers(SMALL, 1) as workers:
        report = workers.submit(Source("note.txt", b"He is often late.")).result(60)
    assert report.documents[0].findings


def test_nothing_is_taken_after_the_end():
    workers = Workers(SMALL, 1, task=odd_task)
    last = workers.submit("last")
    workers.close()
    assert last.result(0)[0] == "last"
    with pytest.raises(RuntimeError):
        workers.submit("too late")


def test_a_wrong_configuration_is_said_at_once():
    with pytest.raises(ConfigError):
        Workers(Config(off=("no-such-rule",)), 2)


def test_each_process_is_warm_before_it_is_given_work():
    with Workers(SMALL, 1, task=counting_task, warm="warm") as workers:
        assert workers.submit("first").result(60) == 2


def waiting_task(linter, folder):
    """Waits for another program with the draft in a folder, as the reader of old Word files does."""
    with tempfile.TemporaryDirectory(dir=folder):
        subprocess.run(["sleep", "60"], check=True)


def limits_task(linter, payload):
    return linter.limits.seconds


def test_a_worker_that_is_ended_leaves_no_draft_on_the_disk(tmp_path):
    with Workers(SMALL, 1, task=waiting_task, seconds=1) as workers, pytest.raises(Unjudged):
        workers.submit(str(tmp_path)).result(60)
    assert list(tmp_path.iterdir()) == []


def test_reading_stops_before_the_worker_is_ended():
    with Workers(SMALL, 1, task=limits_task, seconds=5) as workers:
        assert workers.submit(None).result(60) == 4
