"""The component in somebody else's pipeline."""

import subprocess
import sys

import pytest
import spacy

import referral_lint.spacy_component  # noqa: F401  (registers the factory)


@pytest.fixture
def nlp():
    blank = spacy.blank("en")
    blank.add_pipe("referral_lint")
    return blank


@pytest.mark.parametrize("before", ["", "\ufeff", "\0", "Tuesday.\r\n\r\n"])
def test_findings_lie_on_the_words_of_the_doc(nlp, before):
    doc = nlp(f"{before}He is regularly late. See you on 3 December 2026.")
    assert [(f.rule, doc.char_span(*f.span).text) for f in doc._.findings] == [("vague-frequency", "regularly")]


@pytest.mark.parametrize("text", ["", " ", "See you on 3 December 2026."])
def test_nothing_to_say(nlp, text):
    assert nlp(text)._.findings == ()


def test_packs_can_be_chosen(tmp_path):
    (tmp_path / "pack.yaml").write_text("name: ours\nversion: '1'\n")
    blank = spacy.blank("en")
    blank.add_pipe("referral_lint", config={"packs": [str(tmp_path)]})
    assert blank("He is regularly late.")._.findings == ()


def test_without_an_import_an_installed_copy_is_found_by_its_entry_point():
    # Not installed here, perhaps: then spaCy must be told by an import, and says so plainly.
    program = (
        "import sys, spacy; from importlib.metadata import entry_points\n"
        "if not list(entry_points(group='spacy_factories', name='referral_lint')):\n"
        "    import referral_lint.spacy_component\n"
        "nlp = spacy.blank('en'); nlp.add_pipe('referral_lint')\n"
        "print(len(nlp('He is regularly late.')._.findings))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1", done.stderr
