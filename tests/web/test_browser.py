"""The page in a real Chromium: what a person does with it, with mouse, keyboard, on a phone and without a script."""

import threading
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from referral_lint.model import Report
from referral_lint.web.access import Door
from referral_lint.web.app import application
from referral_lint.web.programs import Programs
from referral_lint.web.serving import listen
from referral_lint.writers.html import render
from tests.writers.hand_made import document, finding

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SAMPLES = Path("samples").resolve()
LATE = "Dear team,\n\nWe ask for an EHCNA. Theo is frequently late.\n\nYours sincerely,\nKerry Osgood"


@pytest.fixture(scope="module")
def chromium():
    import os
    import shutil

    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(workers, tmp_path_factory):
    """A page that is really served."""
    listening = listen(0)
    door = Door(f"http://127.0.0.1:{listening.getsockname()[1]}", "t0ken")
    programs = Programs(tmp_path_factory.mktemp("programs") / "programs.json")
    config = uvicorn.Config(application(door, workers, programs), log_config=None, http="h11", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"{door.origin}{door.page}/"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def open_page(chromium, address):
    """Opens the page in a browser of its own; whatever the page complains of fails the test."""
    contexts, complaints = [], []

    def open_one(**options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" and "404" not in said.text else None,
        )
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    return open_page()


def until(page, condition):
    """Waits for a condition; the browser's own way of doing so is what the page's policy forbids."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def typed(page, words=LATE):
    page.fill("#words", words)
    until(page, "document.querySelector('#status').textContent.startsWith('Checked.')")


@pytest.mark.parametrize("width", [360, 1400])
def test_no_short_word_of_a_card_is_broken(chromium, width):
    words = "special educational needs and disabilities"
    found = finding(LATE, "EHCNA", rule="acronym-unexplained", family="acronym", replacement=f"{words} (EHCNA)")
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.set_content(render(Report((document(LATE, found),))))
    lines = """() => {
        const write = [...document.querySelectorAll(".instead")].find((p) => p.textContent.startsWith("Write "));
        const range = document.createRange();
        range.selectNodeContents(write.firstChild);
        return range.getClientRects().length;
    }"""
    assert page.evaluate(lines) == 1
    page.close()


@pytest.mark.parametrize("before", [5, 7, 17, 18, 25])
def test_no_card_is_torn_on_paper(chromium, before):
    """However much stands above it: the first and the last words of a card are on one page, in one column."""
    text = "\n\n".join(["We talked about the garden."] * before + ["Visit0 was often late.", "Visit1 was, too."])
    long = "Say what was seen, who saw it and on which day; if you were told, by whom, and what they said. " * 4
    cards = [
        finding(text, f"Visit{n}", severity, message=f"First{n}.", suggestion=f"{long}Last{n}.")
        for n, severity in enumerate(("fix", "think"))
    ]
    page = chromium.new_page()
    page.set_content(render(Report((document(text, *cards),))))
    places = {}
    with pdfium.PdfDocument(page.pdf(prefer_css_page_size=True)) as pdf:
        for number, sheet in enumerate(pdf):
            words = sheet.get_textpage()
            for name in ("First0.", "Last0.", "First1.", "Last1."):
                if at := words.search(name).get_next():
                    places[name] = (number, words.get_charbox(at[0])[0] > sheet.get_width() / 2)
    page.close()
    assert (places["First0."], places["First1."]) == (places["Last0."], places["Last1."])


def drop(page, *names):
    """Drops files of samples/ on the page, as a file manager does."""
    import base64

    files = [(name, base64.b64encode((SAMPLES / name).read_bytes()).decode()) for name in names]
    page.evaluate(
        """(files) => {
            const moved = new DataTransfer();
            for (const [name, data] of files) {
                const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                moved.items.add(new File([bytes], name));
            }
            const over = new DragEvent("dragover", { dataTransfer: moved, bubbles: true, cancelable: true });
            document.body.dispatchEvent(over);
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
        }""",
        files,
    )
    page.wait_for_selector("#others .sheet")
    page.wait_for_load_state("load")  # before its style sheets are there nothing has its size


def no_violations(page):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found] == []


# --- writing


def test_what_is_typed_is_checked_and_marked_where_it_stands(page):
    typed(page)
    assert "frequently" in page.locator(".under mark").all_inner_texts()
    assert page.locator("#notes .card", has_text="frequently").count() == 1
    shown = page.evaluate("document.querySelector('.under').textContent.trimEnd().replace('\\u200b', '').trimEnd()")
    assert shown == LATE


def test_the_cursor_stays_while_the_words_are_checked_again(page):
    typed(page)
    page.evaluate("document.querySelector('#words').setSelectionRange(12, 12)")
    page.keyboard.type("He is regularly tired. ", delay=15)
    page.wait_for_selector("#notes .card h4 >> text=regularly")
    place = page.evaluate("[document.activeElement.id, document.querySelector('#words').selectionStart]")
    assert place == ["words", 12 + len("He is regularly tired. ")]


def test_no_answer_overwrites_what_was_typed_in_the_meantime(page):
    typed(page)
    page.evaluate(
        """() => {
            const real = window.fetch;
            window.asked = window.answered = 0;
            window.fetch = async (...asked) => {
                window.asked += 1;
                const answer = await real(...asked);
                await new Promise((done) => setTimeout(done, 700));
                window.answered += 1;
                return answer;
            };
        }"""
    )
    page.focus("#words")
    page.keyboard.press("Control+End")
    page.keyboard.type(" One.")
    until(page, "window.asked > 0")  # the check of this is on its way
    page.keyboard.type(" Two.", delay=30)
    until(page, "window.asked > 1 && window.answered === window.asked")
    until(page, "document.querySelectorAll('.under mark').length > 0")
    assert page.input_value("#words") == f"{LATE} One. Two."


def test_marks_stand_right_behind_characters_outside_the_basic_plane(page):
    typed(page, "🙂🙂 Theo is frequently late.")
    assert page.locator(".under mark").all_inner_texts() == ["frequently"]


def test_fixing_takes_the_note_away(page):
    typed(page)
    page.fill("#words", LATE.replace("frequently late", "late on 3 November 2026"))
    until(page, "!document.querySelector('#notes').textContent.includes('frequently')")


def test_a_note_leads_to_its_words(page):
    typed(page)
    page.locator("#notes .card", has_text="frequently").locator(".badge").click()
    chosen = page.evaluate("(w => w.value.slice(w.selectionStart, w.selectionEnd))(document.querySelector('#words'))")
    assert chosen == "frequently"


def test_an_abbreviation_is_written_out_in_one_click(page):
    typed(page)
    card = page.locator("#notes .card", has_text="EHCNA").first
    card.get_by_role("button", name="Write it out").click()
    until(page, "document.querySelector('#words').value.includes('(EHCNA)')")
    assert "education, health and care" in page.input_value("#words")


def chosen_words(page):
    return page.evaluate("(w => w.value.slice(w.selectionStart, w.selectionEnd))(document.querySelector('#words'))")


def test_a_sentence_to_adapt_is_put_above_the_name_and_once(page):
    typed(page)
    item = page.locator("#below .missing", has_text="Whether the person or family knows").first
    put = item.get_by_role("button", name="Put this in my words")
    put.click()
    until(page, "document.querySelector('#words').value.includes('I told ____ on ____')")
    assert page.evaluate("document.activeElement.id") == "words"
    assert chosen_words(page) == "____"
    page.keyboard.type("his mother")
    page.locator("#notes .card", has_text="____").first.wait_for()  # the next blank is asked about
    words = page.input_value("#words")
    assert words.index("frequently late.") < words.index("I told his mother") < words.index("Yours sincerely")
    put.click()  # a sentence with a blank says nothing yet, so that it is still missing
    until(page, "(w => w.value.slice(w.selectionStart, w.selectionEnd))(document.querySelector('#words')) === '____'")
    assert page.input_value("#words") == words


def test_what_was_written_out_or_put_in_is_undone_by_the_usual_keys(page):
    typed(page)
    page.locator("#notes .card", has_text="EHCNA").first.get_by_role("button", name="Write it out").click()
    until(page, "document.querySelector('#words').value.includes('(EHCNA)')")
    page.focus("#words")
    page.keyboard.press("Control+z")
    assert page.input_value("#words") == LATE
    page.locator("#below .missing").first.get_by_role("button", name="Put this in my words").click()
    until(page, "document.querySelector('#words').value.includes('____')")
    page.keyboard.press("Control+z")
    assert page.input_value("#words") == LATE


def test_the_words_and_their_marks_keep_step_at_any_width(page):
    """Letters drawn closer together ("P,") are so in the box, but not where a mark ends between them."""
    typed(page, "The TAF, EHCP, CAMHS, and SENCO, were there; a nightmare. Theo is frequently late, often, regularly.")
    page.wait_for_selector(".under mark")
    off = page.evaluate(
        """() => {
            const under = document.querySelector(".under"), whole = document.createElement("div");
            whole.className = "under";
            whole.textContent = document.querySelector("#words").value; // in one piece, as in the box
            under.parentNode.append(whole);
            const letters = (element) => {
                const places = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = new Range();
                while (walker.nextNode()) {
                    for (let i = 0; i < walker.currentNode.length; i++) {
                        range.setStart(walker.currentNode, i);
                        range.setEnd(walker.currentNode, i + 1);
                        const { left, top } = range.getBoundingClientRect();
                        places.push([left, top]);
                    }
                }
                return places;
            };
            const marked = letters(under);
            return Math.max(...letters(whole).map(([left], i) => Math.abs(left - marked[i][0])));
        }"""
    )
    assert off < 0.2


def test_a_finding_is_waived_with_a_reason_and_taken_back(page):
    typed(page)
    card = page.locator("#notes .card", has_text="frequently")
    card.get_by_text("Leave it as it is").click()
    card.get_by_label("Your reason").fill("the dates are in the attached list")
    card.get_by_role("button", name="Leave it").click()
    waived = page.locator("#below section.waived")
    waived.wait_for()
    assert "the dates are in the attached list" in waived.inner_text()
    assert page.locator("#notes .card", has_text="frequently").count() == 0
    waived.get_by_role("button", name="Take this back").click()
    page.locator("#notes .card", has_text="frequently").wait_for()


# --- files


def test_files_are_dropped_and_shown_as_they_read(page):
    drop(page, "early-help-draft.docx", "chaser.txt")
    assert page.locator("#others .draft").count() == 2
    assert page.locator("#others table").count() > 0
    assert page.locator("#others .option.ticked").count() > 0
    assert page.locator("#others mark").count() > 5


def test_a_word_file_comes_back_with_comments_and_what_was_written_out(page, tmp_path):
    from docx import Document

    drop(page, "early-help-draft.docx")
    page.locator("#others .card", has_text="SENCO").get_by_role("button", name="Write it out").click()
    page.locator("#others .chosen").wait_for()
    with page.expect_download() as caught:
        page.get_by_text("with comments (Word)").click()
    assert caught.value.suggested_filename == "early-help-draft (checked - do not send).docx"
    caught.value.save_as(tmp_path / "copy.docx")
    copy = Document(tmp_path / "copy.docx")
    assert len(list(copy.comments)) > 5
    assert b"special educational needs coordinator" in copy.element.xml.encode()


def test_the_report_and_the_note_can_be_taken(page, tmp_path):
    typed(page)
    with page.expect_download() as caught:
        page.get_by_text("This report as a page").click()
    assert "frequently" in Path(caught.value.path()).read_text("utf-8")
    page.get_by_text("Write a decision note").click()
    page.get_by_label("About whom").fill("record 4711")
    page.get_by_label("What you left out").fill("his grandfather’s illness, which they need not know")
    page.get_by_role("button", name="Show the note").click()
    made = page.input_value("#note-words")
    assert made.startswith("Decision to share information")
    assert "record 4711" in made
    assert "grandfather’s illness" in made
    with page.expect_download() as caught:
        page.get_by_text("Save it as a file").click()
    assert Path(caught.value.path()).read_text("utf-8") == made


def test_the_note_is_what_stands_in_its_fields_and_stays(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    typed(page)
    page.get_by_text("Write a decision note").click()
    page.get_by_label("About whom").fill("record 4711")
    page.get_by_role("button", name="Copy the note").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert "record 4711" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_label("Whom you talked to").fill("Manager Ray")
    with page.expect_download() as caught:
        page.get_by_text("Save it as a file").click()
    assert "Manager Ray" in Path(caught.value.path()).read_text("utf-8")
    page.get_by_label("What you left out").fill("his grandfather’s illness")
    page.get_by_text("Back to the draft").click()
    page.get_by_text("Write a decision note").click()
    assert page.get_by_label("What you left out").input_value() == "his grandfather’s illness"
    page.get_by_label("Not to share it").check()
    assert not page.get_by_label("Why", exact=True).is_visible()
    assert page.get_by_label("Why not").input_value() == ""


def test_of_a_file_that_cannot_be_read_nothing_is_offered(page, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK no Word file")
    page.set_input_files("#files", broken)
    page.wait_for_selector("#others .draft")
    assert page.get_by_text("Work on its words here").count() == 0
    assert page.get_by_text("Write a decision note").count() == 0


def test_what_was_written_out_in_the_copy_is_so_in_the_words_to_work_on(page):
    drop(page, "early-help-draft.docx")
    page.locator("#others .card", has_text="SENCO").get_by_role("button", name="Write it out").click()
    page.locator("#others .chosen").wait_for()
    page.get_by_role("button", name="Work on its words here").click()
    page.wait_for_selector("#verdict article")
    assert "special educational needs coordinator (SENCO)" in page.input_value("#words")
    assert page.locator(".chosen").count() == 0


def test_on_paper_the_draft_is_there_and_no_button(page):
    typed(page)
    page.emulate_media(media="print")
    assert page.locator(".reads .sheet").is_visible()
    assert page.locator("button:visible, form:visible, .skip:visible").count() == 0
    assert not page.get_by_text("Press Escape twice").is_visible()
    page.goto(page.url + "note")
    assert page.locator("#note-words").is_visible()
    assert page.locator("button:visible, form:visible").count() == 0


def test_a_file_is_worked_on_as_words(page):
    drop(page, "transfer-note.txt")
    page.get_by_role("button", name="Work on its words here").click()
    page.wait_for_selector("#verdict article")
    assert page.input_value("#words").startswith("Note for the file")


# --- without names, in danger


def test_without_names_everything_that_identifies_is_stopped_at(page):
    typed(page, "Could I ask in general? Theo Marlow, aged 9, lives at 6 Tannery Row. His mum is Dawn Marlow.")
    page.get_by_label("No names").check()
    page.wait_for_selector("#notes .card.stop")
    stopped = " ".join(page.locator(".under mark.stop").all_inner_texts())
    assert "Theo Marlow" in stopped
    assert "Dawn Marlow" in stopped
    page.get_by_text("See a version with neutral words").click()
    words = page.input_value("#words")
    assert "Marlow" not in words
    assert "of primary age" in words


def test_danger_comes_first_and_nothing_holds_it_up(page):
    page.fill(
        "#words", "Jake told me today that Gary hits him. He is afraid to go home and is collected at 3.15pm today."
    )
    page.wait_for_selector(".danger")
    assert "ring 999" in page.locator(".danger").inner_text()
    assert "You can send this as it is" in page.locator("#verdict").inner_text()


def test_how_many_more_there_are_stands_beside_the_first(page):
    """The page has a note of its own that floats over everything: nothing else does."""
    position = """() => {
        const more = document.createElement("span");
        more.className = "again";
        document.querySelector("main").append(more);
        return getComputedStyle(more).position;
    }"""
    assert page.evaluate(position) == "static"


# --- leaving nothing behind


@pytest.mark.parametrize("way", ["button", "escape"])
def test_everything_is_cleared(page, way, address):
    typed(page)
    until(page, "location.pathname.includes('/d/')")
    desk = page.url
    if way == "button":
        page.get_by_role("button", name="Clear everything now").click()
        page.get_by_role("heading", name="Everything is cleared").wait_for()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url("about:blank")
    assert "Theo" not in page.content()
    answer = page.request.get(desk)
    assert answer.status == 404
    assert page.context.cookies() == []
    page.go_back()
    assert "Theo" not in page.content()


def test_another_key_between_keeps_the_draft(page):
    typed(page)
    page.keyboard.press("Escape")
    assert page.get_by_text("Press Escape once more to clear everything.").is_visible()
    page.keyboard.press("a")
    assert not page.get_by_text("Press Escape once more to clear everything.").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.input_value("#words").startswith("Dear team")


def test_who_comes_back_to_another_tab_sees_the_draft_as_it_is_now(page):
    typed(page)
    until(page, "location.pathname.includes('/d/')")
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#words", "Theo is regularly tired.")
    other.wait_for_selector("#notes .card h4 >> text=regularly")
    page.wait_for_timeout(300)
    with page.expect_navigation():
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert page.input_value("#words") == "Theo is regularly tired."


def test_what_was_just_written_in_the_note_is_not_sent_back_after_clearing(page):
    typed(page)
    page.get_by_text("Write a decision note").click()
    page.wait_for_selector("html.js .note-form")  # the field is there before the script that hears Escape
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_label("About whom").fill("record 4711")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("about:blank")
    page.wait_for_timeout(300)
    assert not any("4711" in data for data in sent)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_clearing_empties_other_tabs_which_send_nothing_back(page, way, address):
    typed(page)
    until(page, "location.pathname.includes('/d/')")
    other = page.context.new_page()
    other.goto(page.url)
    page.focus("#words")
    page.keyboard.type("x")  # not yet checked
    if way == "button":
        other.get_by_role("button", name="Clear everything now").click()
    else:
        other.keyboard.press("Escape")
        other.keyboard.press("Escape")
    page.get_by_text("cleared in another tab").wait_for()
    page.wait_for_timeout(500)
    assert "Theo" not in page.content()
    assert page.request.get(page.url).status == 404


def test_what_is_still_in_the_box_is_checked_after_another_page_cleared_everything(page, address):
    typed(page)
    page.request.post(f"{address}clear")
    page.focus("#words")
    page.keyboard.press("Control+End")
    page.keyboard.type(" He is regularly tired.")
    page.wait_for_selector("#notes .card h4 >> text=regularly")
    assert page.input_value("#words").startswith(LATE)


# --- for everybody


def test_by_keyboard_alone(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type(LATE)
    page.locator("#notes .card", has_text="frequently").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = "(e => e.tagName === 'SUMMARY' && e.textContent.includes('frequently'))(document.activeElement)"
        if page.evaluate(inside):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("they know")
    page.keyboard.press("Enter")
    page.locator("#below section.waived", has_text="they know").wait_for()
    assert page.evaluate("document.activeElement !== document.body")


def test_the_check_is_read_out(page):
    typed(page)
    until(page, "document.querySelector('#status').textContent.startsWith('Checked.')")
    assert page.locator("#status").get_attribute("role") == "status"


@pytest.mark.parametrize("width", [360, 640])  # a phone; 1280 at 200 %
def test_nothing_is_cut_off_on_a_phone(open_page, width):
    page = open_page(viewport={"width": width, "height": 740})
    typed(page)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    drop(page, "early-help-draft.docx")
    assert page.evaluate(wide) == 0
    page.goto(page.url.partition("#")[0] + "note")
    assert page.evaluate(wide) == 0


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}])
def test_nothing_stands_in_anybodys_way(open_page, look):
    page = open_page(**look)
    no_violations(page)
    typed(page)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    no_violations(page)
    if look:
        return
    drop(page, "early-help-draft.docx", "child-protection-urgent.eml")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    no_violations(page)
    page.goto(page.url.partition("#")[0] + "note")
    no_violations(page)


def test_programs_are_paired_and_removed(page, address):
    page.get_by_text("Programs").first.click()
    page.get_by_role("button", name="Show a code").click()
    code = page.locator(".digits").inner_text().replace(" ", "")
    origin = address.partition("/p/")[0]
    answer = page.request.post(f"{origin}/pair", data={"code": code, "name": "Thunderbird"})
    token = answer.json()["token"]
    asked = {"data": {"text": "Theo is frequently late."}, "headers": {"Authorization": f"Bearer {token}"}}
    assert page.request.post(f"{origin}/check", **asked).status == 200
    page.reload()
    page.get_by_role("button", name="Remove Thunderbird").click()
    page.get_by_text("None.").wait_for()
    assert page.request.post(f"{origin}/check", **asked).status == 401


def test_without_a_script_words_are_pasted_submitted_and_waived(open_page):
    page = open_page(java_script_enabled=False)
    page.fill("#words", LATE)
    page.get_by_role("button", name="Check", exact=True).click()
    assert "Have another look" in page.locator("#verdict").inner_text()
    assert page.locator(".reads mark", has_text="frequently").count() == 1
    card = page.locator("#notes .card", has_text="frequently")
    card.get_by_text("Leave it as it is").click()
    card.get_by_label("Your reason").fill("the dates are attached")
    card.get_by_role("button", name="Leave it").click()
    assert "the dates are attached" in page.locator("#below section.waived").inner_text()
    page.get_by_role("button", name="Clear everything now").click()
    page.get_by_text("Everything is cleared").first.wait_for()  # the click does not wait for the page that it asks for
    assert "Everything is cleared" in page.content()


def test_a_hostile_draft_is_only_text(page):
    evil = "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'> He is frequently late, {{ 7 * 7 }}."
    typed(page, evil)
    page.reload()
    page.wait_for_selector("#verdict article")
    assert page.evaluate("window.bad") is None
    assert page.locator(".sheet img, .sheet script, .under img").count() == 0
    assert "<script>" in page.locator(".reads .sheet").text_content()
    assert "{{ 7 * 7 }}" in page.input_value("#words")
