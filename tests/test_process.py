"""Processes of our own settle themselves; a program that imports the package is left as it is."""

from __future__ import annotations

import subprocess
import sys

LOOKS = "import gc, os; before = gc.get_threshold(); {does}; print(gc.get_threshold() == before, os.environ.get('OMP_NUM_THREADS'))"


def told(does: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOOKS.format(does=does)], capture_output=True, text=True, check=True, env={}
    )
    return done.stdout.strip().splitlines()[-1]


def test_the_command_line_settles_its_process():
    assert told("from referral_lint import process; process.settle()") == "False 1"
    leave = "from referral_lint.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass\n"
    assert told(f"exec({leave!r})") == "False 1"


def test_a_program_that_imports_the_package_is_left_alone():
    assert told("from referral_lint import Linter; Linter()") == "True None"


def test_what_was_chosen_before_stays(monkeypatch):
    from referral_lint import process

    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.setattr(process.gc, "set_threshold", lambda _: None)
    process.settle()
    assert process.os.environ["OMP_NUM_THREADS"] == "3"
