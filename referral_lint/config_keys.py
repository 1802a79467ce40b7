"""The keys of `referral-lint.toml`: a table of what a person is told, and their types and defaults.

Another section is one dataclass, one line a key in `KEYS`, and one field of `Config`.
"""

from __future__ import annotations

from dataclasses import dataclass

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
class Key:
    """What a person is told of one key, and what its values may be beyond their type."""

    about: str
    example: str  # as it would stand in the file
    one_of: tuple[str, ...] = ()
    is_link: bool = False


# The keys, in the order in which `init` writes them; their types and defaults are those of the dataclasses.
KEYS: dict[str, Key] = {
    "nation": Key("Where you work: the law differs.", '"England"', NATIONS),
    "fail_on": Key("From which severity on `check` ends with exit code 1.", '"fix"', FAIL_LEVELS),
    "packs": Key("Rule packs: those that come with the program, or folders of your own.", '["core", "our-rules"]'),
    "off": Key("Rules that you do not want to hear from.", '["vague-time"]'),
    "known_words": Key("Short forms and names that all of your readers know.", '["EHCP"]'),
    "sender.agency": Key("What kind of service you are.", '"education"', AGENCIES),
    "sender.domains": Key("The ends of your own email addresses.", '["northfield-school.example.org"]'),
    "recipients.agency": Key("Who usually reads what you send.", '["children\'s social care"]', AGENCIES),
    "recipients.secure_domains": Key(
        "Ends of addresses outside your service that are as safe as your own.", '["northfield.example.org"]'
    ),
    "severities": Key("How much a rule matters to you, where you see it differently.", '{ vague-time = "think" }', SEVERITIES),
    "local.area": Key("The name of your area, as people there say it.", '"Northfield"'),
    "local.procedures": Key("Where your local procedures are.", '"https://procedures.example.org/"', is_link=True),
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
        is_link=True,
    ),
    "page.sign_in_header": Key("The header in which that proxy names who has signed in.", '"X-Signed-In-User"'),
    "cluster.ca_file": Key("For `review --scheduler tls://…`: who vouches for the machines of the cluster.", '"cluster/ca.pem"'),
    "cluster.cert_file": Key("Your own certificate towards the cluster.", '"cluster/cert.pem"'),
    "cluster.key_file": Key("The key of that certificate.", '"cluster/key.pem"'),
    "cluster.plain_tcp": Key("Allow tcp:// without encryption; only on a network that nobody else is on.", "true"),
}  # fmt: skip
