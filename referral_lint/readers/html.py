"""HTML pages and the HTML bodies of emails: the text that a reader of them sees, with what is hidden marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from referral_lint.model import Block, BlockKind, Document, Gap, Source
from referral_lint.patterns import compiled
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.detect import HTML
from referral_lint.readers.layout import blocks_of
from referral_lint.readers.text import decoded, decoded_as

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "svg", "math", "iframe"})
_PARAGRAPHS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "hr",
        "form",
        "fieldset",
        "section",
        "article",
    }
)
_LINES = frozenset(
    {
        "div",
        "li",
        "tr",
        "dt",
        "dd",
        "address",
        "header",
        "footer",
        "main",
        "nav",
        "caption",
        "legend",
        "center",
        "option",
        "figure",
        "label",
    }
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SPACE = compiled(r"[ \t\r\n\f\xa0]+")
_CHARSET = compiled(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w\-]{2,40})", re.I)
_HIDING = compiled(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)",
    re.I,
)
_TINY = compiled(r"font-size\s*:\s*[01](?:\.\d+)?(?:px|pt)?\s*(?:;|$|!)", re.I)
_WHITE = r"(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE_TEXT = compiled(rf"(?<![\w-])color\s*:\s*{_WHITE}", re.I)
_BACKGROUND = compiled(rf"background(?:-color)?\s*:\s*(?!{_WHITE}|transparent|none|inherit|initial)\S", re.I)
TOO_DEEP = "This page nests its parts deeper than can be read safely: hidden words were read as if they could be seen."
_DEEPEST = 2_000
_NESTING = compiled(
    r"<(?P<end>/?)(?P<name>div|span|blockquote|table|b|i|u|s|a|em|strong|font|small|big|center|section|ul|ol|form|code|tt|dl"
    r"|article|aside|address|details|dialog|dir|fieldset|fig(?:ure|caption)|footer|header|hgroup|main|menu|nav|search|summary|pre)\b",
    re.I,
)
_NO_BORDER = compiled(r"border(?:-left)?\s*:\s*(?:none|0)", re.I)


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a page. Raises `Unreadable` if there is no text in it."""
    page = _decoded(source.data)
    text, known = to_text(page)
    if not text.strip():
        raise Unreadable("The page holds no text.")
    said = [Gap(source.name, TOO_DEEP)] if is_too_deep(page) else []
    if len(text) > limits.characters:
        text = text[: limits.characters]
        said.append(gaps.too_long(source.name, limits.characters))
    yield Document(
        source=source.name,
        text=text,
        blocks=tuple(blocks_of(text, known=known)),
        media_type=HTML,
        sha256=source.sha256,
        gaps=tuple(said),
    )


def _decoded(data: bytes) -> str:
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        text = decoded_as(data, said[1].decode("ascii"))
        if text is not None:
            return text
    return decoded(data)


def to_text(html: str) -> tuple[str, list[Block]]:
    """The visible text of a page, and its headings, quotations and hidden stretches, in order, as blocks over it."""
    html = html.replace("\0", " ")
    tree = LexborHTMLParser(_flattened(html) if is_too_deep(html) else html)
    walk = _Walk()
    if tree.root is not None:
        walk.run(tree.root)
    return "".join(walk.chunks), sorted(walk.known, key=lambda block: block.start)


def is_too_deep(html: str) -> bool:
    """Whether the tags nest so deep that no person or program wrote them: the parser takes quadratic time there."""
    return any(depth > _DEEPEST for _, depth in _nested(html))


def _flattened(html: str) -> str:
    """The page with its deepest tags under a name that holds nothing, so that their words stand where they stood."""
    done = 0
    pieces: list[str] = []
    for tag, depth in _nested(html):
        if depth > _DEEPEST:
            pieces += (html[done : tag.start("name")], "wbr")
            done = tag.end("name")
    return "".join(pieces) + html[done:]


def _nested(html: str) -> Iterator[tuple[re.Match[str], int]]:
    """The tags that nest, each with its depth."""
    depth = 0
    for tag in _NESTING.finditer(html):
        depth += 0 if tag["end"] else 1
        yield tag, depth
        depth = max(0, depth - 1) if tag["end"] else depth


