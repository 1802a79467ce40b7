"""Who is named in a text: lists, the pipeline and the words around decide together."""

import pytest

from referral_lint import language
from referral_lint.model import Source, Span
from referral_lint.readers import read
from referral_lint.understanding.draft import Draft
from referral_lint.understanding.people.verdict import Stretches
from referral_lint.understanding.setting import Setting


def named(text: str) -> list[str]:
    (document,) = read(Source("draft.txt", text.encode()))
    draft = Draft(document, language.load(("names",)).doc(document.text), Setting())
    return [draft.text[name.span.start : name.span.end] for name in draft.names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The card was signed by M. A. Haverstock, who runs the group.", ["M. A. Haverstock"]),
        ("Hey Zuvanni, could you ring the school back?", ["Zuvanni"]),
        ("Dear Sirs, please see the form.", []),
        ('Copied to "Oduya, Amina" and the team.', ["Oduya, Amina"]),
        ("Her dad's name is Vasile. Stepmum Elena collects her.", ["Vasile", "Elena"]),
        ("They moved here from Syria and Jordan in the spring.", []),
        ("Storm Dennis flooded the flat.", []),
        ("I met Frank at the flat. Frank's breathing was bad. Frank will ring you.", ["Frank", "Frank", "Frank"]),
        ("The flat was Totally cold. Cheap heaters were used.", []),
        ("She works at H&W. Lynne rang. He was seen in A&E. Ruth took him.", ["Lynne", "Ruth"]),
        ("SW Ann Lee and CPN Max Roe came.", ["Ann Lee", "Max Roe"]),
        ("Joan Hale has Parkinson's and Hodgkin's lymphoma.", ["Joan Hale"]),
        ("Mr Parkinson's flat is damp.", ["Parkinson"]),
        ("The flat belongs to Jordan Lettings. Elena signed.", ["Elena"]),
    ],
)
def test_who_is_named(text, names):
    assert named(text) == names


def test_a_surname_that_is_a_common_word_belongs_to_the_name():
    assert named("On Monday Kelly Cloud, the class teacher, rang me.") == ["Kelly Cloud"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Lane rang, and Mrs Wood came with Miss Green and Mr. Vale.", ["Lane", "Wood", "Green", "Vale"]),
        ("PC Day saw Mrs May. Dr Temple and Cllr Street were told.", ["Day", "May", "Temple", "Street"]),
        ("Mr Robert Wood lives at 4 Wood Lane.", ["Robert Wood"]),
        ("Nurse Practitioner on duty. Dr Name and Mr/Mrs/Miss Surname. Dear Sir or Madam, hello.", []),
        ("The Father Contact Details are on the Judge Court list at Mrs Lane School Road.", []),
    ],
)
def test_behind_a_title_any_word_is_a_name(text, names):
    assert named(text) == names


def test_a_titled_name_that_is_a_common_word_stays_a_word_without_capitals():
    assert named("we rang mr day. Mr Day was out all day. i think the day was long.") == ["Day"]


def test_a_name_without_capitals_in_a_careless_note():
    assert "danielle" in named("hi, mum danielle is worried. i told danielle we would ring.")


def test_stretches_tell_what_they_hold_and_touch():
    some = Stretches([Span(10, 20), Span(2, 5)])
    assert [span in some for span in (Span(2, 5), Span(2, 4))] == [True, False]
    assert [some.hold(span) for span in (Span(12, 20), Span(12, 21), Span(0, 1))] == [True, False, False]
    assert [some.touch(span) for span in (Span(19, 30), Span(0, 3), Span(5, 10))] == [True, True, False]
