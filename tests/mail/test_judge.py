"""What a worker says of a message, and the report that it writes: the words stay where they belong."""

import email
import io
import zipfile
from base64 import b64encode
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from referral_lint.config import Config
from referral_lint.engine import Linter
from referral_lint.mail import hook, reports
from referral_lint.mail.decide import COPY_RULE
from referral_lint.mail.errands import Errand
from referral_lint.mail.judge import job_of, judge
from referral_lint.mail.message import from_bytes
from referral_lint.mail.mime import fingerprint, has_checked_copy, parsed
from referral_lint.marks import CHECKED_COPY
from referral_lint.understanding.setting import Setting
from referral_lint.writers.copies import is_annotated

SAMPLES = Path(__file__).parents[2] / "samples"
KEY = b"k" * 32


@pytest.fixture(scope="module")
def linter():
    return Linter()


def message(body="He is frequently late.", subject="Request", files=(), **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ann Lee <a.lee@school.example>", "hub@council.example", subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def judged(linter, made, **envelope):
    return judge(linter, job_of(from_bytes(bytes(made), **envelope), KEY))


def rules(judgement):
    return {one.rule for one in judgement.found}


def test_what_is_found_has_no_words_of_the_message(linter):
    result = judged(linter, message("Theo Quill is frequently late.", "Theo Quill, born 3 May 2019"))
    assert {"name-in-subject", "vague-frequency"} <= rules(result)
    assert result.found[0].severity == "stop"
    assert (result.verdict, result.complete, result.urgent, result.protection) == ("hold", True, False, False)
    assert not any(word in repr(result) for word in ("Theo", "Quill", "frequently", "2019"))


@pytest.mark.parametrize(
    "body",
    [
        "This is a child protection referral. He was hit on Friday.",
        "I am making a safeguarding referral about Ann.",
        "Please list this for MARAC.",
        "I believe that he is at risk of significant harm.",
        "This is an adult safeguarding concern about Mr Lee.",
    ],
)
def test_protection_is_known_by_few_words(linter, body):
    assert judged(linter, message(body)).protection


@pytest.mark.parametrize(
    "body",
    [
        "Nia told me on Monday that her mum's partner slapped her. Please ring me.",
        "His gran says that he is being hit. I saw a bruise on his leg on 4 May.",
        "Her nephew takes her pension every week.",
    ],
)
def test_harm_needs_no_name_for_what_it_is(linter, body):
    """Who tells of it may not know the word."""
    assert judged(linter, message(body, "Our ref 61")).protection


def test_harm_that_an_earlier_message_tells_of_is_not_the_writers(linter):
    assert not judged(linter, message("Thanks, see you at ten.\n\n> Her uncle slapped her on Friday.\n")).protection


def test_the_name_of_the_team_that_writes_is_no_sign_of_it(linter):
    made = message("Can we move the meeting?\n\nKind regards\nAnn Lee\nWendle MASH\n01632 960111")
    made.replace_header("From", "Wendle MASH <mash@council.example>")
    assert not judged(linter, made).protection
    made.replace_header("To", "MASH duty <mash@council.example>")
    assert judged(linter, made).protection


def test_protection_is_known_in_an_attachment_too(linter):
    assert not judged(linter, message("See the attached form.")).protection
    form = b"Child protection referral form\n\nWe ask you to look into this under section 47."
    assert judged(linter, message("See the attached form.", files=[("form.txt", form)])).protection


def test_danger_is_known(linter):
    assert judge(linter, job_of(from_bytes((SAMPLES / "child-protection-urgent.eml").read_bytes()), KEY)).urgent


def test_a_file_that_cannot_be_read_makes_it_incomplete(linter):
    assert not judged(linter, message(files=[("form.docx", b"PK\3\4 broken")])).complete


def test_a_blind_copy_is_a_reader_too(linter):
    made = message("Theo was hit.")
    assert "insecure-route" not in rules(judged(linter, made))
    assert "insecure-route" in rules(judged(linter, made, recipients=("hub@council.example", "ann71@gmail.example")))


@pytest.fixture(scope="module")
def guarded(linter):
    """A linter that knows which addresses are inside."""
    return linter.with_setting(Setting(own_domains=("school.example",)))


LEAFLET = b"The hall is open from nine to five. Please bring your own cups."
FORM = b"Name: Theo Quill\n\nTheo came in without a coat on 3 May 2026 and his mum asked for help with the gas."


@pytest.mark.parametrize(("file", "asks"), [(LEAFLET, False), (FORM, True)])
def test_what_is_attached_may_tell_of_somebody_too(guarded, file, asks):
    made = message("Please see the attached page.", files=[("page.txt", file)])
    assert ("insecure-route" in rules(judged(guarded, made))) is asks


def test_a_message_that_is_sent_on_as_a_file_may_tell_of_anybody(guarded):
    made = message("Please see the message attached.")
    assert "insecure-route" not in rules(judged(guarded, made))
    made.add_attachment(message("Theo came in without a coat."), filename="message.eml")
    assert "insecure-route" in rules(judged(guarded, made))


def test_a_file_that_nobody_could_read_is_no_reason_to_call_the_way_unsafe(guarded):
    made = message("The plan of the hall is attached.", files=[("plan.docx", b"PK\3\4 broken")])
    result = judged(guarded, made)
    assert not result.complete
    assert "insecure-route" not in rules(result)


def test_the_tag_is_not_judged(linter):
    tagged = message(subject="Request [send: Theo Quill born 3 May 2019 agreed]")
    assert "name-in-subject" not in rules(judged(linter, tagged))


@pytest.mark.parametrize("kind", ["multipart/signed", "multipart/encrypted"])
def test_of_a_sealed_message_only_the_headers_are_judged(linter, kind):
    raw = bytes(message("Theo Quill is frequently late.", "Theo Quill, born 3 May 2019"))
    head, _, body = raw.partition(b"\n\n")
    plain = b'Content-Type: text/plain; charset="utf-8"\n\n' + body
    kept = b"\n".join(line for line in head.split(b"\n") if not line.lower().startswith((b"content-", b"mime-")))
    sealed = kept + b"\nContent-Type: %s; boundary=b\n\n--b\n%s\n--b--\n" % (kind.encode(), plain)
    result = judge(linter, job_of(from_bytes(sealed), KEY))
    assert result.sealed
    assert rules(result) == {"name-in-subject"}
    assert result.complete == (kind == "multipart/signed")


def test_an_invitation_is_known_and_a_calendar_file_is_none(linter):
    made = message()
    made.add_alternative("BEGIN:VCALENDAR\nEND:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    assert judged(linter, made).invitation
    assert not judged(linter, message(files=[("plan.ics", b"BEGIN:VCALENDAR")])).invitation


def test_our_own_copies_are_known_whatever_they_are_called(linter):
    copy = b"<html><p>A page.</p></html><!-- referral-lint checked copy -->"
    result = judged(linter, message(files=[("letter.html", copy)]))
    assert result.found[0].rule == COPY_RULE
    assert COPY_RULE not in rules(judged(linter, message(files=[("letter.html", copy[:20])])))


def test_our_copy_is_known_although_its_end_was_lost():
    said = b64encode(f"<p>{CHECKED_COPY}</p><p>Please ring her.</p>".encode()).rstrip(b"=")
    part = b'Content-Type: text/html; name="report.html"\nContent-Transfer-Encoding: base64'
    assert has_checked_copy(parsed(raw(part, said[:-2])))


def test_the_same_message_has_the_same_fingerprint():
    def mark(made, sender="a@b.example", readers=("c@d.example", "e@f.example"), key=KEY):
        return fingerprint(parsed(bytes(made)), key, sender, readers)

    first = mark(message(Date="Tue, 24 Nov 2026 09:40:00 +0000", files=[("a.bin", b"1 2")]))
    assert mark(message(Date="Tue, 24 Nov 2026 09:41:00 +0000", Message_ID="<1@b>", files=[("a.bin", b"1 2")])) == first
    assert mark(message("He is  frequently late.\n\n", files=[("a.bin", b"1 2")])) == first
    assert mark(message(subject="Request [send: agreed]", files=[("a.bin", b"1 2")])) == first
    assert mark(message(files=[("a.bin", b"1 2")]), readers=("e@f.example", "c@d.example")) == first
    logo = '<p>He is frequently late.</p><img src="cid:part1.%s@school.example">'
    pictures = [message() for _ in range(2)]
    for n, made in enumerate(pictures):
        made.set_content(logo % n, subtype="html")
    assert len({mark(made) for made in pictures}) == 1
    others = [
        mark(message("He is often late.", files=[("a.bin", b"1 2")])),
        mark(message(files=[("a.bin", b"1  2")])),
        mark(message(files=[("a.bin", b"1 2")]), readers=("c@d.example",)),
        mark(message(files=[("a.bin", b"1 2")]), sender="x@b.example"),
        mark(message(files=[("a.bin", b"1 2")]), key=b"other"),
    ]
    elsewhere = message(files=[("a.bin", b"1 2")])
    elsewhere.replace_header("From", "office@school.example")
    others.append(mark(elsewhere))
    assert len({first, *others}) == 7


ERRAND = Errand("report", "ann@school.example", "refuse", "held", "123456", "4F2A", "<1@school.example>", ("A name",))


def composed(linter, made, errand=ERRAND):
    raw = reports.compose(linter, (errand, bytes(made), "checks@school.example"))
    return email.message_from_bytes(raw, policy=policy.default)


def test_the_report_is_an_answer_to_the_sender_that_no_program_answers(linter):
    report = composed(linter, message("Theo Quill is frequently late."))
    assert (report["From"], report["To"]) == ("checks@school.example", "ann@school.example")
    assert report["Auto-Submitted"] == "auto-replied"
    assert report["In-Reply-To"] == report["References"] == "<1@school.example>"
    assert "123456" in report["Subject"]
    head = "\n".join(f"{name}: {value}" for name, value in report.items())
    assert "Theo" not in head
    words = report.get_body(("plain",)).get_content()
    assert "was not sent yet" in words
    assert "Why:\n  1. A name" in words
    assert "frequently" in words
    assert "referral-lint waive" not in words
    assert "referral-lint explain" not in words
    (page,) = report.iter_attachments()
    assert page.get_filename() == "report (checked - do not send).html"
    assert is_annotated(page.get_content().encode())


def test_marked_copies_of_the_files_go_with_it(linter):
    draft = (SAMPLES / "early-help-draft.docx").read_bytes()
    report = composed(linter, message("See the form.", files=[("form.docx", draft), ("broken.docx", b"PK")]))
    names = {part.get_filename(): part.get_content() for part in report.iter_attachments()}
    assert set(names) == {"report (checked - do not send).html", "form (checked - do not send).docx"}
    assert is_annotated(names["form (checked - do not send).docx"])


@pytest.mark.parametrize(
    ("why", "words"), [("danger", "says that somebody is in danger"), ("unjudged", "before it could")]
)
def test_why_it_was_not_held_up(linter, why, words):
    errand = replace(ERRAND, action="pass", why=why, number="", message_id="no id at all\r\nBcc: x@y.example")
    report = composed(linter, message(), errand)
    assert words in report.get_body(("plain",)).get_content()
    assert report["References"] is None
    assert report["Bcc"] is None


def released(**more):
    errand = replace(ERRAND, kind="release", to="post@school.example", action="quarantine", **more)
    return email.message_from_bytes(reports.brief(errand, "checks@school.example"), policy=policy.default)


def test_who_releases_learns_nothing_of_the_message():
    note = released()
    words = note.get_content()
    assert "4F2A" in words
    assert "A name" in words
    assert "ann@school.example" not in bytes(note).decode()


def test_who_releases_learns_who_else_knows():
    assert "nobody logged in to send it: please tell them" in released().get_content()
    assert "Its sender gets an email about it" in released(sender_is_told=True).get_content()
    assert "held before" not in released().get_content()
    assert "let only one of them go" in released(again=True).get_content()


def test_a_sender_whose_message_is_held_hears_how_it_can_go(linter):
    report = composed(linter, message(), replace(ERRAND, action="quarantine"))
    words = report.get_body(("plain",)).get_content()
    assert "has been asked to look at it" in words
    assert "do not send it again as it is" in words
    assert "[send: your reason]" in words


def test_what_matters_stands_once_in_the_report_on_a_message_that_went(linter):
    poor = (SAMPLES / "early-help-draft.docx").read_bytes()
    errand = replace(ERRAND, action="pass", why="danger")
    made = message("He has a knife and says he will kill her tonight. Please come now.", files=[("form.docx", poor)])
    words = composed(linter, made, errand).get_body(("plain",)).get_content()
    assert "Why:" not in words
    assert "A name" not in words
    calm = composed(linter, message("He is frequently late. There are issues at home. Mum is not engaging."),
                    replace(errand, why="told")).get_body(("plain",)).get_content()  # fmt: skip
    assert calm.count("What matters most") == 1


NAMED = "Theo Quill, born 3 May 2019"  # a leak that is asked about
HURRY = "He is at the door with a hammer and says that he will kill her. Please send somebody now."
HEADS = {
    "outlook": "\n\nFrom: Pat Lee <pat@school.example>\nSent: 30 November 2026 14:50\nTo: Ann Lee\nSubject: Theo\n\n",
    "thunderbird": "\n\n-------- Forwarded Message --------\nSubject: Theo\nDate: Mon, 30 Nov 2026\nFrom: Pat Lee\n\n",
}


@pytest.mark.parametrize(
    "body",
    [
        *(f"Over to you.{head}{HURRY}" for head in HEADS.values()),
        f"Yes, please go.\n\nOn Mon, 30 Nov 2026 at 14:50, Pat Lee wrote:\n> {HURRY}\n",
        f"FYI\n\n> Thanks.\n>\n> > {HURRY}\n",
        "The form is attached.\n\nKind regards\nAnn Lee\n\nHe is at the door with a hammer, come now",
        "The form is attached.\n\nKind regards\nAnn Lee\n\nPS he took 30 tablets and is barely breathing",
        f"[EXTERNAL]\n{HURRY}",
        f"THIS EMAIL IS CONFIDENTIAL. {HURRY}",
        "Ola Kay has taken an overdose, ambulance needed now",
    ],
)
def test_danger_anywhere_in_a_message_counts(linter, body):
    result = judged(linter, message(body, NAMED))
    assert result.urgent
    assert result.verdict != "hold"


@pytest.mark.parametrize(
    "subject", ["Ola Kay has taken an overdose, ambulance needed now", "Dad is here with a hammer, please ring now"]
)
def test_danger_in_the_subject_counts(linter, subject):
    assert judged(linter, message("Please ring me.", subject)).urgent
    assert judged(linter, message("", subject)).urgent


@pytest.mark.parametrize("turned", [False, True])
def test_danger_in_either_version_counts(linter, turned):
    hours = "Our desk is open from nine to five on weekdays and our website has every form for parents. " * 20
    plain, rich = (hours, HURRY) if turned else (HURRY, hours)
    made = message(plain, NAMED)
    made.add_alternative(f"<p>{rich}</p>", subtype="html")
    assert judged(linter, made).urgent


@pytest.mark.parametrize(
    "body",
    [
        "Tuesday at two is fine.\n\nOn Mon, 30 Nov 2026 at 14:50, Pat Lee wrote:\n> Can we meet on Tuesday about the new rota?\n",
        "Tuesday at two is fine.\n\nFrom: Pat Lee\nSent: 30 November 2026\nTo: Ann Lee\nSubject: Review\n\nTheo was taken to hospital by ambulance "
        "after a fall in June 2024. He is well now. Can we meet about his plan?\n",
        "Tuesday at two is fine.\n\nKind regards\nAnn Lee\nDuty team\nIn an emergency ring 999. Out of hours: 01632 960111\n\n"
        "This email is confidential. If you have received it in error, please tell the sender and delete it.\n",
        "Tuesday at two is fine.\n\nIf you think that a child is in immediate danger, call the police on 999.\n",
    ],
)
def test_an_old_emergency_and_printed_advice_make_no_calm_message_urgent(linter, body):
    assert not judged(linter, message(body, NAMED)).urgent


def raw(headers: bytes, body: bytes) -> bytes:
    return b"From: ann@school.example\nTo: hub@council.example\n" + headers + b"\n\n" + body


@pytest.mark.parametrize(
    "sent",
    [
        raw(b"Subject: Rota\nContent-Transfer-Encoding: base64", b"SGUgaXMgYXQgdGhlIGRvb3IuIEhlIGhhcyBhIGhhbW1lc"),
        raw(b"Subject: Rota\nContent-Transfer-Encoding: base64", b"SGUgaXMg\n-- \nWendle Council. Confidential.\n"),
        raw(b"Subject: Rota\nContent-Transfer-Encoding: x-wrapped", b"SGUgaXMg"),
        raw(b"Subject: =?utf-8?b?VGhlbyBRdWlsb?=", b"He is well."),
        raw(b"Subject: Rota", bytes(range(256)) * 20),
    ],
)
def test_what_cannot_be_decoded_was_not_read(linter, sent):
    assert not judge(linter, job_of(from_bytes(sent), KEY)).complete


def test_a_broken_encoded_word_in_any_header_stops_nothing(linter):
    sent = raw(
        b"Subject: Rota\nAuto-Submitted: =?utf-8?b?/////?=\nX-Sent-By: =?utf-8?b?VGhlbyBRdWlsb?=", HURRY.encode()
    )
    mail = from_bytes(sent)
    assert [mail.header(name) for name, _ in mail.headers]
    assert judge(linter, job_of(mail, KEY)).urgent


def test_what_is_behind_a_password_was_not_read(linter):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("form.txt", "He is well.")
    locked = bytearray(packed.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1  # says that it is encrypted
    result = judged(linter, message("Please see the form.", NAMED, files=[("form.zip", bytes(locked))]))
    assert (result.complete, result.urgent) == (False, False)


@pytest.mark.parametrize(
    ("size", "shown", "complete"), [(9_000, True, True), (9_000, False, False), (300_000, True, False)]
)
def test_a_picture_that_may_be_a_page_was_not_read_and_a_logo_does_not_count(linter, size, shown, complete):
    made = message(subject=NAMED)
    made.clear_content()
    made.set_content("<p>He is well.</p>" + ('<img src="cid:a1">' if shown else ""), subtype="html")
    made.add_related(b"x" * size, "image", "png", cid="<a1>", disposition="inline", filename="scan.png")
    assert judged(linter, made).complete == complete


def test_words_before_any_header_are_read(linter):
    assert judge(linter, job_of(from_bytes(HURRY.encode()), KEY)).urgent


def test_a_report_about_danger_says_first_whom_to_ring(linter):
    titles = ("Not said: whether the family knows",)
    errand = Errand("report", "ann@school.example", "pass", "danger", "", "Q1", "", titles)
    sent = bytes(message(f"Over to you.{HEADS['outlook']}{HURRY}", NAMED))
    made = email.message_from_bytes(
        reports.compose(linter, (errand, sent, "checks@council.example")), policy=policy.default
    )
    words = made.get_body(("plain",)).get_content()
    assert "999" in words
    assert titles[0] not in words.partition("-----")[0]
    assert "You can send this as it is" in words or words.index("999") < 400


def test_what_is_no_message_ends_the_hook_as_not_read():
    assert hook.asked(Config(), from_bytes(bytes(range(256)) * 40), "fix")[0] == hook.UNREAD
