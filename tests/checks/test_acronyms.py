"""What is said of an abbreviation, and when its words are offered to be put in."""

import pytest

from referral_lint.checks.acronyms import given_in_full
from referral_lint.model import Source
from referral_lint.understanding.setting import Setting
from tests.linting import linter

LINTER = linter()
RULES = (
    "acronym-unexplained",
    "acronym-two-meanings",
    "acronym-explained-too-late",
    "clinical-shorthand",
    "local-name-or-system",
)


def said(text, linter=LINTER):
    (report,) = linter.lint(Source("draft.txt", text.encode())).documents
    return [f for f in report.findings if f.rule in RULES]


def test_a_certain_meaning_is_offered():
    (one,) = said("The girls are on a CP plan.")
    assert one.suggestion == "Write “child protection (CP)” the first time."
    assert one.replacement == "child protection (CP)"


def test_a_likely_meaning_is_asked_about():
    (one,) = said("His CCG for a fridge was refused.")
    assert one.suggestion.endswith("Do you mean “community care grant”?")
    assert one.replacement is None


def test_an_unknown_one_is_not_put_as_known():
    (one,) = said("The QZBR came on Monday.")
    assert one.suggestion == "Write out the first time what it stands for."
    assert one.replacement is None


def test_a_word_that_follows_is_not_said_twice():
    (one,) = said("The ABC charts are attached.")
    assert one.replacement is None or "chart (ABC)" not in one.replacement
    (one,) = said("The ABC chart is attached.")
    assert one.replacement == "antecedent, behaviour, consequence (ABC)"


def test_who_is_addressed_by_it_knows_it():
    (one,) = said(
        "To: MASH <mash@tern.example.org>\nFrom: Jo Lee <jo@hill.example.org>\nSubject: Visit\n\nPlease ring me.\n"
    )
    assert one.message == "Whoever this is passed on to may not know what “MASH” stands for."
    assert one.replacement is None


def test_what_can_be_put_in_is_told_once():
    (one,) = said("The EWO rang on 4 May 2026.")
    assert one.replacement == "education welfare officer (EWO)"
    assert one.suggestion.count("education welfare officer") == 1
    assert one.replacement in one.suggestion


def test_what_is_shorthand_only_after_a_dose_is_told_in_words():
    (one,) = said("He takes 5 mg od.")
    assert one.suggestion == "Write it in words: “once a day”."


def test_the_first_line_of_ones_own_may_open_what_a_printed_title_says():
    title = "MARAC REFERRAL\n\n"
    assert said(f"{title}The multi-agency risk assessment conference (MARAC) met on 3 May 2026.") == []
    late = said(f"{title}MARAC met. The multi-agency risk assessment conference (MARAC) meets on 3 May 2026.")
    assert [one.rule for one in late] == ["acronym-explained-too-late"]


SIGNED = "Dear Mr Park\n\nI will be there at ten on 4 May 2026.\n\nKind regards\n\nAda Birch {letters}\nHill Nursery\n"


def test_a_signature_is_asked_about_once():
    (one,) = said(SIGNED.format(letters="QTS NPQH\nDSL and EYFS lead"))
    assert one.text == "QTS"
    assert len(one.related) == 3
    assert "The same for NPQH, DSL and EYFS below your name" in one.suggestion


def test_one_in_a_signature_is_as_elsewhere():
    (one,) = said(SIGNED.format(letters="\nCAMHS team"))
    assert one.replacement == "child and adolescent mental health services (CAMHS)"
    assert one.related == ()


@pytest.mark.parametrize(
    "print_below",
    [
        "QZmail accredited. Please consider the environment. This email is subject to FOI and GDPR. ICO reg. ZA1.",
        "A CQC-rated Good provider. If you need this letter in large print ring our PALS on weekdays before noon.",
    ],
)
def test_what_is_printed_below_a_signature_is_not_the_writers(print_below):
    assert said(SIGNED.format(letters="") + "\n" + print_below + "\n") == []


def test_a_postscript_is_the_writers_own():
    (one,) = said(
        SIGNED.format(letters="") + "\nPS The LADO has asked me to bring all the papers to the office on Monday.\n"
    )
    assert one.text == "LADO"


LETTER = "Dear Colleague\n\nPMH asthma. I saw him on 4 May 2026.\n\nYours sincerely\n\nDr Ann Hale\nMill Surgery\n"


def test_who_the_sender_says_reads_it_counts():
    (one,) = said(LETTER)
    assert one.severity.value == "fix"
    (one,) = said(LETTER, LINTER.with_setting(Setting(recipients=("health",))))
    assert one.severity.value == "think"


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("It is on SystmOne.", "“our patient records”"),
        ("We had an Operation Encompass call.", "“how the police tell schools of domestic abuse”"),
        ("It is on MyStar.", "that say what it is"),
    ],
)
def test_a_system_is_told_in_words_that_fit(text, like):
    (one,) = said(text)
    assert like in one.suggestion


def test_unknown_letters_behind_a_name_may_be_left_out():
    (one,) = said(SIGNED.format(letters="MCIH"))
    assert one.suggestion == "Write it out, or leave it out if it is a qualification."


def test_of_several_below_a_name_only_the_first_ones_words_are_put_into_the_box_of_the_page():
    (one,) = said(
        "Dear Ann\n\nHe came on Monday 2 November 2026.\n\nBest wishes\n\nJo Marsh\nSENCo, EWO, DSL\nHillbrook School\n"
    )
    assert "The same for EWO and DSL" in one.suggestion
    assert given_in_full(one.suggestion) == "special educational needs coordinator"


def test_the_words_given_in_full_are_read_back():
    assert (
        given_in_full("Write the words in full the first time: education welfare officer.")
        == "education welfare officer"
    )
    assert given_in_full("Write the words in full the first time. Do you mean “any”?") == ""


@pytest.mark.parametrize("word", ["IDd", "IDed", "IDing"])
def test_a_verb_made_of_what_everybody_knows_is_known(word):
    assert said(f"They {word} two of the boys.") == []


def test_a_verb_of_an_abbreviation_is_looked_up_without_its_ending():
    (one,) = said("He was RUIed on Friday.")
    assert one.text == "RUIed"
    assert one.suggestion.endswith("Do you mean “released under investigation”?")


@pytest.mark.parametrize(
    "line",
    [
        "Mum was spoken to by RP.",
        "12/01/2026 Mum was told. RP\n13/01/2026 Home visit.",
        "RP rang. A note from RP and the school is here.",
    ],
)
def test_initials_of_somebody_in_the_draft_are_no_service(line):
    assert said(f"{line}\n\nBest wishes\nRhian Pugh\n") == []
    assert [one.text for one in said(f"{line}\n\nBest wishes\nAnn Moss\n")] == ["RP"]


def test_initials_that_may_be_a_profession_stay_a_question():
    assert [one.text for one in said("SW rang on 4 May.\n\nBest wishes\nSarah Wills\n")] == ["SW"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("PSNI", "Police Service of Northern Ireland"),
        ("ALNCo", "additional learning needs co-ordinator"),
        ("CJSW", "criminal justice social work"),
        ("HbA1c", "average blood sugar over the last three months"),
        ("H+C", "health and care number"),
        ("LGBTQ+", "lesbian, gay, bisexual, trans and queer"),
    ],
)
def test_short_forms_of_the_four_nations_are_known(form, words):
    (one,) = said(f"Please see the {form} note.")
    assert words in one.suggestion


def test_a_sum_is_no_short_form():
    assert said("She did the A+B sheet.") == []
