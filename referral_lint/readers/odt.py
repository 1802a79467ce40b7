"""OpenDocument text (.odt, .ott) of LibreOffice and others.

As with Word: first what is seen, then, each on a line of its own, what travels unseen with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from referral_lint.marks import CHECKED_COPY
from referral_lint.model import Block, BlockKind, Document, Gap, Source, Where
from referral_lint.readers import Limits, Unreadable, gaps
from referral_lint.readers.compose import Composer
from referral_lint.readers.detect import ODT
from referral_lint.readers.odf import names as n
from referral_lint.readers.odf.controls import controls
from referral_lint.readers.odf.inline import Inline
from referral_lint.readers.odf.styles import Styles
from referral_lint.readers.odf.walk import Found, Walk
from referral_lint.readers.structure import Item, Line, lines
from referral_lint.readers.zipped import DAMAGED, Archive, parse_xml

_MARGINS = {
    BlockKind.PAGE_HEADER: [n.q(f"style:header{which}") for which in ("", "-first", "-left")],
    BlockKind.PAGE_FOOTER: [n.q(f"style:footer{which}") for which in ("", "-first", "-left")],
}
_PROPERTIES = {
    n.q("meta:initial-creator"): "Author",
    n.q("dc:creator"): "Last saved by",
    n.q("meta:printed-by"): "Printed by",
    n.q("dc:title"): "Title",
    n.q("dc:subject"): "Subject",
    n.q("meta:keyword"): "Keywords",
    n.q("dc:description"): "Comments",
}
_MACHINES = {CHECKED_COPY, "AppVersion", "DocSecurity", "HyperlinksChanged", "LinksUpToDate", "ScaleCrop", "ShareDoc"}


def read(source: Source, limits: Limits) -> Iterable[Document]:
    """One document a file. Raises `Unreadable` if it is protected, damaged or no OpenDocument text."""
    archive = Archive(source.data, limits)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise Unreadable(gaps.PROTECTED)
    content, styles, meta = (_root(archive, name) for name in ("content.xml", "styles.xml", "meta.xml"))
    body = None if content is None else content.find(f"{n.q('office:body')}/{n.q('office:text')}")
    if content is None or body is None:
        raise Unreadable(DAMAGED if archive.damaged else "This is not a text document. Save it as .odt or .docx.")
    sheet = Styles(styles, content)
    inline = Inline(sheet, controls(content))
    walk = Walk(sheet, inline, _deletions(content), limits)
    composer = Composer(limits.characters)
    _compose(composer, walk, body, styles)
    composer.unseen(walk.found.unseen)
    composer.unseen(_comments(walk))
    composer.unseen(_properties(meta))
    text, blocks = composer.result()
    said = list(_gaps(source.name, walk.found, blocks))
    if archive.damaged:
        said.append(gaps.damaged(source.name))
    if composer.full:
        said.append(gaps.too_long(source.name, limits.characters))
    yield Document(source.name, text, blocks, ODT, sha256=source.sha256, gaps=tuple(said))


def _root(archive: Archive, name: str) -> etree._Element | None:
    content = archive.read(name)
    if content is None:
        return None
    root, whole = parse_xml(content)
    if not whole:
        archive.damaged.add(name)
    return root


def _compose(composer: Composer, walk: Walk, body: etree._Element, styles: etree._Element | None) -> None:
    composer.add(_margins(walk, styles, BlockKind.PAGE_HEADER))
    composer.add(walk.items(body, BlockKind.PARAGRAPH))
    notes, number = walk.found.notes, 0
    while notes:  # a note may hold another
        number += 1
        note = notes.pop(0).find(n.NOTE_BODY)
        if note is not None:
            composer.add(walk.items(note, BlockKind.FOOTNOTE, (("part", f"footnote {number}"),)))
    composer.add(_margins(walk, styles, BlockKind.PAGE_FOOTER))


def _margins(walk: Walk, styles: etree._Element | None, kind: BlockKind) -> Iterator[Item]:
    """Headers or footers, each wording once."""
    said: set[str] = set()
    for element in () if styles is None else styles.iter(*_MARGINS[kind]):
        items = walk.items(element, kind, (("part", str(kind).removeprefix("page ")),))
        words = "\n".join(line.text for item in items for line in lines(item)).strip()
        if words and words not in said:
            said.add(words)
            yield from items


def _deletions(content: etree._Element) -> dict[str, str]:
    """The words of tracked deletions by their id."""
    found: dict[str, str] = {}
    for region in content.iter(n.CHANGED_REGION):
        deletion = region.find(n.q("text:deletion"))
        if deletion is not None:
            name = region.get(n.q("text:id")) or region.get(n.q("xml:id")) or ""
            found[name] = " ".join(_words(p) for p in deletion.iter(n.PARAGRAPH, n.HEADING)).strip()
    return found


def _comments(walk: Walk) -> Iterator[Line]:
    for number, (comment, where) in enumerate(walk.found.comments, 1):
        by = comment.findtext(n.q("dc:creator"), "")
        here: Where = (*where, ("part", f"comment {number}"), ("by", by))
        for paragraph in comment.iter(n.PARAGRAPH):
            yield Line(_words(paragraph), BlockKind.COMMENT, here)


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _properties(meta: etree._Element | None) -> Iterator[Line]:
    for element in () if meta is None else meta.iter():
        label = _PROPERTIES.get(element.tag)
        if element.tag == n.q("meta:user-defined"):
            label = element.get(n.q("meta:name"), "")
        if label and label not in _MACHINES and (element.text or "").strip():
            yield Line(f"{label}: {(element.text or '').strip()}", BlockKind.PROPERTY, (("property", label.lower()),))


def _gaps(name: str, found: Found, blocks: Iterable[Block]) -> Iterator[Gap]:
    if found.objects:
        yield gaps.embedded(f"{found.objects} embedded")
    if found.pictures:
        yield gaps.pictures(found.pictures, blocks)
    if found.too_deep:
        yield gaps.too_deep(name)
    if found.too_much:
        yield gaps.too_much(name)
