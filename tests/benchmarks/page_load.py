"""So many people at the page at once: how long a check of a page of text takes while all of them type.

    python -m tests.benchmarks.page_load [--users 50] [--pause 5] [--seconds 60] [--workers 2]

Starts `referral-lint serve` on a free port. Each person changes a page of text of their own, waits for the answer, thinks
for `--pause` seconds (on average) and changes it again. Prints milliseconds from the request to the whole answer.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx2

PAGE = """Subject: Request for early help, our reference 4711
To: Early Help Team <earlyhelp@wendle-council.example.org>

Dear team,

I am writing to ask you for early help for Theo Marlow, who is 9, and his mother Dawn Marlow. I told Ms Marlow on
20 November 2026 what I would share and why, and she agreed. Theo is frequently late and often arrives without breakfast.
On Thursday 19 November he told me: “There wasn't any milk.” There are issues at home and a TAF last year made no
difference. Mum is in denial about the attendance and clearly does not value school. It was reported that Dad has been seen
in the street again. I am worried that Theo may go hungry at weekends. He is safe today, because his grandmother has him.

Mum had a breakdown before Theo was born. Grandad is a Jehovah's Witness. Theo was referred to EWO in the spring term. He
loves football and is kind to younger children, and he would like a place at breakfast club. If you can visit in December,
then he would be able to start the new term with a meal each day. I think Ms Marlow will be glad of it, so I will go with
you if she wants me to. It can wait until the first week of December, but not for longer.

What I have seen: on 3, 10 and 17 November he came to school after ten o'clock, and on two of these days he had no coat. On
17 November I rang home twice and nobody answered. On 18 November Ms Marlow came to see me. She said that she works nights
at the bakery since September, that she is usually asleep when he leaves, and that she would like some help with mornings.
She asked that his grandfather is not told. I explained that you would keep this on your own record and may speak with
the school nurse, and that nobody else would hear of it from us. Theo was not in the room. He told the class teacher on
20 November that he would like “someone to walk with”, and that he feels safe at home and at school.

We have offered breakfast at school, a lift on two days a week and a place in the football club. He has taken up the
football. I have not shared anything about his sister, because it is not needed for what we ask.

The school nurse saw him on 12 November and wrote that he had lost 2 kg since June. Please tell nobody else without asking
me first. You can ring me on 01632 960145 until 4pm.

Yours sincerely,
Kerry Osgood, Hollin Bank Primary School
"""


async def person(
    client: httpx2.AsyncClient, root: str, until: float, pause: float, n: int, took: list[float], faults: Counter[str]
) -> None:
    await asyncio.sleep(random.random() * pause)
    here = root
    count = 0
    while time.perf_counter() < until:
        count += 1
        words = PAGE.replace("4711", str(4000 + n)) + f"\nP.S. Change {count} of person {n}.\n"
        began = time.perf_counter()
        try:
            answer = await client.post(f"{here}live", json={"words": words, "to": "", "no_names": False})
            answer.raise_for_status()
            assert "frequently" in answer.text
            here = root.partition("/p/")[0] + answer.json()["here"]
            took.append(time.perf_counter() - began)
        except (httpx2.HTTPError, AssertionError, KeyError) as fault:
            faults[type(fault).__name__] += 1
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def load(root: str, users: int, pause: float, seconds: float) -> tuple[list[float], Counter[str]]:
    took: list[float] = []
    faults: Counter[str] = Counter()
    limits = httpx2.Limits(max_connections=users, max_keepalive_connections=users)
    async with httpx2.AsyncClient(timeout=60, limits=limits) as client:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(person(client, root, until, pause, n, took, faults) for n in range(users)))
    return took, faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--pause", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    command = [
        sys.executable,
        "-m",
        "referral_lint",
        "serve",
        "--no-browser",
        "--port",
        "0",
        "--workers",
        str(asked.workers),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        root = server.stdout.readline().strip()
        took, faults = asyncio.run(load(root, asked.users, asked.pause, asked.seconds))
        server.terminate()
    for line in lines(took, faults, asked.users, asked.seconds):
        print(line)


def lines(took: list[float], faults: Counter[str], users: int, seconds: float) -> list[str]:
    """The figures in words, and how busy the machine was besides."""
    hundredths = statistics.quantiles(took, n=100)
    load = " ".join(Path("/proc/loadavg").read_text().split()[:3])
    return [
        f"{users} people, a page of {len(PAGE):,} characters, {len(took)} checks in {seconds:g} s: "
        f"median {statistics.median(took) * 1000:.0f} ms, 95 % within {hundredths[94] * 1000:.0f} ms, "
        f"longest {max(took) * 1000:.0f} ms, errors {sum(faults.values())} {dict(faults) or ''}",
        f"load of the machine (1, 5, 15 minutes): {load}",
    ]


if __name__ == "__main__":
    main()
