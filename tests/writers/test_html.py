"""The page: what the writer sees, that the draft is only ever text, and that every link leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup
from syrupy.assertion import SnapshotAssertion

from referral_lint.model import BlockKind, Document, DocumentReport, Finding, Gap, Local, Report, Severity, Span, Waiver
from referral_lint.writers import html
from referral_lint.writers.page.wording import DANGER
from tests.writers.reports import document, everything, finding

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)></mark></style>{{ 7 * 7 }}{% raw %}&amp;&lt;\u202e'


def page(*documents: DocumentReport, **more: object) -> markup.HtmlElement:
    return markup.document_fromstring(html.render(Report(documents, **more)))  # type: ignore[arg-type]


def words(node: markup.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def by_class(tree: markup.HtmlElement, name: str) -> list[markup.HtmlElement]:
    return tree.find_class(name)


def test_the_whole_page(snapshot: SnapshotAssertion) -> None:
    local = Local("Wendle", "https://www.example.org/procedures", "01632 960111", "01632 960112")
    text = html.render(Report((everything(),), rules={"core": "1.0.0"}, model="core 1", local=local))
    text = re.sub(r"<style>.*?</style>", "<style/>", text, flags=re.S)
    assert re.sub(r"sha256-[^']+", "sha256", text) == snapshot


def test_an_urgent_page(snapshot: SnapshotAssertion) -> None:
    tree = page(replace(everything(), urgent=True), local=Local(duty_team="01632 960111"))
    assert words(tree.find(".//main")) == snapshot


def test_a_hostile_draft_is_only_text() -> None:
    draft = document((BlockKind.PARAGRAPH, HOSTILE), (BlockKind.EMAIL_HEADER, f"Subject: {HOSTILE}"), name=HOSTILE)
    found = finding(draft, "alert", rule=HOSTILE, message=HOSTILE, suggestion=HOSTILE, why=HOSTILE, source=HOSTILE)
    waived = replace(found, waived=Waiver("0", HOSTILE, HOSTILE, HOSTILE), where={"part": HOSTILE})
    report = DocumentReport(draft, kind=HOSTILE, findings=(found, waived), gaps=(Gap(HOSTILE, HOSTILE),))
    text = html.render(Report((report,), gaps=(Gap(HOSTILE, HOSTILE),), rules={HOSTILE: HOSTILE}, model=HOSTILE))
    tree = markup.document_fromstring(text)
    assert not tree.xpath("//script | //img | //iframe | //@style | //@onerror | //@src")
    assert len(tree.xpath("//style")) == 1
    assert '<script>alert("x")' not in text
    sheet = by_class(tree, "sheet")[0]
    assert sheet.text_content().count(HOSTILE) == 2
    assert "49" not in sheet.text_content()


def test_nothing_is_loaded_from_anywhere() -> None:
    text = html.render(Report((everything(),)))
    tree = markup.document_fromstring(text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import", style[1])
    assert not tree.xpath("//link | //script | //form | //base | //object | //embed")
    assert all(target.startswith("#") for target in tree.xpath("//@href"))


def test_a_link_to_procedures_is_a_web_address_or_nothing() -> None:
    for address, expected in (("https://www.example.org/p", 1), ("javascript:alert(1)", 0), ("", 0)):
        tree = page(everything(), local=Local(procedures=address))
        assert len(tree.xpath("//a[text()='Local procedures']")) == expected


def test_every_link_leads_somewhere_and_no_name_is_given_twice() -> None:
    tree = page(everything(), replace(everything(), urgent=True))
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    assert {target.removeprefix("#") for target in tree.xpath("//@href")} <= set(names)


def test_headings_are_in_order() -> None:
    levels = [int(node.tag[1]) for node in page(everything()).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_language_and_the_landmarks() -> None:
    tree = page(everything())
    assert tree.get("lang") == "en-GB"
    assert [len(tree.xpath(f"//{name}")) for name in ("header", "main", "footer")] == [1, 1, 1]


def test_every_finding_has_a_note_and_its_words_are_marked() -> None:
    report = everything()
    tree = page(report)
    for card in by_class(tree, "card"):
        for anchor in card.xpath(".//p[contains(@class, 'sign')]//a/@href"):
            (place,) = tree.xpath(f"//*[@id='{anchor.removeprefix('#')}']")
            assert place.getnext().tag == "mark"
    marked = [node.text_content() for node in tree.xpath("//mark")]
    assert sorted(marked) == sorted(f.text for f in report.findings if f.text)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_text_with_any_mark_stays_as_it_is(data: st.DataObject) -> None:
    alphabet = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("<>&\"'{}%#\n ")
    kinds = st.sampled_from([k for k in BlockKind if k is not BlockKind.FILE_NAME])
    lines = data.draw(st.lists(st.tuples(kinds, st.text(alphabet, min_size=1, max_size=40)), min_size=1, max_size=6))
    draft = document(*lines)
    start = data.draw(st.integers(0, len(draft.text)))
    span = Span(start, data.draw(st.integers(start, len(draft.text))))
    found = replace(finding(draft), span=span, text=draft.words(span))
    tree = page(DocumentReport(draft, findings=(found,)))
    own = [n for name in ("sheet", "unseen", "facts") for n in by_class(tree, name)]
    for added in tree.xpath(
        "//div[@class='sheet']//p[@class='label'] | //h4[contains(@id, 'unseen')] | //h5 | //summary"
    ):
        added.getparent().remove(added)
    assert letters("".join(n.text_content() for n in own)) == letters(draft.text)
    inside = "".join(draft.text[max(b.start, span.start) : min(b.end, span.end)] for b in _in(draft, span))
    assert letters("".join(n.text_content() for n in tree.xpath("//mark"))) == letters(inside)


def letters(text: str) -> list[str]:
    """The characters that can be seen, in no order: what is unseen stands below what is seen."""
    return sorted(char for char in text if not char.isspace())


def _in(draft: Document, span: Span) -> list[Span]:
    return [Span(b.start, b.end) for b in draft.blocks if b.start < span.end and span.start < b.end]


def test_danger_comes_before_everything_else() -> None:
    tree = page(replace(everything(), urgent=True), local=Local(area="Wendle", duty_team="01632 960111"))
    main = words(tree.find(".//main"))
    assert main.startswith(f"{DANGER} Wendle duty team: 01632 960111")
    assert "You can send this as it is." in main
    (later,) = tree.xpath("//details[@class='later']")
    assert later.get("open") is None
    for name in ("card", "missing", "sheet"):
        assert all(later in node.iterancestors() for node in by_class(tree, name))


@pytest.mark.parametrize(
    ("severity", "headline"),
    [
        (Severity.STOP, "Please look at this before you send it."),
        (Severity.FIX, "Have another look before you send it."),
        (Severity.THINK, "Ready to send."),
        (None, "Ready to send."),
    ],
)
def test_the_verdict_in_words(severity: Severity | None, headline: str) -> None:
    draft = document((BlockKind.PARAGRAPH, "Ben is often late."))
    found: tuple[Finding, ...] = (finding(draft, "often", severity=severity),) if severity else ()
    assert words(page(DocumentReport(draft, findings=found)).xpath("//h2")[0]) == headline


def test_what_could_not_be_read_is_said() -> None:
    empty = DocumentReport(Document("scan.pdf", "", ()), gaps=(Gap("scan.pdf", "It is a picture."),))
    tree = page(empty, gaps=(Gap("gone.docx", "There is no such file."),))
    assert words(tree.xpath("//h2")[0]) == "This could not be checked."
    text = words(tree.find(".//main"))
    assert "It is a picture." in text
    assert "gone.docx: There is no such file." in text


def test_nothing_at_all_is_still_a_page() -> None:
    assert "Nothing was read" in html.render(Report())


def test_four_missing_statements_come_first_and_danger_on_top_then_the_gravest() -> None:
    tree = page(everything())
    missing = by_class(tree, "missing")
    folded = [node for node in missing if node.xpath("ancestor::details[@class='rest']")]
    assert len(missing) - len(folded) == 4
    assert words(missing[0]).startswith("Whether anyone is in danger now")
    assert words(missing[1]).startswith("What you are asking for")


def test_half_characters_do_not_break_the_page() -> None:
    draft = document((BlockKind.PARAGRAPH, "A broken \ud83d face."))
    shown = html.render(Report((DocumentReport(draft),)))
    assert "A broken ? face." in shown.encode("utf-8").decode()
