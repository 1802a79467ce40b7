"""A whole Word document: its body, and the headers, footers, notes and comments that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from referral_lint.marks import OUR_NAME
from referral_lint.model import BlockKind, Where
from referral_lint.readers import Limits
from referral_lint.readers.structure import Item, Line, Table
from referral_lint.readers.word import names as n
from referral_lint.readers.word.drawings import drawings
from referral_lint.readers.word.embedded import embedded
from referral_lint.readers.word.package import Package
from referral_lint.readers.word.styles import Styles
from referral_lint.readers.word.walk import Story

_REFERENCE = n.q("r:id")


@dataclass(slots=True)
class Contents:
    """What a document holds, seen and unseen, and what of it could not be read."""

    seen: list[Item] = field(default_factory=list)
    unseen: list[Line] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)  # what to call each embedded thing that is no file
    files: list[tuple[str, bytes | None]] = field(default_factory=list)  # embedded: name and bytes, None if unreadable
    pictures: int = 0
    pages: int = 0  # of the pictures: those as large as a page
    elsewhere: int = 0
    too_deep: bool = False


def contents(package: Package, limits: Limits) -> Contents:
    """Reads every part that holds text."""
    return _Reading(package, limits).run()


def main_story(package: Package, limits: Limits) -> tuple[etree._Element, Story, list[Item]]:
    """The main part's root, the walk through it, and the lines and tables found on the way."""
    root = package.xml(package.main)
    assert root is not None  # Package has opened it once
    sheet = next(iter(package.related(package.main, "styles")), None)
    styles = Styles(None if sheet is None else package.xml(sheet.target))
    story = Story(root, styles, 0, BlockKind.PARAGRAPH, limits.depth)
    on_colour = root.find(n.q("w:background")) is not None
    bodies = root.findall(n.BODY) or [root]
    return root, story, [item for body in bodies for item in story.items(body, backdrop=on_colour)]


class _Reading:
    def __init__(self, package: Package, limits: Limits) -> None:
        self._package, self._limits = package, limits
        self._relations = [r for r in package.relations(package.main) if not r.external and r.target in package.archive]
        self._found = Contents()
        self._parts = 1

    def run(self) -> Contents:
        main, story, body = main_story(self._package, self._limits)
        self._keep(story)
        self._styles = story.styles
        self._seen(self._margins(main, "header", BlockKind.PAGE_HEADER))
        self._found.seen += [*body, *drawings(self._package)]
        for kind in ("footnote", "endnote"):
            self._seen(self._notes(kind))
        self._seen(self._margins(main, "footer", BlockKind.PAGE_FOOTER))
        self._comments()
        self._found.files = list(embedded(self._package))
        if self._found.files:  # they are read, or named by what they are called and not by the program that made them
            self._found.objects = [name for name in self._found.objects if not name.startswith("embedded ")]
        return self._found

    def _seen(self, items: Iterator[Item]) -> None:
        self._found.seen += [item for item in items if isinstance(item, Table) or item.text.strip()]

    def _root(self, kind: str) -> etree._Element | None:
        target = next((r.target for r in self._relations if r.type == kind), None)
        return None if target is None else self._package.xml(target)

    def _story(self, root: etree._Element, container: etree._Element, kind: BlockKind, where: Where) -> list[Item]:
        story = Story(root, self._styles, self._parts, kind, self._limits.depth)
        self._parts += 1
        items = story.items(container, where)
        self._keep(story)
        return items

    def _keep(self, story: Story) -> None:
        found = story.found
        self._found.unseen += found.unseen
        self._found.objects += found.objects
        self._found.pictures += found.pictures
        self._found.pages += found.pages
        self._found.elsewhere += found.elsewhere
        self._found.too_deep |= found.too_deep

    def _margins(self, main: etree._Element, name: str, kind: BlockKind) -> Iterator[Item]:
        """Headers or footers, in the order in which the sections use them, each once."""
        by_id = {r.id: r for r in self._relations if r.type == name}
        used = [by_id.pop(e.get(_REFERENCE, ""), None) for e in main.iter(n.q(f"w:{name}Reference"))]
        targets = dict.fromkeys(r.target for r in [*used, *by_id.values()] if r is not None)
        for target in targets:
            root = self._package.xml(target)
            if root is not None:
                yield from self._story(root, root, kind, (("part", name),))

    def _notes(self, name: str) -> Iterator[Item]:
        root = self._root(f"{name}s")
        own = (
            []
            if root is None
            else [e for e in root.iter(n.q(f"w:{name}")) if e.get(n.q("w:type"), "normal") == "normal"]
        )
        for number, note in enumerate(own, 1):
            assert root is not None
            yield from self._story(root, note, BlockKind.FOOTNOTE, (("part", f"{name} {number}"),))

    def _comments(self) -> None:
        """Everybody's comments but those of an earlier checked copy."""
        root = self._root("comments")
        if root is None:
            return
        others = [c for c in root.iter(n.q("w:comment")) if c.get(n.q("w:author")) != OUR_NAME]
        for number, comment in enumerate(others, 1):
            where: Where = (("part", f"comment {number}"), ("by", comment.get(n.q("w:author"), "")))
            items = self._story(root, comment, BlockKind.COMMENT, where)
            self._found.unseen += [item for item in items if isinstance(item, Line)]
