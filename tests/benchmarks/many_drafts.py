"""Makes N varied drafts in a folder, for trying and measuring `review`: `python -m tests.benchmarks.many_drafts 500 DIR`.

The words are those of the project's own invented drafts, as text, Word, PDF, email, rich text, HTML, mailbox and zip files, with
teams as folders and dates over two years. No two files are the same. Some are damaged on purpose.
"""

from __future__ import annotations

import io
import mailbox
import random
import re
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

DRAFTS = Path(__file__).parents[2] / "models" / "corpus" / "drafts"
AUTHORS = ("alder", "birch", "cedar", "dogwood")
TEAMS = {
    "Bramley Primary": 0.2, "Northfield School": 0.24, "Health visiting east": 0.14, "Health visiting west": 0.12,
    "Housing options": 0.1, "GP practice Elm Road": 0.09, "Police hub": 0.08, "Early help": 0.02, "Speech therapy": 0.01,
}  # fmt: skip
_MARK = re.compile(r"\{\{[A-Z]{3}\|(.*?)\}\}", re.S)
_RTF = str.maketrans({"\\": r"\\", "{": r"\{", "}": r"\}", "\n": "\\par\n"})


def bodies() -> list[tuple[str, str]]:
    """Name and text of every draft, without header and marks."""
    found = []
    for author in AUTHORS:
        for path in sorted((DRAFTS / author).glob("*.txt")):
            text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
            while _MARK.search(text):
                text = _MARK.sub(r"\1", text)
            found.append((path.stem, text.strip() + "\n"))
    return found


def write(number: int, folder: Path, seed: int = 1) -> int:
    """Write that many drafts below the folder; how many words they have, about."""
    draw, drafts, words = random.Random(seed), bodies(), 0
    for n in range(number):
        name, text = draw.choice(drafts)
        month, team = draw.randrange(24), draw.choices(list(TEAMS), list(TEAMS.values()))[0]
        text = _better(text, month, draw) if draw.random() < 0.5 else text
        words += len(text.split())
        day = f"{2024 + month // 12}-{month % 12 + 1:02d}-{draw.randrange(1, 28):02d}"
        place = folder / team
        place.mkdir(parents=True, exist_ok=True)
        _save(place, f"{day} {name} {n:05d}", f"{text}\nOur file {n:05d}.\n", day, draw)
    return words


def _better(text: str, month: int, draw: random.Random) -> str:
    """With time more drafts say why and by when: so that there is a trend to see."""
    more = "\nI am sharing this because it helps you to decide what support to offer. Please reply by the end of the month.\n"
    return text + more if draw.random() < month / 24 else text


def _save(place: Path, name: str, text: str, day: str, draw: random.Random) -> None:
    kind = draw.choices(
        ("docx", "eml", "txt", "pdf", "rtf", "html", "zip", "mbox", "broken"), (36, 28, 12, 8, 5, 6, 2, 2, 1)
    )[0]
    match kind:
        case "docx":
            _word(place / f"{name}.docx", text)
        case "eml":
            (place / f"{name}.eml").write_bytes(bytes(_message(text, day)))
        case "txt":
            (place / f"{name}.txt").write_text(text, encoding="utf-8")
        case "pdf":
            _pdf(place / f"{name}.pdf", text)
        case "rtf":
            body = text.translate(_RTF).encode("cp1252", "replace").decode("cp1252")
            (place / f"{name}.rtf").write_text("{\\rtf1\\ansi " + body + "}", encoding="cp1252")
        case "html":
            body = "".join(
                f"<p>{line}</p>\n" for line in text.replace("&", "&amp;").replace("<", "&lt;").splitlines() if line
            )
            (place / f"{name}.html").write_text(f"<!doctype html><meta charset=utf-8><body>{body}", encoding="utf-8")
        case "zip":
            with zipfile.ZipFile(place / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("letter.txt", text)
        case "mbox":
            box = mailbox.mbox(place / f"{name}.mbox")
            box.add(_message(text, day))
            box.close()
        case "broken":
            (place / f"{name}.docx").write_bytes(draw.randbytes(900))


def _word(path: Path, text: str) -> None:
    made = Document()
    for line in text.splitlines():
        if line.strip():
            made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    path.write_bytes(out.getvalue())


def _pdf(path: Path, text: str) -> None:
    body = getSampleStyleSheet()["BodyText"]
    lines = (line.replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines() if line.strip())
    SimpleDocTemplate(str(path)).build([Paragraph(line, body) for line in lines])


def _message(text: str, day: str) -> EmailMessage:
    message = EmailMessage()
    subject = re.search(r"(?m)^Subject: (.+)$", text)
    message["From"] = "Duty desk <desk@northfield.example.org>"
    message["To"] = "Duty team <duty@childrens-services.example.org>"
    message["Subject"] = (subject[1] if subject else "Referral").strip()[:100]
    message["Date"] = (
        f"{int(day[8:])} {'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[int(day[5:7]) - 1]} {day[:4]} 09:12:00 +0000"
    )
    message.set_content(re.sub(r"(?m)^(?:Subject|From|To|Cc|Sent|Date): .*\n", "", text))
    return message


if __name__ == "__main__":
    count, where = int(sys.argv[1]), Path(sys.argv[2])
    print(f"{write(count, where):,} words in {count:,} files")