class _Walk:
    """One pass over the tree, without recursion: hostile pages nest very deep."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.size = 0
        self.known: list[Block] = []
        self.lines = 0  # line ends owed before the next word
        self.space = False  # a space owed
        self.depth = 0  # of quotations
        self.cells = 0  # inside how many cells of a data table
        self.pre = 0
        self.hidden = 0
        self.dark = 0  # inside how many coloured backgrounds
        self.heading = 0
        self.last: tuple[BlockKind, int] | None = None
        self.rows: dict[int, bool] = {}  # by the row's address: whether it belongs to a table of data

    def run(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, list[str] | None]] = [(root, None)]
        while stack:
            node, undo = stack.pop()
            if undo is not None:
                self.leave(node, undo)
            elif node.is_text_node:
                self.words(node.text_content or "")
            elif node.is_element_node or node.is_document_node:
                done = self.enter(node)
                if done is None:
                    continue
                stack.append((node, done))
                children = []
                child = node.first_child
                while child is not None:
                    children.append((child, None))
                    child = child.next
                stack.extend(reversed(children))

    # --- elements

    def enter(self, node: LexborNode) -> list[str] | None:
        """Begin an element: the names of the counters that its end takes back, or None to pass it over."""
        tag = node.tag or ""
        if tag in _SKIPPED:
            return None
        undo = self.styled(node)
        self.broken(tag)
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "blockquote" and not (_NO_BORDER.search(_style(node)) and "type" not in node.attributes):
            undo.append("depth")
        elif tag == "pre":
            undo.append("pre")
        elif tag in ("td", "th"):
            undo += self.cell(node)
        elif tag == "br":
            self.lines = max(self.lines, 1) if not self.cells else 0
            self.space = True
        elif tag == "li":
            self.words("- ")
        elif tag in ("input", "select", "textarea"):
            self.control(node, tag)
        for name in undo:
            setattr(self, name, getattr(self, name) + 1)
        return undo

    def leave(self, node: LexborNode, undo: list[str]) -> None:
        tag = node.tag or ""
        for name in undo:
            setattr(self, name, getattr(self, name) - 1)
        self.broken(tag)
        if "hidden" in undo:
            self.lines = max(self.lines, 1)
        if tag in _HEADINGS:
            self.heading = 0

    def broken(self, tag: str) -> None:
        """Owe the line ends that stand before and after an element."""
        if tag not in _PARAGRAPHS and tag not in _LINES:
            return
        if self.cells:
            self.space = True
        else:
            self.lines = max(self.lines, 2 if tag in _PARAGRAPHS else 1)

    def styled(self, node: LexborNode) -> list[str]:
        attributes = node.attributes
        style = attributes.get("style") or ""
        coloured = (attributes.get("bgcolor") or "").lower() not in ("", "#ffffff", "#fff", "white", "transparent")
        undo = ["dark"] if coloured or _BACKGROUND.search(style) else []
        white = (attributes.get("color") or "").lower() in ("white", "#ffffff", "#fff") or _WHITE_TEXT.search(style)
        tiny = _TINY.search(style) and node.text(deep=False).strip()  # a wrapper of size 0 is a designers' trick
        if "hidden" in attributes or _HIDING.search(style) or tiny or (white and not (undo or self.dark)):
            self.lines = max(self.lines, 1)
            undo.append("hidden")
        return undo

    def cell(self, node: LexborNode) -> list[str]:
        """A cell of a table that holds data, not the layout of a page, stays on the line of its row."""
        if self.cells or not self.holds_data(node.parent):
            self.lines = max(self.lines, 1) if not self.cells else 0
            self.space = True
            return []
        if _sibling_before(node):
            self.lines, self.space = 0, False
            self.write(" | ")
        return ["cells"]

    def holds_data(self, row: LexborNode | None) -> bool:
        """Whether a row belongs to a table of data: two short cells or more, with nothing large in any."""
        if row is None or row.tag != "tr":
            return False
        if row.mem_id not in self.rows:
            cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
            large = row.css_first("table, ul, ol, h1, h2, h3, blockquote") is not None
            few = not large and 2 <= len(cells) <= 100
            self.rows[row.mem_id] = few and 0 < len(row.text(deep=True, strip=True)) <= 600 * len(cells)
        return self.rows[row.mem_id]

    def control(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        kind = (attributes.get("type") or "text").lower()
        if tag == "input" and kind in ("checkbox", "radio"):
            self.words(" [x] " if "checked" in attributes else " [ ] ")
        elif tag == "input" and kind in ("text", "date", "tel", "email", "number"):
            self.words(" " + (attributes.get("value") or "") + " ")

    # --- text

    def words(self, raw: str) -> None:
        if self.pre and not self.cells:
            for n, line in enumerate(raw.split("\n")):
                self.lines = max(self.lines, 1) if n else self.lines
                self.put(line.rstrip("\r"))
            return
        text = _SPACE.sub(" ", raw)
        if text.startswith(" "):
            self.space = True
        self.put(text.strip(" "))
        if text.endswith(" "):
            self.space = True

    def put(self, text: str) -> None:
        if not text:
            return
        if self.size and self.lines:
            self.write("\n" * self.lines)
        elif self.space and self.size and self.chunks[-1][-1] not in " \n":
            self.write(" ")
        self.lines, self.space = 0, False
        start = self.size
        self.write(text)
        kind = (
            (BlockKind.HIDDEN, 0) if self.hidden
            else (BlockKind.QUOTED, self.depth) if self.depth
            else (BlockKind.HEADING, self.heading) if self.heading
            else None
        )  # fmt: skip
        if kind is not None:
            self.marked(start, kind)
        self.last = kind

    def marked(self, start: int, kind: tuple[BlockKind, int]) -> None:
        if self.last == kind and self.known:
            self.known[-1] = Block(self.known[-1].start, self.size, kind[0], level=kind[1])
        else:
            self.known.append(Block(start, self.size, kind[0], level=kind[1]))

    def write(self, text: str) -> None:
        self.chunks.append(text)
        self.size += len(text)


def _style(node: LexborNode) -> str:
    return node.attributes.get("style") or ""


def _sibling_before(node: LexborNode) -> bool:
    before = node.prev
    while before is not None and before.tag not in ("td", "th"):
        before = before.prev
    return before is not None
