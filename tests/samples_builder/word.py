"""What a Word form or letter is made of, beyond what python-docx writes by itself."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Draft
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

_BOX_SPACE = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHEN = "2026-11-24T09:30:00Z"


def draft(title: str = "", author: str = "", company: str = "") -> Draft:
    """An empty A4 document with an office's look."""
    made = Document()
    made.styles["Normal"].font.name = "Arial"
    made.styles["Normal"].font.size = Pt(11)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    properties = made.core_properties
    properties.title, properties.author, properties.comments = title, author, ""
    properties.created = properties.modified = datetime(2026, 11, 24, 9, 30)
    return made


def form(made: Draft, rows: list[tuple[str, object]]) -> None:
    """A two-column table: a shaded, bold question and its answer (words, or a function that fills the cell)."""
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for question, answer in rows:
        asks, says = table.add_row().cells
        asks.width, says.width = Cm(5.6), Cm(11)
        asks.paragraphs[0].add_run(question).bold = True
        asks._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="E7EEF0"/>'))
        if callable(answer):
            answer(says)
        else:
            fill(says, str(answer))
    made.add_paragraph()


def fill(cell: _Cell, text: str) -> None:
    """The lines of a text as paragraphs of a cell."""
    first, *others = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in others:
        cell.add_paragraph(line)


def boxes(*options: tuple[str, bool]) -> object:
    """Tick boxes with their words, as content controls, in one line of a cell."""

    def into(cell: _Cell) -> None:
        paragraph = cell.paragraphs[0]
        for words, ticked in options:
            paragraph._p.append(_tick_box(ticked))
            paragraph.add_run(f" {words}    ")

    return into


def control(text: str, placeholder: bool = False) -> object:
    """A content control in a cell; as a placeholder it still shows the form's own words."""

    def into(cell: _Cell) -> None:
        showing = "<w:showingPlcHdr/>" if placeholder else ""
        cell.paragraphs[0]._p.append(
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtPr>{showing}<w:text/></w:sdtPr>"
                f'<w:sdtContent><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:sdtContent></w:sdt>'
            )
        )

    return into


def _tick_box(ticked: bool) -> object:
    return parse_xml(
        f"<w:sdt {nsdecls('w')} {_BOX_SPACE}><w:sdtPr><w14:checkbox>"
        f'<w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def deleted(paragraph: Paragraph, text: str, author: str) -> None:
    """Words that somebody deleted with changes tracked: not seen, still there."""
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="90" w:author="{author}" w:date="{WHEN}">'
            f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
        )
    )


def commented(made: Draft, paragraph: Paragraph, text: str, author: str) -> None:
    """A colleague's comment on a whole paragraph."""
    comment = made.add_comment(paragraph.runs, text=text, author=author, initials=author[:1])
    comment._comment_elm.set(qn("w:date"), WHEN)


def saved(made: Draft) -> bytes:
    """The file, the same bytes whenever it is built."""
    loose, tight = io.BytesIO(), io.BytesIO()
    made.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, (2026, 11, 24, 9, 30, 0)), old.read(item), zipfile.ZIP_DEFLATED)
    return tight.getvalue()
