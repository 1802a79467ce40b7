"""How fast a review is: `python -m tests.benchmarks.review_speed 2000 [--workers 1 2] [--keep DIR]`. Run by hand.

Measures on N varied drafts: the bare linter in one process, then `referral-lint review` with each number of workers.
Wall time means something only on a quiet machine; the CPU time of each process, read from /proc, also on a busy one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.many_drafts import write

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_BARE = """
import sys, time
from pathlib import Path
from referral_lint.config import Config
from referral_lint.engine import linter_from
from referral_lint.model import Source
linter = linter_from(Config())
linter.lint(Source("warm.txt", b"He is often late."))
paths = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.is_file())
wall, cpu = time.perf_counter(), time.process_time()
for path in paths:
    linter.lint(Source(str(path), path.read_bytes()))
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def bare(folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of the linter alone, loaded and warm."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", _BARE, folder], env=env, capture_output=True, text=True, check=True)
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


class Watched:
    """The processes of one session: CPU seconds and resident MiB of each, over time."""

    def __init__(self, session: int) -> None:
        self.session = session
        self.cpu: dict[int, float] = {}
        self.memory: dict[int, list[tuple[float, float]]] = {}
        self._start = time.perf_counter()

    def look(self) -> None:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                head, _, rest = stat.read_text().rpartition(")")
            except OSError:
                continue
            fields = rest.split()
            if int(fields[3]) == self.session:
                pid = int(head.split()[0])
                self.cpu[pid] = (int(fields[11]) + int(fields[12])) / _TICK
                mib = int(fields[21]) * _PAGE / 2**20
                self.memory.setdefault(pid, []).append((time.perf_counter() - self._start, mib))


def review(folder: Path, out: Path, workers: int) -> tuple[float, Watched]:
    """Wall seconds of a whole run, loading included, and its processes."""
    command = [sys.executable, "-m", "referral_lint", "review", str(folder), "-o", str(out), "--workers", str(workers)]
    wall = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True)
    watched = Watched(process.pid)
    while process.poll() is None:
        watched.look()
        time.sleep(0.25)
    return time.perf_counter() - wall, watched


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("number", type=int)
    given.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given.add_argument("--keep", type=Path)
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = wanted.keep or Path(temporary)
        folder = place / "drafts"
        words = write(wanted.number, folder)
        print(f"{wanted.number:,} files, {words:,} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        wall, cpu = bare(folder)
        print(f"bare linter: {wall:.1f} s, CPU {cpu:.1f} s, {wanted.number / cpu:.1f} files a CPU second")
        for workers in wanted.workers:
            took, watched = review(folder, place / f"out{workers}", workers)
            show(workers, wanted.number, took, cpu, watched)


def show(workers: int, number: int, took: float, bare_cpu: float, watched: Watched) -> None:
    total = sum(watched.cpu.values())
    print(f"review, {workers} workers: {took:.1f} s ({number / took:.1f} files a second), CPU {total:.1f} s")
    print(f"  CPU over the bare linter, loading included: {100 * (total / bare_cpu - 1):+.1f} %")
    busiest = max(watched.cpu.values())
    print(f"  CPU of the busiest process {busiest:.1f} s: with a core each it could not be faster than that")
    for pid, seen in watched.memory.items():
        if watched.cpu[pid] > 1:
            points = [seen[int((len(seen) - 1) * part)][1] for part in (0.25, 0.5, 0.75, 1)]
            print(
                f"  process {pid}: CPU {watched.cpu[pid]:.1f} s, MiB at ¼ ½ ¾ end: {', '.join(f'{p:.0f}' for p in points)}"
            )


if __name__ == "__main__":
    main()
