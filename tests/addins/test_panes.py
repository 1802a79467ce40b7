"""The panes in a real Chromium, on the real service, with Microsoft's mock in the place of office.js."""

import base64
import json
import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import expect, sync_playwright

HERE = Path(__file__).parent
SAMPLE = Path("samples/early-help-draft.docx")
WORRY = (
    "<p>Dear team,</p><p>I am worried about Theo Marsh, who is frequently late. His mum has clearly lost interest.</p>"
)
DANGER = "<p>Kayla is at home and he has a knife. Please come at once, she is in immediate danger.</p>"
expect.set_options(timeout=20_000)  # the first check on a busy machine
PICTURES = os.environ.get("REFERRAL_LINT_PICTURES")


@pytest.fixture(scope="module")
def chromium(needs_browser):
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=needs_browser, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def mock(office_tools):
    """The modules of Microsoft's mock as one script for a page."""
    folder = office_tools / "node_modules" / "office-addin-mock" / "lib"
    names = ("possibleErrors", "host", "officeMockObject")
    modules = ",\n".join(
        f'"./{n}": (require, exports) => {{{(folder / f"{n}.js").read_text("utf-8")}\n}}' for n in names
    )
    return f"""(() => {{
const modules = {{{modules}}};
const made = {{"office-addin-manifest": {{ OfficeApp: {{ Outlook: "outlook", Word: "word" }} }}}};
const require = (name) => {{
  if (!made[name]) modules[name](require, made[name] = {{}});
  return made[name];
}};
window.OfficeMockObject = require("./officeMockObject").OfficeMockObject;
}})();\n{(HERE / "office.js").read_text("utf-8")}"""


@pytest.fixture
def opened(chromium, mock, service):
    """Opens a pane with what the host program holds; every other address than the service's is noted and refused."""
    pages = []

    def open_pane(name, given, code=True):
        page = chromium.new_page(viewport={"width": 340, "height": 900}, color_scheme="light")
        pages.append(page)
        page.elsewhere, page.faults = [], []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.route(lambda url: not url.startswith(service.origin), lambda route: (page.elsewhere.append(route.request.url), route.abort()))  # fmt: skip
        script = f"const given = {json.dumps({'host': name, **given})};\n{mock}"
        page.route("https://appsforoffice.microsoft.com/**", lambda route: route.fulfill(body=script, content_type="text/javascript"))  # fmt: skip
        page.goto(f"{service.origin}/addins/{name}/pane.html")
        if code:
            page.get_by_label("Eight digits").fill(service.programs.new_code())
            page.get_by_role("button", name="Pair").click()
        return page

    yield open_pane
    for page in pages:
        assert page.elsewhere == []
        page.close()


def message(**more):
    plain = {
        "subject": "A worry",
        "from": {"displayName": "Office", "emailAddress": "office@northfield-school.example.org"},
        "to": [{"displayName": "Duty Team", "emailAddress": "duty@wendle.example.com"}],
        "html": WORRY,
    }
    return {"item": {**plain, **more}}


