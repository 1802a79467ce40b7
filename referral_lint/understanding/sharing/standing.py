"""How a private fact stands with what the draft is for: needed, to be explained, or not expected."""

from __future__ import annotations

from referral_lint.facts import facts
from referral_lint.understanding.purposes import DANGER, flagged, profile

OUTSIDERS = frozenset({"relative", "third-party", "professional"})
_ABOUT_OFFENCES, _ABOUT_STAFF, _PATIENTS = map(flagged, ("about_offences", "about_staff", "patients_of_any_age"))
# The list of a purpose profile that others are judged by; OUTSIDERS have one together.
_LISTED_AS = {"partner": "parent", "adult": "parent", "named": "child", "unknown": "child"}


def categories(flag: str) -> frozenset[str]:
    """The categories that have this flag in categories.yaml."""
    return frozenset(name for name, entry in facts("categories.yaml")["categories"].items() if entry.get(flag))


_HEALTH, _MAY_BE_THE_RISK, _PARENTS_OWN = map(categories, ("health", "may_be_the_risk", "parents_own"))


def judged(ids: tuple[str, ...], who: str, category: str, nature: str) -> str:
    """How a fact of this nature stands: outsiders' private matters are hardly ever expected. `ids`: the purposes."""
    base = standing(ids, _listed_as(who, ids, category), category)
    if nature == "needed" or _is_asked_for(base, ids, who, category, nature):
        return "needed"
    if who in OUTSIDERS:
        is_risk = nature == "weighed" and base == "explain" and _may_be_the_risk(ids, who, category)
        return "needed" if is_risk else "not-expected"
    if nature == "weighed" and base != "not-expected":
        asks = who == "sibling" and base == "explain" and not DANGER.intersection(ids)
        return "explain" if asks else "needed"
    return "explain" if base == "needed" else base


def standing(purposes: tuple[str, ...], who: str, category: str) -> str:
    """needed | explain | not-expected: the most generous of the purposes found; without any, explain."""
    best = "not-expected" if purposes else "explain"
    for purpose in purposes:
        lists = profile(purpose)
        if category in lists.get("necessary", {}).get(who, ()):
            return "needed"
        if category not in lists.get("not_expected", {}).get(who, ()):
            best = "explain"
    return best


def _listed_as(who: str, ids: tuple[str, ...], category: str) -> str:
    """The list of a purpose profile that this role is judged by. Money and homes are the parents', not the child's."""
    if who in ("child", "unknown") and category in _PARENTS_OWN:
        who = "parent"
    if who in OUTSIDERS:
        return "third_party"
    if who in ("adult", "parent", "partner", "named", "unknown") and any(
        "adult" in profile(i).get("necessary", {}) for i in ids
    ):
        return "adult"
    if who == "adult" and category in _HEALTH and _PATIENTS.intersection(ids):
        return "child"
    return _LISTED_AS.get(who, who)


def _is_asked_for(base: str, ids: tuple[str, ...], who: str, category: str, nature: str) -> bool:
    """Does the purpose itself ask for it? With none known, an illness in the family is taken for the matter itself."""
    of_the_subject = who in ("child", "adult")
    if base == "needed" and (nature != "strong" or (of_the_subject and category != "finances")):
        return True
    if category == "criminal" and of_the_subject and _ABOUT_OFFENCES.intersection(ids):
        return True
    return not ids and nature == "private" and category == "physical_health" and who not in OUTSIDERS


def _may_be_the_risk(ids: tuple[str, ...], who: str, category: str) -> bool:
    """Can an outsider's matter be the danger that is told of? Another child's care cannot, nor a colleague's habits."""
    if (who, category) == ("third-party", "child_abuse") or (
        who == "professional" and not _ABOUT_STAFF.intersection(ids)
    ):
        return False
    return category in _MAY_BE_THE_RISK and bool(DANGER.intersection(ids))
