"""The catalogue that the project was founded on names 74 rules; every one of them is there, in its family."""

from __future__ import annotations

from referral_lint.rules.load import load_packs

CATALOGUE = {
    "acronym": "acronym-unexplained acronym-two-meanings acronym-explained-too-late local-name-or-system clinical-shorthand",
    "ambiguity": "vague-time vague-frequency vague-quantity relative-date-unanchored euphemism unattributed-report"
    " pronoun-or-role-ambiguous was-not-brought action-without-owner",
    "opinion": "inference-as-fact label-or-blame victim-blaming certainty-word motive-or-lay-diagnosis allegation-as-finding"
    " child's-words-changed",
    "jargon": "jargon-unexplained threshold-code",
    "over-sharing": "not-needed-for-purpose special-category-unjustified criminal-data-unjustified third-party-detail"
    " exact-identifier-not-needed history-without-link record-dump professional-gossip",
    "missing-statement": "no-purpose no-recipient family-told consent-status consent-informed override-reason wishes rationale"
    " risk imminence benefit relationship timing sources impact-on-child strengths-and-help-tried people-missing safe-contact"
    " communication-needs capacity blank-or-unanswered-field decision-note in-doubt",
    "identity": "identifier-in-no-names identifying-combination name-in-subject name-in-attachment",
    "security": "insecure-route too-many-recipients recipient-conflict safe-address password-with-message attachment-check",
    "accuracy": "age-against-dob name-spelling pronoun-mismatch impossible-date count-mismatch contradiction stale-fact"
    " placeholder-left wrong-person-paste superseded-term",
}
RULES, _ = load_packs(["core"])


def test_there_are_seventy_four():
    assert sum(len(names.split()) for names in CATALOGUE.values()) == 74


def test_every_rule_of_the_catalogue_is_there_in_its_family():
    there = {(rule.family, rule.id) for rule in RULES}
    wanted = {(family, name) for family, names in CATALOGUE.items() for name in names.split()}
    assert wanted - there == set()


def test_every_rule_says_what_it_leaves_alone():
    assert [rule.id for rule in RULES if not rule.never] == []


def test_what_keeps_somebody_safe_is_never_called_surplus():
    judging = [rule for rule in RULES if rule.family == "over-sharing" and rule.kind in ("sharing", "model")]
    assert [rule.id for rule in judging if "keeps-safe" not in {condition.name for condition in rule.unless}] == []
