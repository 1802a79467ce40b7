"""What is material: dates, numbers, courtesy and reasons beside the words, and not elsewhere."""

import pytest
import spacy

from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.rules.conditions import CONDITIONS
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.setting import Setting

NLP = spacy.blank("en")


def holds(name: str, marked: str) -> bool:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    document = next(iter(read(Source("a.txt", text.encode(), "text/plain"))))
    test = CONDITIONS[name].test
    assert test is not None
    return test(Draft(document, NLP(text), Setting()), Span(start, end))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("not-material", "We [often] meet in the small room.", True),
        ("not-material", "He is [often] left alone.", False),
        ("not-material", "Please ring me [soon].", True),
        ("not-material", "She is [often] cheerful with the baby.", True),
        ("counted", "He was late [often], on seven days.", True),
        ("counted", "He was late on [more than one] day.", False),
        ("counted", "He is [often] late. She has three dogs.", False),
        ("dated", "He left [recently], on 3 November 2026.", True),
        ("dated", "He left [recently]. She came on 3 November 2026.", False),
        ("reasoned-view", "In my view she is [lazy], because she said so.", True),
        ("reasoned-view", "In my view she is [lazy].", False),
        ("explained-at-once", "There are [issues]: he hit her with a shoe.", True),
        ("explained-at-once", "There are [issues].", False),
        ("negated-praise", "He is not [aggressive].", True),
        ("negated-praise", "He is [aggressive].", False),
        ("question-or-offer", "Is he [clearly] afraid?", True),
        ("question-or-offer", "He speaks [clearly].", True),
        ("quotation-near", "He [disclosed abuse]. He said, “He hit me.”", True),
        ("found", "[Her abuser] was convicted in 2014.", True),
        ("found", "[Her abuser] lives there.", False),
        ("keeps-safe", "[Her ex-husband does not know where they are and must not find out].", True),
        ("keeps-safe", "[Dean is not aware that Kerry has spoken to the police].", True),
        ("keeps-safe", "[Her brother is not aware of the move].", True),
        ("keeps-safe", "[Her father does not know that she is pregnant].", False),
        ("keeps-safe", "[Mum does not know that she is in debt].", False),
        ("keeps-safe", "[He drinks and does not know where they are].", False),
        ("of-oneself", "She has thoughts that she is stupid, [lazy] and a bad daughter.", True),
        ("of-oneself", "Keeley feels that she is [hopeless].", True),
        ("of-oneself", "Mum feels [useless] since the move.", True),
        ("of-oneself", "He describes himself as [lazy].", True),
        ("of-oneself", "Keeley has had thoughts that life is [not worth] living.", True),
        ("of-oneself", "She thinks that he is [lazy].", False),
        ("of-oneself", "Her mother thinks that she is [lazy].", False),
        ("of-oneself", "She feels that she is ill, but her mother is [lazy].", False),
        ("of-oneself", "I have the feeling that she is [lazy].", False),
        ("of-oneself", "There is a feeling in the team that she is [lazy].", False),
        ("of-oneself", "Ms Hart says that she is [lazy].", False),
        ("of-oneself", "He knows that school thinks he is [lazy].", False),
        ("of-oneself", "She is [lazy].", False),
        ("of-oneself", "Mr Oake has a belief that he is [useless] and a burden.", True),
        ("owned-action", "I will see that it is [looked into].", True),
        ("owned-action", "It should be [looked into].", False),
    ],
)
def test_conditions(name, text, expected):
    assert holds(name, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is at the door with a knife now. [Mum has debts].", True),
        ("[Mum has debts]. He is at the door with a knife now.", True),
        ("[He is at the door with a knife now]. Mum has debts.", True),
        ("He is at the door with a knife now. Ivy is four. She likes sand. She is well. [Mum has debts].", False),
        ("He was at the door with a kite in May. [Mum has debts].", False),
    ],
)
def test_of_danger(text, expected):
    assert holds("of-danger", text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[He] is at the door with a knife now.", True),
        ("[He] went out with a knife this morning and nobody knows where he is.", True),
        ("[He] would like a place in the art group on Mondays.", False),
    ],
)
def test_may_be_danger(text, expected):
    assert holds("may-be-danger", text) is expected
