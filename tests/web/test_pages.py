"""The routes of the page without a browser: submitting, limits, whose desk it is, what is left behind."""

import gc
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from referral_lint.config import Config
from referral_lint.model import Document, DocumentReport, Finding, Local, Report, Source
from referral_lint.web import desks, forms
from referral_lint.web.access import Door
from referral_lint.web.app import application
from referral_lint.web.desks import Desk, Desks
from referral_lint.web.pages import Pages, Tickets
from referral_lint.web.refusal import Refused
from referral_lint.workers import Unjudged
from tests.web.conftest import ORIGIN

SAMPLES = Path("samples")
P = "/p/t0ken/"


def submit(client, words="", files=(), **fields):
    sent = [("files", (name, data)) for name, data in files]
    return client.post(P, data={"words": words, **fields}, files=sent or {"files": ("", b"")})


def sample(name):
    return name, (SAMPLES / name).read_bytes()


def test_words_are_checked_and_shown(client):
    answer = submit(client, "Theo is frequently late.")
    assert answer.status_code == 200
    assert answer.history[0].status_code == 303
    assert "Have another look" in answer.text


def test_nothing_to_check_is_said(client):
    answer = submit(client)
    assert answer.status_code == 400
    assert "nothing to check" in answer.text


def test_words_and_files_together_and_a_changed_file_takes_the_place_of_the_first(client):
    answer = submit(client, "Theo is frequently late.", [sample("early-help-draft.docx"), sample("chaser.txt")])
    assert "early-help-draft.docx" in answer.text
    again = client.post(
        answer.url.path, data={"words": ""}, files=[("files", ("chaser.txt", b"Theo is often late."))]
    )  # fmt: skip
    assert again.text.count("chaser.txt</h2>") == 1
    assert "Theo is" in again.text


def test_files_never_touch_the_disk(client, monkeypatch):
    def never(*_):
        raise AssertionError("written to disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", never)
    answer = submit(client, files=[("big.bin", bytes(3_000_000))])
    assert answer.status_code == 200


def test_too_many_files_and_too_long_a_text_are_refused(client):
    answer = submit(client, files=[(f"{n}.txt", b"x") for n in range(forms.MOST_FILES + 1)])
    assert answer.status_code == 413
    assert submit(client, "x" * (forms.MOST_CHARACTERS + 1)).status_code == 413


