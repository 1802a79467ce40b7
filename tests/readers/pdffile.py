"""PDF files for tests, drawn on the spot."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw) -> bytes:
    """A PDF of A4 pages, one for each function, which draws it."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def text(*lines: tuple[float, float, str], size: float = 10) -> Draw:
    """Draws words at (x, y), in the order given."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for x, y, words in lines:
            canvas.drawString(x, y, words)

    return draw


def paragraph(words: str, *, y: float = 700, x: float = 60, step: float = 12, width: int = 60) -> Draw:
    """Draws words as running text, `width` characters a line."""
    lines: list[tuple[float, float, str]] = []
    line = ""
    for word in [*words.split(), ""]:
        if not word or len(line) + len(word) > width:
            lines.append((x, y - step * len(lines), line))
            line = ""
        line = f"{line} {word}".strip()
    return text(*lines)


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def box(x: float, y: float, width: float, height: float, colour: str = "black") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(getattr(colors, colour))
        canvas.rect(x, y, width, height, fill=1, stroke=0)
        canvas.setFillColor(colors.black)

    return draw


def coloured(colour: str, draw: Draw) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillColor(getattr(colors, colour))
        draw(canvas)
        canvas.setFillColor(colors.black)

    return drawn
