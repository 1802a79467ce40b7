"""The annotated copy: the comment stands on the very words, and everything else is as it was."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace

import pytest
from docx import Document as open_word
from lxml import etree

from referral_lint.errors import ReferralLintError
from referral_lint.model import Document, DocumentReport, Finding, Severity, Source, Span
from referral_lint.readers import read
from referral_lint.readers.word.names import NAMESPACES, q
from referral_lint.writers.annotate_docx import annotate
from referral_lint.writers.copies import is_annotated
from tests.readers.wordfile import field, p, r, table, word


def finding(document: Document, words: str | None, **more: str) -> Finding:
    at = -1 if words is None else document.text.index(words)
    span = None if words is None else Span(at, at + len(words))
    made = Finding(
        rule="invented", family="acronym", severity=Severity.FIX, message="Write this out.",
        suggestion="Use the full name.", why="", source="", span=span, text=words or "",
    )  # fmt: skip
    return replace(made, **more)


def annotated(data: bytes, *words: str | None, suggest: bool = False, **more: str) -> bytes:
    source = Source("draft.docx", data)
    (document,) = read(source)
    findings = tuple(finding(document, each, **more) for each in words)
    return annotate(source, DocumentReport(document, findings=findings), suggest)


def text_of(data: bytes) -> str:
    return read(Source("draft.docx", data))[0].text


def main(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def commented(data: bytes) -> list[str]:
    """The words under each comment's range, in the comments' order."""
    root = main(data)
    found: dict[str, str] = {}
    open_now: set[str] = set()
    for element in root.iter():
        number = element.get(q("w:id"), "")
        if element.tag == q("w:commentRangeStart"):
            open_now.add(number)
            found[number] = ""
        elif element.tag == q("w:commentRangeEnd"):
            open_now.discard(number)
        elif element.tag == q("w:t"):
            for each in open_now:
                found[each] += element.text or ""
    return [found[number] for number in sorted(found, key=int)]


def comments(data: bytes) -> list[str]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml"))
    return ["\n".join(t.text or "" for t in c.iter(q("w:t"))) for c in root]


def plain(data: bytes) -> bytes:
    """The main part without comments, neighbouring runs of one look joined: what must be the same before and after."""
    root = main(data)
    for name in ("commentRangeStart", "commentRangeEnd"):
        for element in list(root.iter(q(f"w:{name}"))):
            element.getparent().remove(element)
    for mark in list(root.iter(q("w:commentReference"))):
        run = mark.getparent()
        run.getparent().remove(run)
    for run in list(root.iter(q("w:r"))):
        _join(run)
    return etree.tostring(root, method="c14n")


def _look(run: etree._Element) -> bytes:
    properties = run.find(q("w:rPr"))
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def _join(run: etree._Element) -> None:
    before = run.getprevious()
    if before is None or before.tag != q("w:r") or _look(before) != _look(run):
        return
    for child in list(run):
        if child.tag == q("w:rPr"):
            continue
        last = before[-1] if len(before) else None
        if child.tag == q("w:t") and last is not None and last.tag == q("w:t"):
            last.text = (last.text or "") + (child.text or "")
        else:
            before.append(child)
    run.getparent().remove(run)


KEEP = 'xml:space="preserve"'
WHITE = p(r("the MASH", "<w:color w:val='FFFFFF'/>"))
BODIES = {
    "in one run": (p("Please ring the MASH today."), "MASH"),
    "over runs of several looks": (p("Ring the ", r("MA", "<w:b/>"), r("SH", "<w:i/>"), " today."), "MASH today"),
    "over a tab and a break": (
        p(f"<w:r><w:t {KEEP}>a MA</w:t><w:tab/><w:t>SH</w:t><w:br/><w:t {KEEP}>b</w:t></w:r>"),
        "MA\tSH\nb",
    ),
    "at both ends": (p("MASH"), "MASH"),
    "in a hyperlink": (p("See ", f"<w:hyperlink>{r('the MASH page')}</w:hyperlink>", " now"), "MASH page now"),
    "in an insertion": (p("See ", f"<w:ins w:id='4' w:author='x'>{r('the MASH page')}</w:ins>"), "MASH"),
    "beside a deletion": (
        p("The ", "<w:del w:id='4'><w:r><w:delText>old </w:delText></w:r></w:del>", r("MASH team")),
        "The MASH",
    ),
    "in a table": (table(["Sent to:", "the MASH at North Wensdale"]), "MASH at"),
    "beside a field": (p("On ", field("DATE", r("3 May")), " the MASH rang"), "MASH"),
    "in rich text": (p("A ", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('the MASH page')}</w:sdtContent></w:sdt>"), "MASH"),
    "after hidden words": (p(r("secret ", "<w:vanish/>"), r("the MASH page")), "MASH"),
    "in white on a dark cell": (table([f"<w:tcPr><w:shd w:fill='000080'/></w:tcPr>{WHITE}"]), "MASH"),
}


@pytest.mark.parametrize(("body", "words"), BODIES.values(), ids=BODIES)
def test_the_comment_stands_on_the_words_and_nothing_else_changes(body: str, words: str) -> None:
    data = word(body)
    copy = annotated(data, words)
    assert commented(copy) == [words.replace("\t", "").replace("\n", "")]
    assert comments(copy) == ["To change: Write this out.\nUse the full name."]
    assert text_of(copy) == text_of(data)
    assert plain(copy) == plain(data)


@pytest.mark.parametrize(
    "body",
    [
        p("On ", field("MERGEFIELD Team", r("the MASH team"))),
        p("On ", "<w:fldSimple w:instr='x'>" + r("the MASH team") + "</w:fldSimple>"),
        p("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + r("the MASH team") + "</w:sdtContent></w:sdt>"),
    ],
)
def test_a_field_or_single_box_is_not_opened(body: str) -> None:
    data = word(body)
    copy = annotated(data, "MASH")
    assert commented(copy) == ["the MASH team"]
    assert plain(copy) == plain(data)


def test_a_tick_box_of_an_old_form_can_be_commented_on() -> None:
    state = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    box = f"<w:r><w:fldChar w:fldCharType='begin'>{state}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    data = word(p("Consent? ", box, r(" Yes")))
    copy = annotated(data, "☒")
    assert plain(copy) == plain(data)
    wanted = {q("w:fldChar"), q("w:commentRangeStart"), q("w:commentRangeEnd")}
    kinds = [element.tag.rpartition("}")[2] for element in main(copy).iter() if element.tag in wanted]
    assert kinds == ["commentRangeStart", "fldChar", "fldChar", "commentRangeEnd"]


def test_in_a_control_of_whole_paragraphs_the_comment_goes_before_the_first_word() -> None:
    data = word(p("Before.") + "<w:sdt><w:sdtPr/><w:sdtContent>" + p("Ask the MASH.") + "</w:sdtContent></w:sdt>")
    copy = annotated(data, "MASH")
    assert commented(copy) == [""]
    assert "“MASH”" in comments(copy)[0]
    assert plain(copy) == plain(data)


def test_what_has_no_place_in_the_body_is_said_at_the_top() -> None:
    box = "<w:r><w:pict><w:txbxContent>" + p("Box words") + "</w:txbxContent></w:pict></w:r>"
    data = word(
        p("First line.") + p("Second.", box), {"header": p("Hallbeck High")}, "<dc:creator>B Noble</dc:creator>"
    )
    copy = annotated(data, "Hallbeck", "Box words", "B Noble", None, "Second")
    top, second = sorted(comments(copy), key=len, reverse=True)
    assert [top.count(words) for words in ("“Hallbeck”", "“Box words”", "“B Noble”", "Write this out")] == [1, 1, 1, 4]
    assert second.startswith("To change")
    assert plain(copy) == plain(data)


def test_danger_comes_first_and_then_the_graver() -> None:
    data = word(p("First line."))
    source = Source("draft.docx", data)
    (document,) = read(source)
    asked = finding(document, None, severity=Severity.THINK, message="A question.")  # type: ignore[arg-type]
    report = DocumentReport(document, urgent=True, findings=(asked, finding(document, None)))
    (top,) = comments(annotate(source, report))
    assert top.startswith("If anyone is in immediate danger ring 999.")
    assert top.index("Write this out") < top.index("A question")
    assert comments(annotate(source, DocumentReport(document, urgent=True)))
    assert comments(annotate(source, DocumentReport(document, danger_beside=True)))


def test_comments_that_overlap_and_that_were_there_before() -> None:
    theirs = "<w:comment w:id='7' w:author='A Colleague'>" + p("Is this right?") + "</w:comment>"
    data = word(p("Ring the MASH team today, the MASH."), {"comments": theirs})
    copy = annotated(data, "MASH team", "the MASH", "Ring", "today")
    assert commented(copy) == ["MASH team", "the MASH", "Ring", "today"]
    assert comments(copy)[0] == "Is this right?"
    assert text_of(copy) == text_of(data)


def test_many_comments_in_one_long_paragraph_take_a_moment() -> None:
    """Walking the paragraph anew for each comment took 40 seconds."""
    words = [f"word{i} " for i in range(3_000)]
    some = words[::15]
    began = time.perf_counter()
    copy = annotated(word(p(*(r(each) for each in words))), *some)
    assert time.perf_counter() - began < 10
    assert commented(copy) == some


def test_a_field_begun_elsewhere_is_left_alone() -> None:
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    copy = annotated(word(p("Please ring the MASH today.", end, " Now.")), "MASH")
    assert commented(copy) == ["MASH"]


def test_waived_findings_are_left_out_and_the_copy_is_known_as_one() -> None:
    data = word(p("Ring the MASH."))
    copy = annotated(data)
    assert is_annotated(copy)
    assert not is_annotated(data)
    assert comments(copy) == []


def test_word_opens_the_copy() -> None:
    copy = annotated(_made(), "MASH", None)
    opened = open_word(io.BytesIO(copy))
    assert sorted(comment.author for comment in opened.comments) == ["referral-lint"] * 2
    assert opened.part.package.main_document_part.content_type.endswith("main+xml")


def test_all_other_parts_keep_their_bytes() -> None:
    data = _made()
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, annotated(data, "MASH")))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml"}


def test_strict_files_stay_strict() -> None:
    copy = annotated(word(p("Ring the MASH."), strict=True), "MASH")
    part = zipfile.ZipFile(io.BytesIO(copy)).read("word/document.xml")
    assert b"purl.oclc.org" in part
    assert NAMESPACES["w"].encode() not in part
    assert text_of(copy) == "Ring the MASH."


@pytest.mark.parametrize(
    ("replacement", "deleted", "inserted"),
    [
        ("Multi-Agency Safeguarding Hub", "MASH", "Multi-Agency Safeguarding Hub"),
        ("MASH (the hub)", "", " (the hub)"),
        ("the hub, MASH", "", "the hub, "),
    ],
)
def test_a_suggested_edit_is_a_tracked_change(replacement: str, deleted: str, inserted: str) -> None:
    data = word(p("Ring the ", r("MASH today.", "<w:b/>")))
    copy = annotated(data, "MASH", suggest=True, replacement=replacement)
    root = main(copy)
    assert "".join(t.text or "" for t in root.iter(q("w:delText"))) == deleted
    (insertion,) = root.iter(q("w:ins"))
    assert "".join(t.text or "" for t in insertion.iter(q("w:t"))) == inserted
    assert insertion.find(f"{q('w:r')}/{q('w:rPr')}/{q('w:b')}") is not None
    assert plain(_rejected(copy)) == plain(data)
    assert text_of(copy).startswith(f"Ring the {replacement} today.")


def test_the_words_of_a_ticked_box_are_commented_on_and_left_as_printed() -> None:
    data = word(p(r("Involved: ☒ MASH  ☐ Police  ☒ Housing")))
    copy = annotated(data, "MASH", suggest=True, replacement="multi-agency safeguarding hub (MASH)")
    assert not list(main(copy).iter(q("w:ins")))
    assert "Write this out." in str(zipfile.ZipFile(io.BytesIO(copy)).read("word/comments.xml"))


def test_edits_are_left_out_unless_asked_for_and_where_word_could_not_undo_them() -> None:
    data = word(p("Ring the MASH."))
    assert not list(main(annotated(data, "MASH", replacement="hub")).iter(q("w:ins")))
    tracked = word(p("<w:ins w:id='1'>" + r("Ring the MASH.") + "</w:ins>"))
    assert len(list(main(annotated(tracked, "MASH", suggest=True, replacement="hub")).iter(q("w:ins")))) == 1


def test_a_protected_file_cannot_be_annotated() -> None:
    source = Source("draft.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ReferralLintError, match="password"):
        annotate(source, DocumentReport(read(source)[0]))


def _made() -> bytes:
    made = open_word()
    made.add_paragraph("Ring the MASH today.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _rejected(data: bytes) -> bytes:
    """The copy after somebody has rejected every change."""
    files = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    root = etree.fromstring(files["word/document.xml"])
    for change in list(root.iter(q("w:ins"))):
        change.getparent().remove(change)
    for change in list(root.iter(q("w:del"))):
        for run in list(change):
            change.addprevious(run)
        change.getparent().remove(change)
    for text in root.iter(q("w:delText")):
        text.tag = q("w:t")
    files["word/document.xml"] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