def test_a_form_that_is_none_is_refused(client):
    assert client.post(P, content=b"x", headers={"Content-Type": "text/plain"}).status_code == 400
    assert client.post(P, content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code == 400


def hostile_docx():
    """A Word file whose words, name and properties try to be a page."""
    from docx import Document

    document = Document()
    document.add_heading("<script>alert(1)</script>", 1)
    document.add_paragraph("Theo </p><img src=x onerror=alert(2)> is frequently late. {{ config }} {% include 'x' %}")
    document.core_properties.title = "</title><script>alert(3)</script>"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_hostile_word_file_is_only_text(client):
    answer = submit(client, files=[("<script>alert(4)</script>.docx", hostile_docx())])
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "{{ config }}" in answer.text


@pytest.mark.parametrize("kind", ["bomb", "empty", "garbage"])
def test_a_file_that_cannot_be_read_says_so(client, kind):
    data = b"PK\x03\x04 nothing"
    if kind == "bomb":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
            archive.writestr("[Content_Types].xml", b"<Types/>")
        data = made.getvalue()
    answer = submit(client, files=[("draft.docx", b"" if kind == "empty" else data)])
    assert answer.status_code == 200
    assert "could not be checked" in answer.text


def test_one_file_that_takes_too_long_does_not_hold_up_the_others(client, workers, monkeypatch):
    real = workers.submit

    def submitted(job):
        if job.arguments[0].name == "slow.txt":
            raise Unjudged("time", "The check took longer than 20 seconds.")
        return real(job)

    monkeypatch.setattr(workers, "submit", submitted)
    answer = submit(client, files=[("slow.txt", b"x"), sample("chaser.txt")])
    assert answer.status_code == 200
    assert "took longer than 20 seconds" in answer.text
    assert "could not be checked" in answer.text
    assert "which is not protected" in answer.text


def test_live_answers_with_parts_and_marks(client):
    asked = {"words": "🙂 Theo is frequently late.", "to": "", "no_names": False}
    found = client.post(f"{P}live", json=asked).json()
    assert {"danger", "verdict", "notes", "below", "others", "take"} == set(found["parts"])
    (mark,) = found["marks"]
    assert asked["words"][mark["start"] : mark["end"]] == "frequently"
    again = client.post(
        f"{found['here']}live", json={**asked, "words": "Thank you for the meeting on 3 November 2026."}
    ).json()
    assert again["desk"] == found["desk"]
    assert again["marks"] == []
    assert client.post(f"{P}live", json={"words": 5}).status_code == 400


def test_half_a_character_is_no_obstacle(client):
    asked = json.dumps({"words": "She is frequently late. \ud83d", "to": ""})
    answer = client.post(f"{P}live", content=asked, headers={"content-type": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["text"] == "She is frequently late. ?"
    boundary = "----------"
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="words"\r\n\r\n'.encode()
    body += b"She is frequently late. +2D0-" + f"\r\n--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; charset=utf-7; boundary={boundary}"
    page = client.post(P, content=body, headers={"content-type": kind})
    assert page.status_code == 200
    assert "She is frequently late. ?" in page.text


def test_the_copy_of_a_pdf_and_none_of_a_text(client):
    answer = submit(client, files=[sample("speech-therapy-letter.pdf"), sample("chaser.txt")])
    copy = client.get(f"{answer.url.path}copy/0")
    assert copy.content.startswith(b"%PDF")
    assert "speech-therapy-letter (checked - do not send).pdf" in copy.headers["content-disposition"]
    assert client.get(f"{answer.url.path}copy/1").status_code == 404
    assert client.get(f"{answer.url.path}copy/9").status_code == 404


def test_a_waiver_needs_a_reason_and_a_finding(client):
    here = submit(client, "Theo is frequently late.").url.path
    assert client.post(f"{here}waive", data={"finding": "none", "reason": "x"}).status_code == 404
    mark = client.get(here).text.split('name="finding" value="')[1].split('"')[0]
    assert client.post(f"{here}waive", data={"finding": mark, "reason": "  "}).status_code == 400
    assert "they know" in client.post(f"{here}waive", data={"finding": mark, "reason": "they know"}).text


def test_a_note_is_kept_only_if_asked(client, user_folder):
    here = submit(client, "Theo is frequently late.").url.path
    client.post(f"{here}note", data={"decision": "not", "about": "record 4711", "why_not": "it can wait"})
    file = user_folder / "referral-lint" / "decisions.sqlite"
    assert not file.exists()
    answer = client.post(f"{here}note/keep")
    assert "as number 1" in answer.text
    assert b"Decision not to share" in file.read_bytes()


def test_a_note_is_saved_and_kept_as_it_stands_in_its_fields(client, user_folder):
    here = submit(client, "Theo is frequently late.").url.path
    fields = {"decision": "share", "about": "record 4712", "advice": "Manager Ray"}
    assert "Manager Ray" in client.post(f"{here}note.txt", data=fields).text
    answer = client.post(f"{here}note/keep", data={**fields, "advice": "Manager Osei"})
    assert "Manager Osei" in answer.text
    assert b"Manager Osei" in (user_folder / "referral-lint" / "decisions.sqlite").read_bytes()


def test_local_numbers_are_where_they_are_needed(workers, programs):
    local = Local("Wendle", "https://procedures.example.org/", "01632 960111", "01632 960112")
    app = application(Door(ORIGIN, "t0ken"), workers, programs, Config(local=local))
    client = TestClient(app, base_url=ORIGIN)
    here = submit(client, "Theo is frequently late.").url.path
    for path in (P, f"{here}note"):
        page = client.get(path).text
        assert "01632 960111" in page
        assert "https://procedures.example.org/" in page


# --- whose desk it is


@pytest.fixture
def behind_proxy(workers, programs):
    door = Door("https://referrals.example.org", "t0ken", (), "X-Signed-In-User")
    with TestClient(application(door, workers, programs), base_url="https://referrals.example.org") as client:
        yield client


def test_behind_a_proxy_only_who_signed_in_comes_in(behind_proxy):
    assert behind_proxy.get("/").status_code == 401
    assert behind_proxy.get(P).status_code == 401
    jo, sam = {"X-Signed-In-User": "jo"}, {"X-Signed-In-User": "sam"}
    assert behind_proxy.get("/", headers=jo).url.path == P
    assert behind_proxy.get("/p/earlier/", headers=jo).url.path == P
    here = behind_proxy.post(P, data={"words": "Theo is frequently late."}, headers=jo).url.path
    assert behind_proxy.get(here, headers=jo).status_code == 200
    assert behind_proxy.get(here, headers=sam).status_code == 404
    behind_proxy.post(f"{P}clear", headers=sam)
    assert behind_proxy.get(here, headers=jo).status_code == 200


def test_behind_a_proxy_no_program_is_paired_and_nothing_kept(behind_proxy):
    jo = {"X-Signed-In-User": "jo"}
    assert behind_proxy.get(f"{P}programs", headers=jo).status_code == 404
    assert "on this computer" not in behind_proxy.get(P, headers=jo).text
    here = behind_proxy.post(P, data={"words": "Theo is frequently late."}, headers=jo).url.path
    assert behind_proxy.post(f"{here}note/keep", headers=jo).status_code == 404
    assert behind_proxy.post("/check", json={"text": "x"}, headers=jo).status_code == 401
    assert behind_proxy.get("/health", headers=jo).status_code == 200


def test_on_ones_own_machine_the_header_counts_for_nothing(client):
    assert client.get("/", headers={"X-Signed-In-User": "jo"}).status_code == 403


def test_a_form_from_another_site_does_nothing(client):
    here = submit(client, "Theo is frequently late.").url.path
    assert client.post(f"{P}clear", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(f"{P}clear", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get(here).status_code == 200


def test_a_ticket_opens_the_page_once(workers, programs):
    app = application(Door(ORIGIN, "t0ken"), workers, programs, tickets=Tickets("once"))
    client = TestClient(app, base_url=ORIGIN)
    assert client.get("/open/wrong").status_code == 403
    assert client.get("/open/once").url.path == P
    assert client.get("/open/once").status_code == 403
    assert client.get("/open/").status_code == 404


def test_desks_are_forgotten_when_they_are_not_used():
    now = [0.0]
    them = Desks(clock=lambda: now[0])
    desk = them.new()
    now[0] = desks.IDLE_SECONDS - 1
    assert them.get(desk.id) is desk
    now[0] += desks.IDLE_SECONDS + 1
    with pytest.raises(Refused):
        them.get(desk.id)
    assert len(them) == 0


def test_there_is_room_for_so_many_desks_and_bytes(monkeypatch):
    monkeypatch.setattr(desks, "MOST_DESKS", 1)
    them = Desks()
    desk = them.new()
    with pytest.raises(Refused):
        them.new()
    monkeypatch.setattr(desks, "MOST_BYTES", 3)
    with pytest.raises(Refused):
        them.room(desk, (Source("a", b"four"),))


def test_after_clearing_nothing_of_the_draft_is_alive_in_the_process(client):
    marker = "Zebediah Quillfeather"
    here = submit(client, f"{marker} is frequently late.", [("a.txt", f"{marker} said so.".encode())]).url.path
    client.get(f"{here}note")
    client.get(f"{here}report.html")
    client.post(f"{P}clear")
    gc.collect()
    left = [o for o in gc.get_objects() if type(o) in (Desk, Report, DocumentReport, Document, Finding, Source)]
    assert [o for o in left if "Quillfeather" in repr(o)] == []
    assert not any(isinstance(o, Desk) for o in left)


def test_if_not_even_the_page_for_a_mistake_can_be_made_there_is_a_sentence(workers, programs, monkeypatch):
    """The program was updated while it ran: its templates are not those that it was started with."""

    def gone(*_, **__):
        raise LookupError("no such template")

    monkeypatch.setattr("referral_lint.web.app.page", gone)
    monkeypatch.setattr(Pages, "page", gone)
    app = application(Door(ORIGIN, "t0ken"), workers, programs)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client:
        answer = client.get("/p/t0ken/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "start it again" in answer.text
