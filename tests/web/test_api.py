"""The door for programs: pairing, checking, and every refusal; the description says what the routes do."""

import base64
import json
import stat
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from referral_lint import __version__
from referral_lint.web import body, payload, tasks
from referral_lint.web.access import Door
from referral_lint.web.app import FOLDERS, Folder, application
from referral_lint.web.programs import TRIES, Programs
from referral_lint.web.refusal import Refused
from referral_lint.workers import Unjudged
from tests.web.conftest import ORIGIN

SAMPLES = Path("samples")
DESCRIBED = json.loads(resources.files("referral_lint.web").joinpath("openapi.json").read_text("utf-8"))


@pytest.fixture
def token(client, programs):
    answer = client.post("/pair", json={"code": programs.new_code(), "name": "Thunderbird"})
    assert answer.status_code == 200
    return answer.json()["token"]


@pytest.fixture
def check(client, token):
    def send(asked, **more):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return client.post("/check", content=json.dumps(asked), headers=headers, **more)

    return send


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_health_needs_no_token(client):
    assert client.get("/health").json() == {"ok": True, "version": __version__}


def test_a_text_gives_the_contracts_json(check):
    answer = check({"text": "He is frequently late. 🙂 DASH done."})
    assert answer.status_code == 200
    (document,) = answer.json()["documents"]
    found = {finding["rule"]: finding["span"] for finding in document["findings"]}
    assert found["vague-frequency"] == {"start": 6, "end": 16}
    assert answer.json()["schema"] == "referral-lint/1"
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_is_read_as_what_it_is(check):
    data = (SAMPLES / "early-help-draft.docx").read_bytes()
    answer = check({"name": "C:\\Users\\someone\\early-help-draft.docx", "data": encoded(data)})
    (document,) = answer.json()["documents"]
    assert document["source"] == "early-help-draft.docx"
    assert document["kind"] == "form"
    assert document["findings"]


def test_an_email_with_its_attachments(check):
    data = (SAMPLES / "housing-letter.docx").read_bytes()
    answer = check(
        {
            "email": {
                "subject": "Kayla Marsh",
                "from": "Jo Bell <j.bell@northfield-school.example.org>",
                "to": ["Duty Team <duty@example.org>"],
                "cc": ["someone@example.com"],
                "bcc": ["hidden@example.com"],
                "body": "Please see attached. Kayla Marsh is frequently late.\n\nJo Bell",
                "html": None,
                "reply": False,
                "attachments": [{"name": "letter.docx", "type": "application/octet-stream", "data": encoded(data)}],
            }
        }
    )
    assert answer.status_code == 200, answer.text
    message, letter = answer.json()["documents"]
    assert message["kind"] == "email"
    assert message["part"] == "body"
    assert letter["part"] == "attachment: letter.docx"
    assert {p["address"] for p in message["recipients"]} >= {"duty@example.org", "someone@example.com"}
    assert "name-in-subject" in {finding["rule"] for finding in message["findings"]}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"text": 5},
        {"data": "!!", "name": "a.docx"},
        {"email": []},
        {"email": {"to": "a@example.org"}},
        {"email": {"to": [5]}},
        {"email": {"attachments": ["x"]}},
        {"email": {"attachments": [{"name": "x", "type": "a/b"}]}},
        [],
    ],
)
def test_what_cannot_be_understood_is_400_with_a_sentence(check, asked):
    answer = check(asked)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_not_json_is_400(client, token):
    headers = {"Authorization": f"Bearer {token}"}
    assert client.post("/check", content=b"{", headers=headers).status_code == 400
    headers["Content-Type"] = "application/json"
    assert client.post("/check", content=b"{", headers=headers).status_code == 400
    assert client.post("/check", content=b"[" * 200_000, headers=headers).status_code == 400


@pytest.mark.parametrize("given_token", ["", "Bearer", "Bearer wrong", "Basic eDp5", "Bearer \xff"])
def test_without_its_token_a_program_gets_nothing(client, token, given_token):
    answer = client.post("/check", json={"text": "x"}, headers={"Authorization": given_token.encode("latin-1")})
    assert answer.status_code == 401
    assert "Programs" in answer.json()["error"]


def test_too_large_is_413_whether_it_says_so_or_not(client, token, monkeypatch):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    says = {**headers, "Content-Length": str(body.MOST_BYTES + 1)}
    assert client.post("/check", content=b"{}", headers=says).status_code == 413

    def endless():
        for _ in range(50):
            yield b" " * 1_000_000

    assert client.post("/check", content=endless(), headers=headers).status_code == 413


@pytest.mark.parametrize(("reason", "status"), [("time", 504), ("crash", 503), ("fault", 503)])
def test_a_check_that_comes_to_no_end(check, workers, monkeypatch, reason, status):
    def submit(_job):
        raise Unjudged(reason, "The check took longer than 20 seconds.")

    monkeypatch.setattr(workers, "submit", submit)
    assert check({"text": "x"}).status_code == status


