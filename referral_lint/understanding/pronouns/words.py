"""Words for people: by kinship, and by what they do or are to somebody."""

from __future__ import annotations

from functools import lru_cache

from referral_lint.patterns import compiled
from referral_lint.understanding.people.words import HE, SHE

NAME, KIN, ROLE, PRONOUN = "name", "kin", "role", "pronoun"
_MEN = HE | frozenset("landlord postman barman headmaster chap guy feller geezer policeman workman groom imam".split())
_WOMEN = SHE | frozenset("landlady lass headmistress matron policewoman bride nanny".split())
_ROLE = compiled(
    r"[\w-]*(?:work|teach|lodg|car|manag|own|train|help|driv|support|offic|organis|supervis|mind|watch|keep|advis|plann|visit|sitt|clean"
    r"|call|foster|play|bounc|prison|garden|farm)er|[\w-]*(?:therap|reception|dent|pharmac|psycholog|psychiatr|special|art)ist|dietit?ian|optician"
    r"|doctor|gp|tutor|visitor|counsell?or|director|governor|pastor|vicar|priest|chaplain|nurse|assistant|consultant|registrar|tenant|resident|accountant"
    r"|sergeant|constable|coach|ref|referee|captain|caretaker|neighbou?r|friend|mate|ex|partner|cousin|(?:cell|flat|house|class)mate|colleague|warden"
    r"|volunteer|secretary|clerk|cook|chef|solicitor|technician|chair(?:man|woman)|treasurer|deputy|help|interpreter|escort|buddy|mentor|advocate"
    r"|befriender|bursar|paramedic|pupil|student|client|patient|applicant|victim|witness|suspect|child|baby|toddler|youngest|eldest|parent|guardian"
    r"|person|adult|boss|engineer|attendant|physio|practitioner|customer|male|female|twin|sibling|teenager|youth|head|one"
    r"|senco|sendco|dsl|ta|hv|sw|ewo|esw|lsa|pc"
)
# Of these only what goes with “the”, “our” or another small word is a person (“the head”, “the other one”).
_NEEDS = {"head": ("the", "our"), "coach": ("the", "our"), "ref": ("the",), "one": ("other",), "help": ("home",)}
# What may stand between whose relation it is and the word; those of the second kind tell two people apart.
_PLAIN = frozenset(
    "own only new real elder big little counter school late best old young baby twin sister-in night key class contact social support family health"
    " community staff nursery play speech teaching learning duty ward agency home citizenship".split()
)
_TELLING = frozenset(
    "birth maternal paternal ex other foster great step half older younger former deputy second".split()
)


@lru_cache(maxsize=5000)
def of(word: str) -> tuple[str, str]:
    """Kind (KIN, ROLE or "") and sex ("he", "she" or "") of a word in small letters, also behind a hyphen."""
    for part in (word, word.rpartition("-")[2]):
        if part in _MEN or part in _WOMEN:
            return KIN, "he" if part in _MEN else "she"
    return (ROLE, "") if _ROLE.fullmatch(word) else ("", "")


def stands(word: str, before: str) -> bool:
    """Is the word a person, after this word?"""
    return word not in _NEEDS or before in _NEEDS[word]


def sorts(word: str) -> bool:
    """Does the word say which one (“her older sister”, “the key worker”)?"""
    return word in _PLAIN or word in _TELLING


def tells_apart(word: str) -> bool:
    """Does the word make another person of the next (“her other sister”)?"""
    return word in _TELLING
