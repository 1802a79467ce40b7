"""Runs programs in processes of their own and says what they took."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.documents import ROOT

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ENVIRONMENT = {**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Figure:
    """Processor seconds (user and system) and the peak of memory in MiB of one process and its children."""

    seconds: float
    peak: float


def run(command: Sequence[str]) -> Figure | None:
    """What a command takes, whatever its exit code; None if there is no such program."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )
    except OSError:
        return None
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Figure(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def python(module: str, *arguments: str) -> dict[str, Any] | None:
    """The JSON that a module of ours prints; None if it cannot run here."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, cwd=ROOT, check=False)
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def in_turn(tasks: dict[str, Callable[[], Figure | None]], rounds: int) -> dict[str, Figure | None]:
    """The median of each task over so many rounds, all of them once a round, so that a busy moment hits all alike."""
    seen: dict[str, list[Figure]] = {name: [] for name in tasks}
    missing: set[str] = set()
    for _ in range(rounds):
        for name, task in tasks.items():
            figure = task() if name not in missing else None
            if figure is None:
                missing.add(name)
            else:
                seen[name].append(figure)
    return {name: _median(figures) if figures else None for name, figures in seen.items()}


def _median(figures: list[Figure]) -> Figure:
    return Figure(statistics.median(f.seconds for f in figures), max(f.peak for f in figures))