def draft(path=SAMPLE):
    data = path.read_bytes()
    document = Document(BytesIO(data))
    body = [[block.text, 0] for block in document.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return {
        "url": f"C:\\Users\\jo\\{path.name}",
        "document": base64.b64encode(data).decode(),
        "tables": tables,
        "paragraphs": body,
    }


def logged(page, what, count=1):
    """What Word was told to do of this kind, once it was told so often."""
    until = time.monotonic() + 10
    while len(found := [one for one in page.evaluate("log") if one[0] == what]) < count:
        assert time.monotonic() < until, page.evaluate("log")
        page.wait_for_timeout(50)
    return found


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_outlook_pairs_once_and_shows_what_to_change(opened):
    page = opened("outlook", message(), code=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("not paired with referral-lint yet")
    picture(page, "outlook-unpaired")
    page.get_by_label("Eight digits").fill("00000000")
    page.get_by_role("button", name="Pair").click()
    expect(page.get_by_role("status")).to_contain_text("Programs")
    page.close()
    page = opened("outlook", message())
    expect(page.get_by_role("heading", level=1)).to_have_text("Have another look before you send it.")
    expect(page.locator(".card.fix").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Have another look before you send it.")
    picture(page, "outlook-cards")
    assert page.faults == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_anybody_can_use_the_panes(opened, look):
    for name, given in (
        ("outlook", message(subject="Kayla Marsh")),
        ("outlook", message(html=DANGER)),
        ("word", draft()),
    ):
        page = opened(name, given)
        page.emulate_media(color_scheme=look)
        expect(page.locator(".card").first).to_be_attached()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_outlook_keeps_a_reason_with_the_message(opened):
    page = opened("outlook", message())
    page.get_by_label("Another reason").fill("The list is attached.")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".reasons .said")).to_have_text("Noted. Press Send, and it goes.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".reasons .said")).to_have_text("The reason is taken back.")
    header = "X-Referral-Lint-Reason"
    assert page.evaluate("log") == [["header", {header: "The list is attached."}], ["no header", [header]]]


def test_danger_comes_first_and_the_rest_is_folded(opened):
    page = opened("outlook", message(subject="Kayla Marsh", html=DANGER))
    expect(page.get_by_role("alert")).to_contain_text("ring 999")
    expect(page.get_by_role("heading", level=1)).to_have_text("You can send this as it is.")
    expect(page.locator(".card").first).to_be_hidden()
    picture(page, "outlook-danger")


def test_words_of_a_message_are_never_read_as_a_page(opened):
    page = opened("outlook", message(html="<p>Theo is &lt;img src=x onerror=alert(1)&gt;</p><script>alert(1)</script>", subject="<b>Theo</b> <img src=x>"))  # fmt: skip
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main img, main b, main script")).to_have_count(0)


def test_the_service_is_not_running(opened, service):
    page = opened("outlook", message())
    expect(page.locator(".card").first).to_be_visible()
    service.stop()
    try:
        page.get_by_role("button", name="Check again").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("referral-lint is not running")
    finally:
        service.start()
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Have another look before you send it.")


@pytest.mark.parametrize("name", ["outlook", "word"])
def test_without_offices_own_script_it_says_so(chromium, service, name):
    page = chromium.new_page()
    page.route("https://appsforoffice.microsoft.com/**", lambda route: route.abort())
    page.goto(f"{service.origin}/addins/{name}/pane.html")
    expect(page.get_by_role("alert")).to_contain_text("comes from Microsoft")
    page.close()


def test_word_jumps_to_the_words(opened):
    page = opened("word", draft())
    card = page.locator(".card", has_text="“frequently” could be")
    card.get_by_role("button", name="Show me").click()
    expect(card.get_by_role("button", name="Show me")).to_be_visible()
    ((_, where, words),) = logged(page, "select")
    picture(page, "word-cards")
    assert words == "frequently"
    assert where.startswith("table 4 row 1 cell 2:")
    assert ["closed"] in page.evaluate("log")
    assert page.faults == []


def test_word_writes_it_out_and_adds_the_comment(opened):
    page = opened("word", draft())
    card = page.locator(".card", has_text="“TAF”")
    card.get_by_role("button", name="Write it out").click()
    expect(card.get_by_role("button", name="Written")).to_be_disabled()
    card.get_by_role("button", name="Add the comment").click()
    expect(card.get_by_role("button", name="Added")).to_be_disabled()
    log = page.evaluate("log")
    (written,) = [one for one in log if one[0] == "insertText"]
    assert written[2:] == ["TAF", "team around the family (TAF)", "Replace"]
    (comment,) = [one for one in log if one[0] == "insertComment"]
    assert comment[2] == "TAF"
    assert "team around the family" in comment[3]


def test_word_takes_the_second_of_the_same_words_for_the_second_finding(opened, tmp_path):
    path = tmp_path / "note.docx"
    document = Document()
    document.add_paragraph("About Theo Marsh")
    document.add_paragraph("He is often late and often hungry.")
    document.save(path)
    page = opened("word", draft(path))
    cards = page.locator(".card", has_text="“often” could be")
    expect(cards).to_have_count(2)
    for index in (1, 0):
        cards.nth(index).get_by_role("button", name="Show me").click()
        logged(page, "select", 2 - index)
    text = "He is often late and often hungry."
    assert [one[1] for one in page.evaluate("log") if one[0] == "select"] == [
        f"paragraph 2:{text.rindex('often')}",
        f"paragraph 2:{text.index('often')}",
    ]


def test_word_looks_in_the_whole_text_where_it_counts_otherwise(opened):
    given = draft()
    given["tables"] = []
    given["paragraphs"].append(["He frequently arrives late.", 0])
    page = opened("word", given)
    page.locator(".card", has_text="“frequently” could be").get_by_role("button", name="Show me").click()
    ((_, where, _),) = logged(page, "select")
    assert where.startswith("document:")


def test_word_says_of_a_comment_that_it_is_one(opened):
    page = opened("word", draft(Path("samples/housing-letter.docx")))
    card = page.locator(".card", has_text="comment 1")
    expect(card).to_have_count(1)
    expect(card.get_by_role("button")).to_have_count(0)


def test_word_says_when_the_words_are_gone(opened):
    given = draft()
    given["tables"] = [[["" for _ in row] for row in table] for table in given["tables"]]
    page = opened("word", given)
    page.locator(".card", has_text="“frequently” could be").get_by_role("button", name="Show me").click()
    expect(page.get_by_role("button", name="These words are not there any more. Check again.")).to_be_visible()
