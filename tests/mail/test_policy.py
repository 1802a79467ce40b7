"""Modes by mailbox, sender, recipient and rule; who gets a report; what is left alone."""

import pytest

from referral_lint.config import NAME, load
from referral_lint.errors import ConfigError
from referral_lint.in_force import every_rule
from referral_lint.mail.alone import why_left_alone
from referral_lint.mail.message import Mail
from referral_lint.mail.patterns import fits
from referral_lint.mail.policy import Found, policies_from

STOP = Found("name-in-subject", "stop", "A name in the subject of an email")
FIX = Found("vague-time", "fix", "A time that the reader cannot place")
THINK = Found("attachment-check", "think", "The attachments and the text do not agree")


@pytest.fixture
def policies(tmp_path):
    def made(text):
        (tmp_path / NAME).write_text(text)
        config = load(tmp_path / NAME)
        return policies_from(config, every_rule(config)[0])

    return made


def mail(sender="mash@school.example", to=("duty@council.example",), login="", client="127.0.0.1", **headers):
    lines = {"From": sender, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Mail(sender, to, tuple((name, f" {value}") for name, value in lines.items()), login=login, client=client)


@pytest.mark.parametrize(
    ("address", "pattern", "expected"),
    [
        ("a@b.example", "a@b.example", True),
        ("A@B.example", "a@b.example", True),
        ("a@c.b.example", "a@b.example", False),
        ("a@c.b.example", "b.example", True),
        ("a@c.b.example", "@b.example", True),
        ("a@cb.example", "b.example", False),
        ("", "b.example", False),
    ],
)
def test_addresses(address, pattern, expected):
    assert fits(address, [pattern]) is expected


def test_the_first_policy_that_fits_counts_and_the_strictest_finding(policies):
    them = policies(
        """
[mail]
mode = "tell"
report_from = "checks@school.example"
release_to = "post@school.example"
[[mail.policy]]
mode = "monitor"
senders = ["head@school.example"]
[[mail.policy]]
mode = "quarantine"
mailboxes = ["mash@school.example"]
recipients = ["mail.example"]
[[mail.policy]]
mode = "ask"
mailboxes = ["mash@school.example"]
rules = ["vague-time"]
"""
    )
    assert them.mode(mail(sender="other@school.example"), [STOP]) == "tell"
    assert them.mode(mail(), [STOP]) == "tell"
    assert them.mode(mail(), [FIX]) == "ask"  # the rule is named, so it counts though it is not grave
    assert them.mode(mail(), [FIX, STOP]) == "ask"
    assert them.matter(mail(), [STOP, FIX], "ask") == (FIX,)
    assert them.mode(mail(to=("x@mail.example",)), [STOP]) == "quarantine"
    assert them.mode(mail(to=("x@mail.example",)), [FIX]) == "tell"  # not grave enough to hold
    assert them.mode(mail(login="head@school.example"), [STOP, FIX]) == "monitor"
    assert them.mode(mail(), [THINK]) == "monitor"  # a question alone is no reason to write to anybody
    assert them.mode(mail()) == "tell"


def test_how_grave_can_be_set(policies):
    assert policies('[mail]\nmode = "ask"\n').mode(mail(), [FIX]) == "tell"
    assert policies('[mail]\nmode = "ask"\nhold_from = "fix"\n').mode(mail(), [FIX]) == "ask"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[mail]\nmode = "shout"\n', 2, "one of monitor, tell, ask, quarantine"),
        ('[mail]\n[[mail.policy]]\nmode = "ask"\n[[mail.policy]]\nmode = "aks"\n', 5, "one of monitor"),
        ('[[mail.policy]]\nmailbox = "a@b.example"\n', 2, "did you mean 'mailboxes'"),
        ('[[mail.policy]]\nmode = 3\n', 2, "wants a text"),
        ('[[mail.policy]]\nrules = [3]\n', 2, "wants a list of texts"),
        ('[mail]\npolicy = "ask"\n', 2, "write [[mail.policy]]"),
        ('[[mail.policy]]\nmode = "ask"\nrules = ["vague-tme"]\n', 3, "did you mean vague-time"),
        ('[mail]\n[[mail.policy]]\n', 2, "add mode ="),
        ('[[mail.policy]]\nmailboxes = ["a@b.example"]\n', 1, "add mode ="),
        ('[mail]\nworkers = -1\n', 2, "one a processor"),
        ('[mail]\nnever_hold = ["*@council.example"]\n', 2, "write duty@example.org, or @example.org"),
        ('[mail]\nnever_hold = ["duty@council.example, hub@council.example"]\n', 2, "fits no address"),
        ('[mail]\nnever_hold = ["duty"]\n', 2, "'duty' fits no address; write duty@example.org"),
        ('[mail]\n[[mail.policy]]\nmode = "ask"\nmailboxes = ["mash"]\n', 4, "'mash' fits no address"),
        ('[mail]\nleave_alone = ["scanner"]\n', 2, "'scanner' fits nothing"),
        ('[mail]\nleave_alone = ["192.0.2.0/48"]\n', 2, "'192.0.2.0/48' fits nothing"),
        ('[mail]\nleave_alone = ["header:"]\n', 2, "header:NAME"),
        ('[mail]\nleave_alone = ["192.0.2"]\n', 2, "fits nothing"),
        ('[mail]\nrelease_to = "not an address"\n', 2, "not an address"),
        ('[mail]\n[[mail.policy]]\nmode = "ask"\nrecipients = ["mail.*"]\n', 4, "fits no address"),
        ('[mail]\nmode = "quarantine"\n', 2, "needs mail.report_from"),
        ('[mail]\nreport_from = "a@b.example"\n[[mail.policy]]\nmode = "quarantine"\n', 4, "needs mail.release_to"),
        ('[mail]\nmode = "tell"\n', 2, "add report_from = "),
        ('[[mail.policy]]\nmode = "tell"\n', 2, "tell needs mail.report_from"),
        ('[mail]\nnever_hold = ["@council"]\n', 2, "'@council' fits no address"),
        ('[mail]\nseconds = 0\n', 2, "at least one second"),
        ('[mail]\nown_networks = ["everywhere"]\n', 2, "192.0.2.0/24"),
        ('[mail]\nreport_from = "us"\n', 2, "not an address"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line(policies, tmp_path, text, line, words):
    with pytest.raises(ConfigError) as error:
        policies(text)
    assert str(error.value).startswith(f"{tmp_path / NAME}:{line}:")
    assert words in str(error.value)


def test_what_can_fit_somebody_is_no_mistake(policies):
    them = policies(
        """
[mail]
never_hold = [" Duty@Council.example ", "@nhs.example", "hub.example", "@localhost", "root@mail", "o'neil+duty@b-c.example"]
leave_alone = ["scanner@b.example", "192.0.2.0/28", "192.0.2.7", "2001:db8::/32", "header:X-Rota", "Header: X-Plan"]
[[mail.policy]]
mode = "ask"
senders = ["jane", "12345", "COUNCIL\\\\jane", "@b.example"]
"""
    )
    assert them.goes_at_once(mail(to=("duty@council.example",)))
    assert them.mode(mail(login="12345"), [STOP]) == "ask"


def test_a_report_goes_only_to_who_proved_to_be_the_sender(policies):
    them = policies('[mail]\nlogin_domain = "school.example"\ntrusted_relays = ["192.0.2.25"]\n')
    assert them.reporter(mail()) == ""
    assert them.reporter(mail(login="jane")) == "jane@school.example"
    assert them.reporter(mail(login="jane@else.example")) == "jane@else.example"
    assert them.reporter(mail(client="192.0.2.25")) == "mash@school.example"
    assert them.reporter(mail(login="jane\r\nBcc: all@x.example")) == ""
    assert them.reporter(mail(login="-oX@x y")) == ""


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (mail(), ""),
        (mail(client="192.0.2.9"), "inbound"),
        (mail(client="192.0.2.9", login="jane@school.example"), ""),
        (mail(client=""), ""),
        (mail(sender=""), "bounce"),
        (mail(Content_Type="multipart/report; report-type=delivery-status"), "bounce"),
        (mail(Auto_Submitted="auto-replied (vacation)"), "automatic"),
        (mail(Auto_Submitted="no"), ""),
        (mail(Precedence="bulk"), "automatic"),
        (mail(Content_Type="text/calendar; method=REQUEST"), "invitation"),
        (mail(X_Rota="1"), "listed"),
        (mail(sender="scanner@school.example"), "listed"),
        (mail(sender="x@systems.example"), "listed"),
        (mail(client="127.9.0.1"), "listed"),
    ],
)
def test_what_is_left_alone(policies, message, why):
    listed = '["header:X-Rota", "scanner@school.example", "@systems.example", "127.9.0.0/16"]'
    assert why_left_alone(message, policies(f"[mail]\nleave_alone = {listed}\n")) == why


def test_readers_to_whom_everything_goes(policies):
    them = policies('[mail]\nnever_hold = ["duty@council.example"]\n')
    assert them.goes_at_once(mail())
    assert not them.goes_at_once(mail(to=("a@council.example",)))
