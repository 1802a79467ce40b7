"""Comma-separated values."""

from __future__ import annotations

import pytest

from referral_lint.model import Document, Source
from referral_lint.readers import csv, read


def doc(data: bytes) -> Document:
    (document,) = read(Source("list.csv", data))
    return document


@pytest.mark.parametrize(
    "data", [b"Name,School\nIsla,Hallbeck\n", b"Name;School\r\nIsla;Hallbeck\r\n", b"Name\tSchool\nIsla\tHallbeck"]
)
def test_whatever_separates_the_cells(data: bytes) -> None:
    document = doc(data)
    assert document.text == "Name\tSchool\nIsla\tHallbeck"
    assert dict(document.blocks[-1].where) == {"row": 2, "column": 2}


def test_quotes_line_breaks_and_old_encodings() -> None:
    document = doc('Name,Note\nIsla,"said ""no"",\nthen café"\n'.encode("cp1252"))
    assert document.text.endswith('Isla\tsaid "no",\nthen café')


def test_a_file_that_is_no_text_says_so() -> None:
    assert "not text" in doc(bytes(range(32)) * 40).gaps[0].why


def test_a_cell_beyond_all_limits_is_still_read() -> None:
    assert len(doc(b'"' + b"x" * 200_000 + b'",b').text) > 200_000


@pytest.mark.parametrize("rows", [[",".join("a" * 80)] * 2, ["a,b"] * 80])
def test_a_table_without_end_is_cut_and_says_so(rows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "_MOST_CELLS", 100)
    document = doc("\n".join(rows).encode())
    assert len(document.text.split()) == 100
    assert "first 100 cells" in document.gaps[0].why


@pytest.mark.parametrize("piece", ['"\n', ',"', ',"a', 'a,"b\n', "','"])
def test_quotation_marks_without_end_are_looked_at_in_a_short_sample(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples: list[str] = []
    real = csv.csv.Sniffer.sniff

    def sniff(self: object, sample: str, delimiters: str) -> object:
        samples.append(sample)
        return real(self, sample, delimiters)  # type: ignore[arg-type]

    monkeypatch.setattr(csv.csv.Sniffer, "sniff", sniff)
    doc(b"Isla" + piece.encode() * 5_000)
    assert [len(sample) for sample in samples] == [2_000]


def test_cells_in_quotation_marks_are_parted_all_the_same() -> None:
    assert doc(b'"Isla";"late"\n' * 800).text.startswith("Isla\tlate\nIsla\tlate")
