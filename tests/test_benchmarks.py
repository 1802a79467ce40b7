"""What the benchmarks measure with: documents of the size that was asked for, and a picture that can be drawn."""

from xml.etree import ElementTree

import pytest

from tests.benchmarks import curve, documents, measure
from tests.benchmarks.measure import Figure


@pytest.mark.parametrize("words", [200, 3000])
def test_a_letter_has_about_the_words_asked_for(words):
    assert words <= len(documents.letter(words).split()) < words + 300


def test_more_documents_than_there_are_come_again():
    assert len(documents.some(250)) == 250
    assert not any("{{" in text or text.startswith("---") for text in documents.some(250))


def test_the_picture_has_a_point_for_each_figure():
    drawn = ElementTree.fromstring(curve.picture([(10, 30.0), (2000, 31.0)], [(1000, 0.1), (200_000, 20.0)]))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == 4


def test_a_program_that_is_not_there_has_no_figure_and_the_others_go_on():
    tasks = {"none": lambda: measure.run(["no-such-program"]), "one": lambda: Figure(2.0, 10.0)}
    assert measure.in_turn(tasks, 3) == {"none": None, "one": Figure(2.0, 10.0)}
