"""The two readings of danger: their stretches, the pieces and the arithmetic of the encoder, and when it is asked."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_lint.errors import ModelError
from referral_lint.facts import facts
from referral_lint.model import Span
from referral_lint.understanding import danger, layers, pieces, transformer, urgency
from referral_lint.understanding.danger import encoder, ordinary, plain, signs, stretches, unnamed
from referral_lint.understanding.saying.features import tokens
from referral_lint.understanding.saying.units import Unit


def unit(text: str, question: str = "") -> Unit:
    return Unit(Span(0, len(text)), text, question)


def test_a_short_draft_is_one_stretch_and_a_long_one_is_covered():
    assert stretches.groups(0) == []
    assert stretches.groups(6) == [(0, 6)]
    for count in range(7, 40):
        parts = stretches.groups(count)
        covered = {i for first, size in parts for i in range(first, first + size)}
        assert covered == set(range(count))
        assert all(size <= stretches.GROUP for _, size in parts)


def test_names_numbers_and_times_are_classes():
    assert tokens("Mr Amos Okoro isn't here at 3.15pm, he’s 12.") == [
        "@name",
        "isn't",
        "here",
        "at",
        "@clock",
        "he's",
        "@num",
    ]


def test_words_are_in_small_letters_without_accents_and_marks_stand_alone():
    assert pieces.words_of("Zoë's SAFE – at_5pm.") == ["zoe", "'", "s", "safe", "–", "at", "_", "5pm", "."]


def test_a_word_is_its_longest_known_pieces():
    known = {"un": 4, "unsafe": 5, "##safe": 6, "##ly": 7, "##s": 8}
    assert pieces.cut("unsafe", known, 1) == [5]
    assert pieces.cut("unsafely", known, 1) == [5, 7]
    assert pieces.cut("unsafex", known, 1) == [1]
    assert pieces.cut("un" * 30, known, 1) == [1]


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300))
def test_any_text_has_rows_of_the_table(text):
    known = encoder.load()
    rows = known.rows([unit(text)])
    assert all(0 <= row < len(known.weights["words"]) for row in rows)
    assert np.isfinite(known.odds([unit(text)]))


def test_the_question_comes_before_the_answer():
    assert encoder.read_out(unit("Yes", "Child safe?")) == ["child", "safe", "?", "–", "yes"]


def test_a_missing_apostrophe_makes_no_other_word():
    assert encoder.read_out(unit("They cant, I wont.")) == encoder.read_out(unit("They can't, I won't."))
    assert danger.odds([unit("nursery said they cant take him after Christmas")]) < urgency.LIMIT


RUNNING_ON = (
    "I went round at ten as we had agreed because the boiler man was due and she had not been able to wait in for him on her own "
    "with the little one and we sat in the kitchen and she showed me the letters about the arrears which go back to the spring "
    "when her hours were cut and she said that her sister had been up from Derby for the week and that they had got the back "
    "bedroom cleared and the cot up and that the health visitor had weighed him on Tuesday and was pleased and that nursery had "
    "offered two mornings from the new term if she can get the form in by Friday so I helped her with that and then we talked "
    "about the noise from upstairs which has been better since the new people came"
)


def test_neither_a_long_question_nor_a_sentence_without_an_end_hides_what_is_said():
    assert encoder.read_out(unit("Yes", "Is anybody in danger " * 60))[-1] == "yes"
    end = " and as I was leaving he rang her from the lobby and said he has the knife with him and is coming up now to finish her"
    known = encoder.load()
    assert known.odds([unit(RUNNING_ON + end)]) > 0 > known.odds([unit(RUNNING_ON)])


@pytest.mark.parametrize("count", [0, 1, 157, 158, 159, 237, 238, 1000])
def test_the_parts_of_a_long_stretch_cover_it(count):
    rows = list(range(count))
    parts = list(encoder.parts(rows))
    assert parts
    assert {row for part in parts for row in part} == set(rows)
    assert all(len(part) <= encoder.AT_ONCE for part in parts)


def test_what_pieces_take_from_each_other_are_shares():
    rng = np.random.default_rng(3)
    asked = rng.normal(size=(5, 3 * 24)).astype(np.float32)
    asked[:, 48:] = 1.0  # all say the same
    np.testing.assert_allclose(transformer._attended(asked), np.ones((5, 24)), atol=1e-6)
    assert layers.softmax(rng.normal(size=(2, 3, 4))).sum(axis=-1) == pytest.approx(np.ones((2, 3)))


def test_danger_is_seen_at_the_end_of_a_very_long_draft():
    calm = [unit("The meeting is on Tuesday.")] * 700
    assert danger.odds([*calm, unit("He is here now with a knife.")]) > danger.odds(calm) + 1


def test_the_encoder_is_not_even_loaded_where_the_signs_are_calm(monkeypatch):
    monkeypatch.setattr(encoder, "load", lambda: pytest.fail("it was loaded"))
    assert danger.odds([unit("The meeting is on Tuesday.")] * 3) < danger.DOUBT


def test_what_is_not_read_is_calm():
    assert danger.DOUBT <= urgency.LIMIT


def test_of_a_long_draft_only_the_strongest_stretches_are_read(monkeypatch):
    class Counting:
        read = 0

        def odds(self, stretch):
            self.read += 1
            return 0.0

    counting = Counting()
    monkeypatch.setattr(encoder, "load", lambda: counting)
    danger.odds([unit("He is outside now with a knife and says he will kill her.")] * 60)
    assert counting.read == danger.MOST + signs.PLAINEST


def test_what_is_both_a_window_and_a_stretch_is_read_once(monkeypatch):
    read = []
    known = encoder.load()
    monkeypatch.setattr(encoder.Encoder, "odds", lambda _, units: read.append(len(units)) or 1.0)
    monkeypatch.setattr(encoder, "load", lambda: known)
    danger.odds([unit("He is outside now with a knife and says he will kill her."), unit("Please hurry.")])
    assert read == [2]


def test_nothing_said_has_no_odds():
    assert danger.odds([]) == float("-inf")


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="install referral-lint again"):
        encoder.load(tmp_path / "none.npz")


def test_names_are_he_and_lines_that_only_say_who_it_is_about_go():
    told = [
        unit("Re Ada Penn, 9, of 2 Mill Row."),
        unit("Mrs Ola Kay rang the GP in Leeds on Friday."),
        unit("Please ring Ned, Kay's brother."),
    ]
    assert [one.text for one in unnamed.said(told)] == [
        "he rang the GP in Leeds on Friday.",
        "Please ring he, his brother.",
    ]


@pytest.mark.parametrize(
    "who", ["He", "Ola Kay", "Mrs Ola Kay", "Our pupil Ned Penn", "Ella", "My neighbour", "the tenant"]
)
@pytest.mark.parametrize(
    "what",
    [
        "is strangling her",
        "has swallowed bleach",
        "has collapsed",
        "has fallen from the window",
        "is drowning",
        "has a knife",
    ],
)
def test_who_it_is_does_not_hide_what_happens(who, what):
    assert danger.odds([unit(f"{who} {what}")]) > urgency.LIMIT


@pytest.mark.parametrize(
    "text",
    [
        "Ned Penn has taken an overdose",
        "ambulance please, flat 4",
        "We need an ambulance at the side gate.",
        "Someone send an ambulance!",
        "She has just been stabbed by the bins",
        "Mr Kay is barely breathing",
        "Mum smelt strongly of drink and has driven off with both girls",
        "Her uncle is taking her abroad to be married and she is terrified.",
        "Ella is having a seizure in the play area",
        "Tom was fine at lunch and is having a fit on the form room floor, what do I do?",
        "she has been fitting for the last ten minutes",
        "She is fitting in the hall",
        "Grandad is having a heart attack I think",
        "hes having an asthma attack and there is no inhaler",
        "Kit is choking",
        "Kai is being beaten now, flat above mine, please come",
        "He is strangling my sister upstairs",
        "Whole family collapsed, boiler, think its carbon monoxide",
        "Noah has eaten some of Nan's heart tablets",
        "two year old has swallowed a button battery",
        "anaphylaxis, epipen used, no second pen",
        "She is in labour and on her own",
        "Amy has just been kidnapped at the gate",
        "ligature round her neck, staff are with her",
        "he is about to jump",
    ],
)
def test_danger_in_plain_words_needs_no_weighing(text):
    assert plain.is_said([unit(text)])


@pytest.mark.parametrize(
    "text",
    [
        "If you need an ambulance, ring 999.",
        "An ambulance is needed where somebody is not breathing; this is in the handbook.",
        "She didn't need an ambulance.",
        "He had taken an overdose.",
        "She has taken an overdose twice before.",
        "Has he taken an overdose?",
        "He has taken an overdose and is on the ward.",
        "She has been stabbed in the past.",
        "He had been drinking in May 2024 and was banned after he drove off with a van.",
        "They are flying her to her cousin's wedding and she is looking forward to it.",
        "He is fitting in well with the group.",
        "She is fitting in at her new school.",
        "The contractor is fitting smoke alarms in the hall.",
        "Stay with a child who is having a seizure.",
        "If he is having a seizure, lay him on his side.",
        "Mum is having a fit about the uniform.",
        "He has seizures, and the last was in May.",
        "He is not choking on lumps any more.",
        "The danger is choking, so the speech therapist will see him.",
        "Is anyone being beaten now?",
        "He was beaten in the final of the chess cup.",
        "Dad is being hit by higher rent now.",
        "He has eaten all his dinner and taken his tablets.",
        "She took too many tablets once before.",
        "He is unconscious of how loud he is.",
        "She was kidnapped as a child.",
        "She is in labour and her sister is with her.",
        "He is about to jump to the next reading group.",
    ],
)
def test_what_was_what_may_be_and_printed_advice_are_no_plain_danger(text):
    assert not plain.is_said([unit(text)])


ADMIN = [
    "Thank you for the form, which I return with the address put right.",
    "The invoice goes to the new office from May.",
]


@pytest.mark.parametrize(
    "said",
    [
        ["Her brother, two, swallowed some of the neighbour's tablets earlier today."],
        ["Mr Fry, 88, drank a little of the bathroom cleaner earlier today."],
        ["Small bruise on right forearm seen today.", "Not yet mobile."],
        ["Baby Kit was weighed and gains well.", "He has a bruise on his cheek.", "He does not roll or crawl."],
        ["The CO alarm is going off in the flat."],
        ["Her carbon monoxide alarm has sounded since lunch and she has a headache."],
        ["By the way, he has not been seen since yesterday teatime and the police have been told."],
        ["Ned, 11, did not come home from school yesterday and his mum has rung his friends."],
        ["Their aunt shook little Max hard last night, he is one."],
        ["He says that he has nothing left to live for.", "He has said goodbye to his sons."],
        ["He was in his chair and unresponsive when I called."],
        ["The boy who opened is six and is minding his baby sister.", "Their mum is at work until ten."],
        ["Miss Pope, 89, has been on her kitchen floor since early this morning."],
        ["Her ex threatened her with a knife this morning.", "He is on his way to her."],
    ],
)
def test_danger_of_several_signs_is_plain_amid_other_business(said):
    assert not plain.is_said([unit(text) for text in ADMIN])
    assert plain.is_said([unit(text) for text in (ADMIN[0], *said, ADMIN[1])])


@pytest.mark.parametrize(
    "said",
    [
        ["Her brother swallowed some of his nan's tablets last year and was kept in for a night."],
        ["A bruise was seen on his shin today.", "He is two and climbs everywhere."],
        ["Baby Kit has no bruises.", "He is seven weeks old."],
        ["He is not rolling yet.", "The bruise was looked at by the paediatrician today."],
        ["A carbon monoxide alarm was fitted in the flat today and tested."],
        ["The CO alarm beeped because the battery was low."],
        ["Ned was missing since last night.", "He was found at his cousin's and is back home."],
        ["Her file has not been seen since yesterday."],
        ["The mother was shaken by the news this morning and holds the baby."],
        ["He has said goodbye to everyone at work, as he retires on Friday."],
        ["He is unresponsive to emails."],
        ["She could not wake him for school."],
        ["She cannot get up from the floor by herself and would like a rail."],
        ["He came to the session with a bat today.", "He is coming back next week."],
    ],
)
def test_what_only_sounds_alike_is_not_plain(said):
    assert not plain.is_said([unit(text) for text in (ADMIN[0], *said, ADMIN[1])])


def test_what_stands_far_away_is_not_near():
    bruise, roll = unit("Small bruise on the forearm."), unit("He does not roll yet.")
    calm = [unit("The house was warm.")] * 3
    assert plain.is_said([bruise, *calm[:1], roll])
    assert not plain.is_said([bruise, *calm, roll])


@pytest.mark.parametrize(
    "text",
    [
        "If a child has swallowed tablets, ring the poison line.",
        "If someone is unresponsive call an ambulance.",
        "Where a child is left alone at home, staff must tell the manager.",
        "The hall is full of boxes.",
        "He has not opened his post.",
        "She is at risk of exclusion.",
    ],
)
def test_advice_mess_and_a_place_at_risk_are_not_weighed(text):
    assert ordinary.without([unit(text)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "If anyone is there please ring me, a man has a knife.",
        "If someone rings the bell she must not open, he said that he will kill her.",
        "The hall is full of boxes and she is trapped under one.",
        "The hall is full of smoke and boxes.",
        "He has not opened his post and nobody has seen him.",
        "She is at risk of falling from the window.",
        "Tonight she is at risk of homelessness.",
    ],
)
def test_what_may_be_danger_is_weighed_though_it_begins_alike(text):
    assert ordinary.without([unit(text)]) == [unit(text)]


def test_an_exercise_is_not_weighed_but_what_stands_around_it_is():
    task = [
        unit("Scenario A for the training day."),
        unit("Mum rings: her ex is outside with a knife."),
        unit("What do you do?"),
    ]
    here = unit("One more thing: he is outside our school now.")
    assert ordinary.without(task) == []
    assert ordinary.without([here, *task, here]) == [here, here]


def test_a_question_without_names_is_no_exercise():
    asked = [unit("Scenario: he has locked her in and she is texting us."), unit("What would you do?")]
    assert ordinary.without(asked) == asked


def test_every_word_of_a_shape_can_stand_in_a_text():
    """Not one that becomes a class when a text is cut into words, such as “once”, which is a number."""
    data = facts("urgency_words.yaml")
    entries = [*data["plain"], *data["ordinary"], *data["advice"], data["exercise"]]
    words = {w for entry in entries for phrases in entry.values() for w in re.split(r"[,/\s]+", phrases)}
    assert [w for w in sorted(words - {""}) if w[0] not in "@~?" and w[-1] != "*" and tokens(w) != [w]] == []