def test_too_many_at_once_are_told_to_come_back(check, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_WAITING", 0)
    assert check({"text": "x"}).status_code == 503


# --- pairing


def test_a_code_is_good_once(client, programs):
    code = programs.new_code()
    assert client.post("/pair", json={"code": f" {code[:4]} {code[4:]}", "name": "Word"}).status_code == 200
    assert client.post("/pair", json={"code": code, "name": "Word"}).status_code == 401


def test_a_code_is_good_for_five_minutes(tmp_path):
    now = [0.0]
    programs = Programs(tmp_path / "p.json", clock=lambda: now[0])
    code = programs.new_code()
    now[0] = 301.0
    with pytest.raises(Refused):
        programs.pair(code, "Word")


def test_a_code_is_good_for_a_few_tries(programs):
    code = programs.new_code()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _ in range(TRIES):
        with pytest.raises(Refused, match="not the code"):
            programs.pair(wrong, "Word")
    with pytest.raises(Refused, match="no code"):
        programs.pair(code, "Word")


def test_pairing_survives_a_restart_and_keeps_only_a_hash(check, token, programs, tmp_path):
    file = tmp_path / "programs.json"
    assert token not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = Programs(file)
    assert again.knows(token)
    (program,) = again.paired()
    assert program.name == "Thunderbird"
    again.remove(program.id)
    assert check({"text": "x"}).status_code == 401


def test_a_damaged_file_of_programs_pairs_nobody(tmp_path):
    file = tmp_path / "p.json"
    file.write_text('[{"name": 1}]')
    assert Programs(file).paired() == []
    assert not Programs(file).knows("")


# --- who may ask


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:8477", ""])
def test_another_host_name_gets_nothing(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "chrome-extension://abc"])
def test_another_origin_gets_nothing(client, token, origin):
    headers = {"Origin": origin, "Authorization": f"Bearer {token}"}
    answer = client.post("/check", json={"text": "x"}, headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", [ORIGIN, "moz-extension://0e1d8a52-3a8f-4f6c-8f0e-2f6f6c1f7a11"])
def test_the_page_and_an_extension_may(client, token, origin):
    headers = {"Origin": origin, "Authorization": f"Bearer {token}"}
    assert client.post("/check", json={"text": "x"}, headers=headers).status_code == 200


def test_an_extension_is_answered_before_it_asks(client):
    origin = "moz-extension://0e1d8a52"
    answer = client.options("/check", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == origin
    assert "Authorization" in answer.headers["access-control-allow-headers"]


def test_an_extension_has_nothing_to_do_with_the_page(client):
    assert client.get("/p/t0ken/", headers={"Origin": "moz-extension://0e1d8a52"}).status_code == 403


def test_a_wrong_token_in_the_address(client):
    assert client.get("/p/other/").status_code == 403


def test_every_answer_is_kept_nowhere_and_loads_nothing(client):
    for path in ("/health", "/nothing-here", "/p/other/"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "set-cookie" not in headers


def test_a_folder_of_an_add_in_has_its_own_policy(workers, programs, tmp_path):
    folders = (*FOLDERS, Folder("/addins/other", "writers/templates", "default-src 'self'"))
    app = application(Door(ORIGIN, "t0ken"), workers, programs, folders=folders)
    answer = TestClient(app, base_url=ORIGIN).get("/addins/other/report.css")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == "default-src 'self'"


# --- the description


def test_the_description_names_the_routes_and_no_others(client):
    routes = {
        (route.path, method.lower())
        for route in client.app.routes
        if getattr(route, "methods", None)
        for method in route.methods - {"HEAD"}
        if route.path not in ("/", "/open/{ticket}", "/report.css")  # for people
    }
    assert routes == {(path, method) for path, methods in DESCRIBED["paths"].items() for method in methods}
    assert client.get("/openapi.json").json() == DESCRIBED


def test_the_description_names_no_port_for_it_may_be_another():
    assert [server["url"] for server in DESCRIBED["servers"]] == ["/"]  # where the description comes from


HALF = "\ud83d"  # of an emoji: what a program sends that cuts a text by its own units


@pytest.mark.parametrize(
    "asked",
    [
        {"text": f"She is frequently late. {HALF}"},
        {
            "email": {
                "subject": f"Jam {HALF}",
                "body": f"She is frequently late. {HALF}",
                "to": [f"team{HALF}@example.org"],
            }
        },
        {"email": {"body": "She is frequently late.", "html": f"<p>She is frequently late. {HALF}</p>"}},
        {"name": f"letter {HALF}.txt", "data": encoded(b"She is frequently late.")},
    ],
)
def test_half_a_character_is_no_obstacle(check, asked):
    answer = check(asked)
    assert answer.status_code == 200
    assert "vague-frequency" in answer.text


def test_an_address_of_brackets_within_brackets_is_refused(check):
    answer = check({"email": {"body": "She is late.", "to": ["(" * 900]}})
    assert answer.status_code == 400
    assert answer.json() == {"error": 'One of the addresses in "to" cannot be read.'}


def test_the_description_of_an_email_names_what_is_read():
    described = set(DESCRIBED["components"]["schemas"]["Email"]["properties"]["email"]["properties"])
    assert described == {"subject", "from", "to", "cc", "bcc", "body", "html", "reply", "attachments"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("a@example.org"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(
        ["subject", "from", "to", "cc", "bcc", "body", "html", "reply", "attachments", "name", "type", "data"]
    )), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_any_json_is_a_source_or_a_refusal(asked):
    status = 200
    try:
        assert payload.source({"email": asked}).data
    except Refused as refused:
        status = refused.status
    assert status in (200, 400, 413)
