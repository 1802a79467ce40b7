"""Checks for what a rule file cannot say: an explicit table, one check a file.

A check is a function `(Draft, Rule) -> Iterable[Match]`; options come from the rule's `options`.
"""

from __future__ import annotations

# check name -> "module:function" in this package
CHECKS: dict[str, str] = {
    "acronyms": "acronyms:unexplained",
    "acronyms-two-meanings": "acronyms:two_meanings",
    "acronyms-too-late": "acronyms:too_late",
    "clinical-shorthand": "acronyms:clinical",
    "local-systems": "acronyms:local_system",
    "identifiers": "identifiers:not_needed",
    "insecure-route": "routes:insecure",
    "too-many-recipients": "routes:too_many",
    "recipient-conflict": "conflicts:conflict",
    "safe-address": "routes:address",
    "attachments": "attached:attachments",
    "look-alike-address": "addresses:look_alike",
    "reply-to-all": "addresses:reply_to_all",
    "name-in-subject": "identity:name_in_subject",
    "no-names": "identity:in_no_names",
    "name-in-attachment": "file_names:name_in_attachment",
    "blank-fields": "blank_fields:blank",
    "unsaid": "unsaid:unsaid",
    "decision-note": "record_note:decision_note",
    "age": "ages:age",
    "name-spelling": "spelling:name_spelling",
    "impossible-date": "days:impossible",
    "pronoun-ambiguous": "pronouns:ambiguous",
    "pronoun-mismatch": "genders:mismatch",
    "count": "counts:counted",
    "unknown-name": "strangers:unknown_name",
    "clash": "clashes:clash",
    "travels-unseen": "unseen:travels",
    "another-case": "unseen:another_case",
    "other-rows": "rows:other_people",
    "other-families": "thread:other_families",
}

# check name -> what it fills into the words of its rule besides the words that it marks; with "?": not at every place
FIELDS: dict[str, str] = {
    "acronyms-two-meanings": "one other",
    "clinical-shorthand": "full",
    "local-systems": "like",
    "too-many-recipients": "count",
    "look-alike-address": "meant",
    "reply-to-all": "count",
    "name-in-attachment": "name? ending?",
    "age": "other born? day? told? right?",
    "name-spelling": "other",
    "impossible-date": "why",
    "pronoun-ambiguous": "one other",
    "count": "said given",
    "unknown-name": "name",
    "clash": "earlier",
    "travels-unseen": "said",
    "other-rows": "count",
    "other-families": "names",
}
