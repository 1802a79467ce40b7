"""Characters of picture fonts (Wingdings, Symbol) as the ordinary characters they look like."""

from __future__ import annotations

from lxml import etree

from referral_lint.readers.word.names import q

_CODE, _FONT = q("w:char"), q("w:font")
_UNKNOWN = "▪"
_WINGDINGS = {
    0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗",
    0x6C: "●", 0x6E: "■", 0xA7: "▪", 0x76: "❖", 0xD8: "➢", 0xE0: "→", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x72: "✗"}
_SYMBOL = {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xAE: "→", 0xAC: "←", 0xB4: "×", 0xB8: "÷"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS, "symbol": _SYMBOL}
_WORD = 3  # more letters than this are words in the wrong font: better kept than shown as pictures


def dingbats(text: str, font: str) -> str:
    """`text` as it looks in `font`, character for character. Other fonts than the picture fonts change nothing."""
    table = _FONTS.get(font)
    if table is None or sum(char.isalnum() for char in text) > _WORD:
        return text
    return "".join(_shown(ord(char), table, font == "symbol") for char in text)


def symbol(element: etree._Element) -> str:
    """What a `w:sym` shows: one character."""
    try:
        code = int(element.get(_CODE, ""), 16)
    except ValueError:
        return _UNKNOWN
    table = _FONTS.get(element.get(_FONT, "").lower(), {})
    return _shown(code, table, keep=not table and not 0xF000 <= code <= 0xF0FF)


def _shown(code: int, table: dict[int, str], keep: bool) -> str:
    char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN
    if char.isspace():
        return char
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if low in table:
        return table[low]
    return char if keep and not 0xE000 <= code < 0xF900 else _UNKNOWN
