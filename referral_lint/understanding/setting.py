"""What is known before the draft is read: from the configuration, or from a rule's example."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from referral_lint.model import Local


@dataclass(frozen=True)
class Setting:
    """Facts about sender, recipients and place. Empty means: find out from the draft.

    Agencies are sectors as in rules/data/acronyms.tsv ("health", "education", "children's social care" …).
    """

    sender: str = ""
    recipients: tuple[str, ...] = ()
    nation: str = "England"  # where a row of rules/data/superseded.tsv holds
    known_words: frozenset[str] = frozenset()
    own_domains: tuple[str, ...] = ()  # addresses of the organisation itself
    secure_domains: tuple[str, ...] = ()  # addresses that are as good as inside
    today: date = field(default_factory=date.today)
    local: Local = field(default_factory=Local)  # numbers and links that a report may name
    # For examples, and for a caller who knows: these win over what the draft shows.
    kind: str = ""
    mode: str = ""
    purposes: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    tells: bool = False  # something that goes with it tells of a person or a family
    danger: bool = False  # something that goes with it shows immediate danger
