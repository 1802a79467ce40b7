"""How a process of our own runs. Not for a program that only imports referral-lint: that settles its own."""

from __future__ import annotations

import gc
import os

OBJECTS = 50_000  # made and kept before Python looks for circles among them


def one_thread() -> None:
    """Numpy in one thread, if nothing else was chosen: the networks' tables are small, and a second one only waits.

    To be called before numpy is imported, or before the processes that import it are begun. (2.6 times the processor time with two
    threads, measured on two cores.)
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def settle() -> None:
    """One thread, and fewer looks for circles of objects.

    Nearly all that a check makes is gone at once: to look for circles after every 700 objects takes a tenth of the time.
    """
    one_thread()
    gc.set_threshold(OBJECTS)
