"""An RTF file as lines and tables: where each character goes, and whether anybody sees it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from referral_lint.model import BlockKind
from referral_lint.readers import Unreadable
from referral_lint.readers.richtext.fonts import Font, code_page
from referral_lint.readers.richtext.page import Page, Run
from referral_lint.readers.richtext.tokens import Token, tokens

_DEEPEST = 2_000  # groups in groups
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "qmspace": "\u2005", "nestcell": "\t",
    "nestrow": "\n",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
_PARTS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), BlockKind.PAGE_HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), BlockKind.PAGE_FOOTER),
    "footnote": BlockKind.FOOTNOTE,
    "annotation": BlockKind.COMMENT,
    "shptxt": BlockKind.TEXT_BOX,
    "dptxbxtext": BlockKind.TEXT_BOX,
}
_PROPERTIES = {
    "title": "Title", "subject": "Subject", "author": "Author", "operator": "Last saved by", "manager": "Manager",
    "company": "Company", "keywords": "Keywords", "doccomm": "Comments", "comment": "Comments", "category": "Category",
}  # fmt: skip
_OPENED = {"shpinst", "shp", "shpgrp", "nesttableprops"}  # groups marked as skippable that hold words further in
_SILENT = {
    "stylesheet", "filetbl", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata", "latentstyles",
    "datastore", "colorschememapping", "xmlnstbl", "revtbl", "listtext", "pntext", "pntxtb", "pntxta",
    "bkmkstart", "bkmkend", "sp", "nonshppict", "shprslt", "objdata", "atnid", "atnauthor", "atndate", "atnref",
    "atnicn", "atrfstart", "atrfend", "pgp", "wgrffmtfilter", "mmathPr", "template", "xe", "tc", "ud", "userprops",
    "docvar", "private", "background", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "creatim", "revtim",
    "printim", "buptim", "do", "objclass", "objname", "panose", "falt", "fname",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    page: Page | None  # where words go; None: nowhere
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    white: bool = False
    font: int = 0
    skip: int = 1  # bytes that stand in for a \u character
    fonts: bool = False  # in the font table
    colours: bool = False
    label: str = ""  # of the document property being read


@dataclass(slots=True)
class Walk:
    """One pass over the tokens. Raises `Unreadable` if the groups are nested beyond reason."""

    text: str
    page: Page = field(default_factory=lambda: Page(BlockKind.PARAGRAPH))
    others: list[Page] = field(default_factory=list)  # headers, notes… in their order
    properties: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0
    lost_boxes: int = 0  # tick boxes whose state the file does not hold, as LibreOffice writes them
    _stack: list[_Group] = field(default_factory=list)
    _fonts: dict[int, Font] = field(default_factory=dict)
    _whites: set[int] = field(default_factory=set)
    _colour: list[int] = field(default_factory=list)
    _colours: int = 0
    _shaded: bool = False
    _code_page: str = "cp1252"
    _bytes: bytearray = field(default_factory=bytearray)
    _to_skip: int = 0
    _starred: bool = False
    _form: dict[str, list[str]] = field(default_factory=dict)
    _boxed: bool = False  # whether the field being read is a tick box
    _now: _Group = field(default_factory=lambda: _Group(None))

    def run(self) -> None:
        """Fills `page`, `others` and `properties`."""
        self._now = _Group(self.page)
        act: dict[str, Callable[[Token], None]] = {
            "brace": self._brace, "word": self._word, "sign": self._sign, "byte": self._byte, "text": self._text,
        }  # fmt: skip
        for token in tokens(self.text):
            act[token.kind](token)
        self._flush()
        for page in (self.page, *self.others):
            page.finish()

    # --- groups

    def _brace(self, token: Token) -> None:
        self._flush()
        self._to_skip = 0
        self._starred = False
        if token.value == "{":
            if len(self._stack) >= _DEEPEST:
                raise Unreadable("The file is too deeply nested to be read safely. Save it as .docx.")
            self._stack.append(copy(self._now))
        elif self._stack:
            before, self._now = self._now, self._stack.pop()
            if before.page is not None and before.page is not self._now.page:
                before.page.end_paragraph()
                self._end_property(before)

    def _end_property(self, group: _Group) -> None:
        if group.label and group.page is not None:
            text = " ".join(line.text for line in group.page.lines() if line.text).strip()
            if text:
                self.properties.append((group.label, text))

    # --- control words

    def _word(self, token: Token) -> None:
        self._to_skip = 0
        word, number = token.value, token.number
        if word == "u":
            self._unicode(number)
            return
        self._flush()
        starred, self._starred = self._starred, False
        if word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif self._destination(word):
            pass
        elif starred and word not in _OPENED:
            self._now.page = None
        elif self._now.page is not None and self._now.page.layout(word, number):
            pass
        else:
            self._look(word, number)

    def _destination(self, word: str) -> bool:
        """Whether the word says that its group goes somewhere else than the text around it."""
        now = self._now
        if word in _PROPERTIES and self._in_info():
            now.page, now.label = Page(BlockKind.PROPERTY), _PROPERTIES[word]
        elif word == "info":
            now.page, now.label = None, "info"
        elif word in _PARTS:
            now.page = Page(_PARTS[word])
            now.hidden = now.deleted = False
            self.others.append(now.page)
        elif word == "fonttbl":
            now.page, now.fonts = None, True
        elif word == "colortbl":
            now.page, now.colours = None, True
        elif word == "pict":
            self.pictures += now.page is not None
            now.page = None
        elif word == "object":
            self.objects += 1
        elif word == "listtext" and now.page is not None:
            now.page.listed = True
            now.page = None
        elif word == "fldinst":
            now.page, now.label, self._boxed = None, "fldinst", False
        elif word == "formfield":
            now.page, self._form = None, {"entries": []}
        elif word == "ffl":
            now.page, now.label = None, "ffl"
        elif word in _SILENT:
            now.page = None
        else:
            return False
        return True

    def _in_info(self) -> bool:
        return any(group.label == "info" for group in self._stack)

    def _look(self, word: str, number: int | None) -> None:
        """Character properties, and the few settings that matter."""
        now, on = self._now, number != 0
        if word == "v":
            now.hidden = on
        elif word == "deleted":
            now.deleted = on
        elif word == "b":
            now.bold = on
        elif word == "cf":
            now.white = (number or 0) in self._whites
        elif word == "plain":
            now.hidden = now.deleted = now.bold = now.white = False
        elif word in ("chcbpat", "cbpat", "clcbpat", "highlight") and number:
            self._shaded = True
        elif word == "f":
            now.font = number or 0
        elif word == "fcharset" and now.fonts:
            self._fonts.setdefault(now.font, Font()).charset = number or 0
        elif word == "uc":
            now.skip = max(0, min(number if number is not None else 1, 8))
        elif word == "ansicpg":
            self._code_page = code_page(number)
        elif word in ("red", "green", "blue") and now.colours:
            self._colour.append(number or 0)
        elif word in ("fftype", "ffres", "ffdefres"):
            self._form[word] = [str(number or 0)]
        elif word == "fldrslt":
            self._show_form_field()

    def _show_form_field(self) -> None:
        """A tick box or a chosen entry stands where the field's result does."""
        form, self._form = self._form, {}
        kind = form.get("fftype", [""])[0]
        result = form.get("ffres", ["25"])[0]
        if result == "25":  # "as the default says"
            result = form.get("ffdefres", ["0"])[0]
        if kind == "1":
            self._say("☒" if result == "1" else "☐")
        elif self._boxed and not kind:
            self.lost_boxes += 1
        elif kind == "2" and result.isdigit() and int(result) < len(form["entries"]):
            self._say(form["entries"][int(result)])

    # --- characters

    def _sign(self, token: Token) -> None:
        self._to_skip = 0
        if token.value == "*":
            self._starred = True
        elif token.value in "\r\n":
            self._flush()
            if self._now.page is not None:
                self._now.page.layout("par")
        elif token.value in _SIGNS:
            self._flush()
            self._say(_SIGNS[token.value])

    def _unicode(self, number: int | None) -> None:
        self._flush()
        if number is not None and -0x8000 <= number <= 0x10FFFF:
            self._say(chr(number + 0x10000 if number < 0 else number))
        self._to_skip = self._now.skip

    def _byte(self, token: Token) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes += token.value.encode("latin-1")

    def _text(self, token: Token) -> None:
        text = token.value
        if self._now.colours:
            self._end_colour(text)
            return
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        self._bytes += text.encode("latin-1", errors="replace")

    def _end_colour(self, text: str) -> None:
        for _ in range(text.count(";")):
            if len(self._colour) == 3 and min(self._colour) >= 0xF0:
                self._whites.add(self._colours)
            self._colour.clear()
            self._colours += 1

    def _flush(self) -> None:
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        now = self._now
        if now.fonts:
            self._fonts.setdefault(now.font, Font()).name += data.decode("latin-1")
        elif now.label == "fldinst":
            self._boxed |= b"FORMCHECKBOX" in data
        elif now.label == "ffl":
            self._form.setdefault("entries", []).append(data.decode(self._code_page, errors="replace"))
        else:
            self._say(self._fonts.get(now.font, Font()).decode(data, self._code_page))

    def _say(self, text: str) -> None:
        now = self._now
        if now.page is not None:
            hidden = now.hidden or (now.white and not self._shaded)
            now.page.runs.append(Run(text, hidden, now.deleted, now.bold))
