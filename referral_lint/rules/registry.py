"""The checks that rules of the kind `python` name: an explicit table, one check a file of referral_lint/checks."""

from __future__ import annotations

from typing import NamedTuple


class Check(NamedTuple):
    """A function `(Draft, Rule) -> Iterable[Match]`; options come from the rule's `options`."""

    function: str  # "module:function" in referral_lint/checks, imported when a rule that names it is built
    fills: str = ""  # fields for the words of its rule, besides the words that it marks; with "?": not at every place


CHECKS: dict[str, Check] = {
    "acronyms": Check("acronyms:unexplained"),
    "acronyms-two-meanings": Check("acronyms:two_meanings", "one other"),
    "acronyms-too-late": Check("acronyms:too_late"),
    "clinical-shorthand": Check("acronyms:clinical", "full"),
    "local-systems": Check("acronyms:local_system", "like"),
    "identifiers": Check("identifiers:not_needed"),
    "insecure-route": Check("routes:insecure"),
    "too-many-recipients": Check("routes:too_many", "count"),
    "recipient-conflict": Check("conflicts:conflict"),
    "safe-address": Check("routes:address"),
    "named-source": Check("informants:named"),
    "money-taken": Check("takings:told"),
    "attachments": Check("attached:attachments"),
    "look-alike-address": Check("addresses:look_alike", "meant"),
    "reply-to-all": Check("addresses:reply_to_all", "count"),
    "name-in-subject": Check("identity:name_in_subject"),
    "no-names": Check("identity:in_no_names"),
    "name-in-attachment": Check("file_names:name_in_attachment", "name? ending?"),
    "blank-fields": Check("blank_fields:blank"),
    "unsaid": Check("unsaid:unsaid"),
    "decision-note": Check("record_note:decision_note"),
    "age": Check("ages:age", "other born? day? told? right?"),
    "name-spelling": Check("spelling:name_spelling", "other"),
    "impossible-date": Check("days:impossible", "why"),
    "pronoun-ambiguous": Check("pronouns:ambiguous", "one other"),
    "pronoun-mismatch": Check("genders:mismatch"),
    "count": Check("counts:counted", "said given"),
    "unknown-name": Check("strangers:unknown_name", "name"),
    "clash": Check("clashes:clash", "earlier"),
    "travels-unseen": Check("unseen:travels", "said"),
    "another-case": Check("unseen:another_case"),
    "other-rows": Check("rows:other_people", "count"),
    "other-families": Check("thread:other_families", "names"),
}
