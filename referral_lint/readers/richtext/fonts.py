"""The fonts of an RTF file: which bytes mean which characters."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from referral_lint.readers.word.symbols import dingbats

_SYMBOLS = 2  # the character set of picture fonts
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip


@dataclass(slots=True)
class Font:
    name: str = ""
    charset: int = 0

    def decode(self, data: bytes, code_page: str) -> str:
        """The characters of bytes typed in this font; `code_page` is the document's."""
        if self.charset == _SYMBOLS:
            return dingbats(data.decode("latin-1"), self.name.strip().rstrip(";").lower())
        return data.decode(_CODE_PAGES.get(self.charset, code_page), errors="replace")


def code_page(number: int | None) -> str:
    """Python's name of a Windows code page; Western European if it is unknown."""
    name = f"cp{number}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8" if number == 65001 else "cp1252"
    return name
