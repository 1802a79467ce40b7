"""The keys of `referral-lint.toml`: a table of what a person is told, and their types and defaults.

Another section is one dataclass, one line a key in `KEYS`, and one field of `Config`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
AGENCIES = (
    "education",
    "health",
    "maternity",
    "mental health",
    "children's social care",
    "adult social care",
    "police/justice",
    "youth justice",
    "legal/family court",
    "housing",
    "benefits",
    "immigration",
    "substance use",
    "domestic abuse",
    "voluntary",
    "charity",
    "information governance",
    "general",
)
SEVERITIES = ("stop", "fix", "think")
FAIL_LEVELS = (*SEVERITIES, "never")
MODES = ("monitor", "tell", "ask", "quarantine")


@dataclass(frozen=True, slots=True)
class Sender:
    agency: str = ""
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    agency: tuple[str, ...] = ()
    secure_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaiverFiles:
    file: str = ""
    key_file: str = ""


@dataclass(frozen=True, slots=True)
class KeptDecisions:
    file: str = ""
    keep_days: int = 365


@dataclass(frozen=True, slots=True)
class Page:
    address: str = ""
    sign_in_header: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    ca_file: str = ""
    cert_file: str = ""
    key_file: str = ""
    plain_tcp: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """One exception to `mail.mode`: where everything that it names fits, its mode holds. What it leaves empty fits all."""

    mode: str = "monitor"
    mailboxes: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailFilter:
    mode: str = "monitor"
    policy: tuple[Policy, ...] = ()
    hold_from: str = "stop"
    seconds: int = 10
    never_hold: tuple[str, ...] = ()
    leave_alone: tuple[str, ...] = ()
    own_networks: tuple[str, ...] = ("127.0.0.0/8", "::1")
    trusted_relays: tuple[str, ...] = ()
    login_domain: str = ""
    report_from: str = ""
    release_to: str = ""
    sendmail: tuple[str, ...] = ("/usr/sbin/sendmail",)
    state: str = "/var/lib/referral-lint"
    socket: str = "unix:/var/spool/postfix/referral-lint/milter.sock"
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """How a text is written, as a pattern and in words."""

    pattern: str
    wants: str


LINK = Form(r"https?://[^\s\"'<>]+", "a web address")
# Also as people write it: @example.org, *.example.org.
DOMAIN = Form(r"\s*(?:[^\s@/:]*@)?(?:\*?\.)?[\w-]+(?:\.[\w-]+)+\s*", "the whole of what follows the @, without http://")


@dataclass(frozen=True, slots=True)
class Key:
    """What a person is told of one key, and what its values may be beyond their type.

    `tables`: the keys of each table of a list of tables, and `made` what one of them becomes.
    """

    about: str
    example: str  # as it would stand in the file
    one_of: tuple[str, ...] = ()
    form: Form | None = None
    is_filled: bool = False  # an empty list is a mistake
    tables: Mapping[str, Key] = field(default_factory=dict)
    made: type | None = None
    is_needed: bool = False  # in each table of a list of tables


POLICY_KEYS = {
    "mode": Key("What happens to such messages.", '"ask"', MODES, is_needed=True),
    "mailboxes": Key("Addresses that the message is from.", '["mash@northfield.example.org"]'),
    "senders": Key("Those who log in to send it.", '["j.smith@northfield.example.org"]'),
    "recipients": Key("Addresses or ends of addresses that it goes to.", '["@mail.example.org"]'),
    "rules": Key("Rules that find something in it.", '["name-in-subject"]'),
}

# The keys, in the order in which `init` writes them; their types and defaults are those of the dataclasses.
KEYS: dict[str, Key] = {
    "nation": Key("Where you work: a name that has been replaced in one nation is in use in another.", '"England"', NATIONS),
    "fail_on": Key("From which severity on `check` ends with exit code 1.", '"fix"', FAIL_LEVELS),
    "packs": Key(
        "Rule packs: core, which comes with the program, and folders of your own beside it. Without core only your own rules run.",
        '["core", "our-rules"]',
        is_filled=True,
    ),
    "off": Key("Rules that you do not want to hear from.", '["vague-time"]'),
    "known_words": Key("Short forms and names that all of your readers know.", '["EHCP"]'),
    "sender.agency": Key("What kind of service you are.", '"education"', AGENCIES),
    "sender.domains": Key(
        "The ends of your own email addresses. With these, or secure_domains below, whatever tells of a person or a family "
        "and goes to any other address is a stop.",
        '["northfield-school.example.org"]',
        form=DOMAIN,
    ),
    "recipients.agency": Key("Who usually reads what you send.", '["children\'s social care"]', AGENCIES),
    "recipients.secure_domains": Key(
        "Ends of addresses outside your service that are as safe as your own.", '["northfield.example.org"]', form=DOMAIN
    ),
    "severities": Key("How much a rule matters to you, where you see it differently.", '{ vague-time = "think" }', SEVERITIES),
    "local.area": Key("The name of your area, as people there say it.", '"Northfield"'),
    "local.procedures": Key("Where your local procedures are.", '"https://procedures.example.org/"', form=LINK),
    "local.duty_team": Key("The number of the duty team in office hours.", '"01632 960001"'),
    "local.out_of_hours": Key("The number to ring at other times.", '"01632 960002"'),
    "waivers.file": Key(
        "One file for all decisions to leave something as it is; otherwise it lies beside each draft.",
        '"decisions.toml"',
    ),
    "waivers.key_file": Key(
        "A secret file that a team shares, so that its members see each other's decisions; otherwise everyone has one.",
        '"/srv/team/referral-lint.key"',
    ),
    "decisions.file": Key(
        "Where decision notes are kept if somebody asks for it; otherwise in your own folder.", '"decisions.sqlite"'
    ),
    "decisions.keep_days": Key("After how many days their words are erased; 0 keeps them.", "365"),
    "page.address": Key(
        "Only for a page behind your organisation's proxy, on the same machine: the address people use.",
        '"https://referrals.northfield.example.org"',
        form=LINK,
    ),
    "page.sign_in_header": Key("The header in which that proxy names who has signed in.", '"X-Signed-In-User"'),
    "cluster.ca_file": Key("For `review --scheduler tls://…`: who vouches for the machines of the cluster.", '"cluster/ca.pem"'),
    "cluster.cert_file": Key("Your own certificate towards the cluster.", '"cluster/cert.pem"'),
    "cluster.key_file": Key("The key of that certificate.", '"cluster/key.pem"'),
    "cluster.plain_tcp": Key("Allow tcp:// without encryption; only on a network that nobody else is on.", "true"),
    "mail.mode": Key(
        "What the mail filter does: monitor (record only), tell (deliver, and send the sender the report), ask (refuse "
        "once, with the reasons), quarantine (the mail server keeps it; report_from and release_to must be set). "
        "Danger and protection referrals always go.",
        '"tell"',
        MODES,
    ),
    "mail.policy": Key(
        "Another mode for some mailboxes, senders, recipients or rules: the first that fits counts. "
        "Several are easier to read under [[mail.policy]] headings.",
        '[{ mode = "ask", mailboxes = ["mash@northfield.example.org"], rules = ["name-in-subject"] }]',
        tables=POLICY_KEYS,
        made=Policy,
    ),
    "mail.hold_from": Key(
        "From which severity on ask and quarantine hold a message; below it the sender is told. "
        "A rule that a policy names counts in any case.",
        '"stop"',
        SEVERITIES,
    ),
    "mail.seconds": Key("How long one message may take to check; then it goes unchecked, with a record.", "10"),
    "mail.never_hold": Key("Recipients, or ends of their addresses, to whom everything goes at once.", '["duty@northfield.example.org"]'),
    "mail.leave_alone": Key(
        "What is not looked at: addresses or ends of addresses that send it, networks it comes from, or header:NAME.",
        '["scanner@northfield.example.org", "192.0.2.0/28", "header:X-Rota"]',
    ),
    "mail.own_networks": Key(
        "Where mail without a login comes from and is still your own, such as your Exchange server; from elsewhere it is "
        "inbound, and left alone.",
        '["127.0.0.0/8", "::1", "192.0.2.25"]',
    ),
    "mail.trusted_relays": Key(
        "Servers of yours that check who sends: their envelope sender gets the report.", '["192.0.2.25"]'
    ),
    "mail.login_domain": Key("What follows the @ of a login without one.", '"northfield.example.org"'),
    "mail.report_from": Key("Whom reports and notes come from; without it none are sent.", '"checks@northfield.example.org"'),
    "mail.release_to": Key("Who is told of a quarantined message, and how to let it go.", '"postmaster@northfield.example.org"'),
    "mail.sendmail": Key("The program of your own mail server that takes reports.", '["/usr/sbin/sendmail"]'),
    "mail.state": Key("A folder for records and what is remembered; no words of a message stay in it.", '"/var/lib/referral-lint"'),
    "mail.socket": Key(
        "Where the mail server finds the filter: unix:PATH or inet:HOST:PORT.",
        '"unix:/var/spool/postfix/referral-lint/milter.sock"',
    ),
    "mail.workers": Key("How many messages are checked at the same time; 0: one a processor.", "2"),
}  # fmt: skip
