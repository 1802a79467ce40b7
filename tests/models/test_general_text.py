"""What the network learns from texts that nobody marked: firm readings, doubts marked as such, other names."""

import itertools

import pytest

from referral_lint.paths import MODELS


@pytest.fixture(autouse=True)
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS / "scripts"))


def test_the_teacher_is_believed_where_it_says_the_same_everywhere_or_a_list_agrees():
    import teacher

    def read(text: str, *called: str) -> list[tuple[str, list[tuple[int, int, str]]]]:
        return [(text, [(0, len(text), label)]) for label in called]

    town, new = read("Vessby", "PLACE", "PLACE", "PLACE", "PERSON"), read("Zuvanni", "PERSON")
    known, plain = read("Kayden Quorl", "PERSON"), read("Water", "PERSON")
    said = teacher.Said([*town, *new, *known, *plain])
    labels = [[label for *_, label in said.firm(piece)[1]] for piece in (town[3], new[0], known[0], plain[0])]
    assert labels == [["PLACE"], [teacher.UNKNOWN], ["PERSON"], []]


def test_the_same_person_has_the_same_other_name_throughout():
    import teacher
    from generate import Grammar

    text, spans = teacher.renamed(
        ("Kayden Oduya left. Oduya rang Leeds.", [(0, 12, "PERSON"), (19, 24, "PERSON"), (30, 35, "PLACE")]), Grammar(3)
    )
    full, last, place = (text[start:end] for start, end, _ in spans)
    assert full.endswith(f" {last}")
    assert place == "Leeds"
    assert "Oduya" not in text


def test_drafts_that_nobody_marked_are_read_by_the_network_that_stands():
    import later

    for draft in itertools.islice(later.drafts(), 3):
        assert {label for *_, label in draft.names} <= {"PERSON", "ORG", "PLACE", "DATE", later.UNKNOWN}
        assert any(label == "PERSON" for *_, label in draft.names)
        assert all(end <= start for (_, end, _), (start, _, _) in itertools.pairwise(draft.names))
