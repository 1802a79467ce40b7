"""All that stands in rules/data has a reader: what nobody reads would be edited in vain."""

import re

import pytest

from referral_lint.facts import facts, rows
from referral_lint.paths import RULES

ROOT = RULES.parent
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "referral_lint").rglob("*.py")))
CORE = "\n".join(path.read_text("utf-8") for path in sorted((RULES / "core").rglob("*.yaml")))
FILES = sorted(path.name for path in (RULES / "data").iterdir())
SOURCES = "acronym_sources.tsv"  # what the codes of acronyms.tsv stand for: for people
# Where a name is no key of the code: the whole mapping is gone through, or a pattern names the entry.
ENTRIES = {
    "purposes.yaml": "purposes", "categories.yaml": "categories", "private_facts.yaml": "groups", "statement_words.yaml": "statements",
}  # fmt: skip
GONE_THROUGH = ("given_names.yaml", "identity_pointers.yaml", "numbers.yaml", "word_classes.yaml")


@pytest.mark.parametrize("name", [name for name in FILES if name != SOURCES])
def test_each_file_is_named_in_the_code(name):
    assert f'"{name}"' in CODE


@pytest.mark.parametrize("name", [n for n in FILES if n.endswith(".yaml") and n not in GONE_THROUGH])
def test_each_key_is_asked_for(name):
    entries = facts(name)[ENTRIES[name]].values() if name in ENTRIES else ()
    keys = {*facts(name), *(key for entry in entries for key in entry)}
    assert not [key for key in sorted(keys) if not re.search(rf"[\"'{{]{key}[\"'}}]", CODE)]


@pytest.mark.parametrize("name", sorted(facts("word_classes.yaml")))
def test_each_class_of_words_stands_in_a_pattern(name):
    classes = (RULES / "data" / "word_classes.yaml").read_text("utf-8")
    assert f"<{name}>" in CORE + classes or f'"{name}"' in CODE


def test_each_source_of_an_abbreviation_is_told():
    codes = {code.strip() for row in rows("acronyms.tsv") for code in re.split("[|,;]", row["source_codes"])}
    assert codes - {""} <= {row["code"] for row in rows(SOURCES)}
