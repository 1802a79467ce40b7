"""How the filter is: does it answer, what has it done, and which messages went past it."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from referral_lint.mail import errands, records
from referral_lint.mail.frames import VERSION, frame
from referral_lint.mail.metrics import FILE, parsed
from referral_lint.mail.server import Address
from referral_lint.patterns import compiled

PATIENCE = 5.0  # seconds to wait for an answer
_ACCEPTED = compiled(r"postfix\S*/smtpd\[\d+\]: (?P<id>[A-Za-z0-9]+): client=")


def answers(address: Address) -> bool:
    """Does the filter at that address speak the protocol?"""
    return asyncio.run(_answers(address))


async def _answers(address: Address) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            if address.path is not None:
                reader, writer = await asyncio.open_unix_connection(address.path)
            else:
                reader, writer = await asyncio.open_connection(address.host, address.port)
            writer.write(frame("O", struct.pack(">III", VERSION, 0, 0)))
            answer = await reader.readexactly(17)
            writer.write(frame("Q"))
            writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False
    return answer[4:5] == b"O"


def told(folder: Path) -> Iterator[str]:
    """What the filter has counted, as lines for a person. Raises OSError if it has counted nothing yet."""
    counts = parsed((folder / FILE).read_text(encoding="utf-8"))
    began = datetime.fromtimestamp(counts["began_seconds"][""])
    messages, answered = counts.get("messages", {}), counts.get("seconds_count", {}).get("", 0.0)
    yield f"Since {began:%d %B %Y, %H:%M}: {int(sum(messages.values())):,} messages, {int(counts['in_hand'][''])} in hand."
    for label, n in sorted(messages.items(), key=lambda item: -item[1]):
        yield f"  {int(n):>8,}  {label}"
    if answered:
        yield f"On average {counts['seconds_sum'][''] / answered * 1000:.0f} ms each."
    if waiting := len(errands.waiting_in(folder / errands.FOLDER)):
        yield f"Reports that the mail server has not taken yet: {waiting:,}"
    for title, name in (("Verdicts", "verdicts"), ("Could not be judged", "failures"), ("Reports", "reports")):
        if counted := counts.get(name):
            yield f"{title}: " + ", ".join(f"{label} {int(n):,}" for label, n in sorted(counted.items()))


def missed(folder: Path, log: Iterable[str]) -> Iterator[str]:
    """Queue numbers of messages that the mail server's log says it took and that have no record here.

    These went past the filter: it was down, and the mail server did what `milter_default_action` says.
    """
    known = {line["id"] for line in records.read(folder) if line.get("id")}
    seen = dict.fromkeys(found["id"] for line in log if (found := _ACCEPTED.search(line)))
    return (queue_id for queue_id in seen if queue_id not in known)
