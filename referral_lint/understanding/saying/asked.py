"""Which statements a careful reader looks for in a draft, by its purpose, kind and mode, what became of consent, and what else it says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from referral_lint.facts import facts
from referral_lint.paths import MODELS
from referral_lint.understanding import layers
from referral_lint.understanding.saying.weights import NAMES

Floats = NDArray[np.float64]

UNDERSTOOD = ("consent_what", "consent_who", "consent_onward", "consent_why")
# Whether a reader looks for these hangs on many things at once, and is learned from annotated drafts.
LEARNED = tuple(name for name in NAMES if name not in (*UNDERSTOOD, "purpose", "recipient", "override"))
LIKELY = 0.4  # the probability from which one is looked for; .35 and .45 serve nearly as well (F1 of “absent” .830, .830 and .829 on the drafts in sight)


@dataclass(frozen=True, slots=True)
class Stance:
    """`agreed`: consent was given. `against`: refused, not asked for, withdrawn, or the family was not told."""

    agreed: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What a draft is. `purposes`: ids, the main one first; `urgent`: danger now; `said`: the statements that it makes.

    `informs`: the reader has nothing to do.
    """

    purposes: tuple[str, ...]
    mode: str = "named"
    kind: str = "letter"
    urgent: bool = False
    stance: Stance = Stance()
    informs: bool = False
    said: frozenset[str] = frozenset()

    @property
    def main(self) -> str:
        """The id of the main purpose, "" if none was found."""
        return self.purposes[0] if self.purposes else ""


def possible(name: str, case: Case) -> bool:
    """Can it be said here? Nobody understood what was shared, or was overruled, if nobody agreed, or nobody refused."""
    if name in UNDERSTOOD:
        return case.stance.agreed and not _is_never_asked(name, case)
    return name != "override" or (case.stance.against and not _is_never_asked(name, case))


def asked(case: Case) -> frozenset[str]:
    """The statements that a careful reader would miss if the draft did not make them."""
    likely = dict(zip(LEARNED, load().likely(circumstances(case)), strict=True))
    wanted = (name for name in NAMES if likely.get(name, 1.0) > LIKELY and possible(name, case))
    return frozenset(name for name in wanted if not _is_never_asked(name, case))


def _is_never_asked(name: str, case: Case) -> bool:
    """The lines that are drawn whatever readers do: rules/data/statement_needs.yaml, and telling where agreeing is not what matters."""
    needs: dict[str, Any] = facts("statement_needs.yaml")
    if case.mode == "no-names" and name in needs["never_in_no_names"]:
        return True
    if case.informs and name in needs["never_for_information"]:
        return True
    if case.main in needs["answer_to_request"] and name not in needs["answer_to_request_asks"]:
        return True
    if case.main in needs["not_for"].get(name, ()):
        return True
    if name == "consent" and case.main:
        return bool(facts("purposes.yaml")["purposes"][case.main]["consent_stance"] == "inform_only")
    return False


def waits(name: str, *, urgent: bool) -> bool:
    """Is nobody to be asked for it now, although a reader would look for it, as somebody is in danger?"""
    return urgent and name in facts("statement_needs.yaml")["never_when_urgent"]


def circumstances(case: Case) -> Floats:
    """A case in numbers: facts, what is said, and each fact with the main purpose. Not its length: to write on must bring no question."""
    profiles: dict[str, Any] = facts("purposes.yaml")["purposes"]
    purposes = (*(name for name, profile in profiles.items() if "within" not in profile), "")
    kinds = (case.kind == kind for kind in ("form", "email", "note"))
    told = np.array([1, *kinds, case.urgent, case.stance.agreed, case.stance.against], float)
    said = [name in case.said for name in NAMES]
    main = np.zeros((len(purposes), len(told)))
    main[purposes.index(profiles.get(case.main, {}).get("within", case.main))] = told
    return np.concatenate([told[1:], [case.mode == "no-names"], said, main.ravel()])


@dataclass(frozen=True)
class Weights:
    """`by_fact`: (numbers of a case, LEARNED); `bias`: (LEARNED,)."""

    by_fact: Floats
    bias: Floats

    def likely(self, numbers: Floats) -> Floats:
        """The probability, (LEARNED,), that a reader looks for each."""
        return layers.sigmoid(numbers @ self.by_fact + self.bias)


@cache
def load(path: Path = MODELS / "statements" / "asked.npz") -> Weights:
    """The weights that come with the package. Raises ModelError if they are missing or broken."""
    with layers.opened(path, "what is asked for") as file:
        return Weights(file["by_fact"].astype(np.float64), file["bias"].astype(np.float64))
