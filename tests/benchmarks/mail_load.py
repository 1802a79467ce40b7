"""Run by hand: `python -m tests.benchmarks.mail_load [latency|large|memory] …`. A real Postfix with and without the filter.

latency: added time for one email of a page, all rules on. large: the same for 25 MB. memory: 10,000 messages over 20
connections at once, and a curve of the memory of the filter and its workers.
"""

import base64
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue

from referral_lint.model import Source
from referral_lint.readers import read
from tests.mail.postfix import Filter, Postfix

SAMPLES = Path(__file__).parents[2] / "samples"
PAGE = read(Source("form.docx", (SAMPLES / "early-help-ready.docx").read_bytes()))[0].text[:3000]
ROUNDS, LARGE, MESSAGES, CONNECTIONS = 150, 12, 10_000, 20
SENDER, READER = "office@school.example.org", "team@council.example.org"


def page(number: int) -> bytes:
    """An email of one page that is not quite like any other."""
    head = f"From: {SENDER}\r\nTo: {READER}\r\nSubject: Request {number}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    words = PAGE.replace("\n", "\r\n") + f"\r\nOur number for this is {number}-{random.random()}."
    return f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n".encode()


def large(number: int) -> bytes:
    data = base64.encodebytes(random.randbytes(18_600_000)).decode()
    head = (
        f"From: {SENDER}\r\nTo: {READER}\r\nSubject: Photos {number}\r\nContent-Type: multipart/mixed; boundary=b\r\n"
    )
    file = f"Content-Type: application/zip; name=photos.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{data}"
    return f"{head}\r\n--b\r\n\r\n{PAGE}\r\n--b\r\n{file}\r\n--b--\r\n".encode()


def seconds(server: Postfix, port: int, message: bytes) -> float:
    """From the connection to the answer after the last byte."""
    began = time.perf_counter()
    with server.smtp(port=port) as client:
        client.sendmail(SENDER, [READER], message)
        return time.perf_counter() - began


def added(server: Postfix, make, rounds: int) -> str:
    """Median time with and without the filter, one message after the other, in turns."""
    times: dict[str, list[float]] = {"filtered": [], "plain": []}
    for n in range(rounds + 3):
        for name, port in (("filtered", server.port), ("plain", server.plain_port)):
            took = seconds(server, port, make(n))
            if n >= 3:
                times[name].append(took * 1000)
    mid = {name: statistics.median(values) for name, values in times.items()}
    gaps = sorted(a - b for a, b in zip(times["filtered"], times["plain"], strict=True))
    return (
        f"{rounds} messages of {len(make(0)):,} bytes: filtered {mid['filtered']:.1f} ms, plain {mid['plain']:.1f} ms; "
        f"added, median {statistics.median(gaps):.1f} ms, 95 % below {gaps[int(len(gaps) * 0.95)]:.1f} ms "
        f"(load {os.getloadavg()[0]:.1f})"
    )


def memory(server: Postfix, running: Filter) -> None:
    left: SimpleQueue[int] = SimpleQueue()
    for n in range(MESSAGES):
        left.put(n)
    done, times = [0], []

    def send() -> None:
        while True:
            try:
                number = left.get_nowait()
            except Empty:
                return
            times.append(seconds(server, server.port, page(number)))
            done[0] += 1

    threads = [threading.Thread(target=send, daemon=True) for _ in range(CONNECTIONS)]
    began, shown = time.monotonic(), 0
    print("messages   seconds   filter MiB   workers MiB", flush=True)
    show(running, 0, 0)
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.2)
        if done[0] - shown >= MESSAGES // 20 or done[0] == MESSAGES:
            shown = done[0]
            show(running, shown, time.monotonic() - began)
    ordered = sorted(times)
    rate = MESSAGES / (time.monotonic() - began)
    mid, most = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
    print(f"{rate:.1f} messages a second, {CONNECTIONS} connections; median {mid:.0f} ms, 99 % below {most:.0f} ms")


def show(running: Filter, done: int, took: float) -> None:
    workers = [resident(pid) for pid in below(running.process.pid)]
    large_ones = " + ".join(f"{size:.0f}" for size in workers if size > 30)
    print(f"{done:8,} {took:9.0f} {resident(running.process.pid):12.0f}   {large_ones}", flush=True)


def below(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [one for child in map(int, found) for one in (child, *below(child))]


def resident(pid: int) -> float:
    """Resident memory of a process, MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(parts: list[str]) -> None:
    server = Postfix().start()
    running = Filter(server, 'seconds = 60\nmode = "monitor"\n').start()
    try:
        if "latency" in parts:
            print(added(server, page, ROUNDS), flush=True)
        if "large" in parts:
            print(added(server, large, LARGE), flush=True)
        if "memory" in parts:
            memory(server, running)
        verdicts = subprocess.run(
            [sys.executable, "-m", "referral_lint", "milter", "--status", "--config", running.path],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        print(verdicts.stdout)
    finally:
        running.stop()
        server.stop()


if __name__ == "__main__":
    main(sys.argv[1:] or ["latency", "large", "memory"])
