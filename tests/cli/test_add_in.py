"""`referral-lint add-in`: writes what it says, where it says."""

import zipfile

import pytest

from referral_lint.cli import run


def test_it_writes_the_package_for_thunderbird(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["add-in", "thunderbird", "--port", "9000"]) == 0
    with zipfile.ZipFile("referral-lint.xpi") as made:
        assert b"127.0.0.1:9000" in made.read("place.js")
    assert "referral-lint.xpi" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["notepad"], [], ["thunderbird", "--port", "0"]])
def test_a_mistake_is_said(arguments):
    assert run(["add-in", *arguments]) == 2


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    assert run(["add-in", "thunderbird", "--output", str(tmp_path / "none" / "x.xpi")]) == 2
    assert "cannot be written" in capsys.readouterr().err
