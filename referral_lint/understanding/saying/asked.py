"""Which statements a draft is asked for, if it does not make them: by purpose, mode and what became of consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from referral_lint.facts import facts

UNDERSTOOD = ("consent_what", "consent_who", "consent_onward", "consent_why")


@dataclass(frozen=True, slots=True)
class Stance:
    """`agreed`: consent was given. `against`: refused, not asked for, withdrawn, or the family was not told."""

    agreed: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What decides whether a statement is asked for. `purposes`: ids, the main one first; `urgent`: danger now; `informs`: the reader has nothing to do."""

    purposes: tuple[str, ...]
    mode: str = "named"
    kind: str = "letter"
    urgent: bool = False
    stance: Stance = Stance()
    informs: bool = False


def asked(name: str, case: Case) -> bool:
    """Would a sensible reviewer ask for it here? Rules of rules/data/statement_needs.yaml."""
    needs: dict[str, Any] = facts("statement_needs.yaml")
    main = case.purposes[0] if case.purposes else ""
    if case.mode == "no-names" and (name in needs["never_in_no_names"] or name in UNDERSTOOD):
        return False
    if main in needs["not_for"].get(name, ()) or (case.informs and name in needs["never_for_information"]):
        return False
    if main == "" and case.kind == "email" and name in needs["never_in_unclear_emails"]:
        return False
    if main in needs["answer_to_request"] and name not in needs["answer_to_request_asks"]:
        return False
    if case.urgent and name in needs["never_when_urgent"]:
        return False
    if name in UNDERSTOOD:
        return case.stance.agreed and main not in needs["no_understanding_for"]
    if name == "override":
        return case.stance.against
    if name == "consent":
        return main == "" or facts("purposes.yaml")["purposes"][main]["consent_stance"] != "inform_only"
    if name == "relationship":
        unless_agreed = main in needs["relationship_unless_agreed"] and not case.stance.agreed
        return main in needs["relationship_for"] or unless_agreed
    return True
