"""A mistake in a rule file: one sentence, with the file, the line and the column where it stands."""

from __future__ import annotations

import textwrap

import pytest

from referral_lint.engine import Linter
from referral_lint.errors import RuleError
from referral_lint.rules.load import load_rule

RULE = textwrap.dedent(
    """\
    id: ward-nicknames
    family: jargon
    severity: fix
    kind: phrase
    title: A nickname of a ward
    flags: Our own nicknames for wards.
    phrases:
      - "the {fishbowl,aquarium}"
    message: "“{words}” is our own name for a ward."
    suggestion: "Write the ward's real name."
    why: Nobody else knows it.
    source: ["Our guide, page 2"]
    examples:
      bad:
        - "He was moved to [the fishbowl] on 3 November."
        - "Please ring [the aquarium]."
      good:
        - "He was moved to Ward 7."
        - "They went to an aquarium in town."
    """
)


@pytest.fixture
def rule(tmp_path):
    """Loads the rule with one piece of it changed, or with a line more at its end, and builds what finds it."""

    def load(old: str = "", new: str = ""):
        assert old in RULE
        file = tmp_path / "ward-nicknames.yaml"
        file.write_text(RULE.replace(old, new, 1) if old else f"{RULE}{new}\n", "utf-8")
        loaded = load_rule(file)
        return Linter(rules=[loaded]).rules[0]

    return load


def test_the_rule_of_the_readme_loads(rule):
    assert [example.line for example in rule().bad] == [15, 16]


PHRASES = 'phrases:\n  - "the {fishbowl,aquarium}"'
KIND = f"kind: phrase\ntitle: A nickname of a ward\nflags: Our own nicknames for wards.\n{PHRASES}"
REGEX = "kind: regex\ntitle: A nickname\nflags: Nicknames.\npatterns:\n"


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ("id: ward-nicknames", "id: 123", "1:1", "'id' must be a text: put it in quotes"),
        ("id: ward-nicknames", "id: wards", "1:1", "'id' is 'wards', and the file must be named after it"),
        ("family: jargon", "family: slang", "2:1", "'family' cannot be 'slang': it is one of acronym, ambiguity"),
        ("severity: fix", "severity: grave", "3:1", "'severity' cannot be 'grave': it is one of stop, fix, think"),
        ("kind: phrase", "kind: phrases", "4:1", "'kind' cannot be 'phrases': it is one of phrase, frame"),
        ("kind: phrase\n", "", "1:1", "the rule lacks 'kind'"),
        ("title: A nickname of a ward", "title: 5", "5:1", "'title' must be a text"),
        ("title: A nickname of a ward", "title:", "5:1", "'title' must be a text"),
        ("title: A nickname of a ward\n", "", "1:1", "the rule lacks 'title'"),
        (PHRASES, 'phrases: "the fishbowl"', "7:1", "'phrases' must be a list: put “- ” before each entry"),
        (PHRASES, "phrases: []", "7:1", "'phrases' needs at least one entry"),
        (PHRASES, 'phrases: [a, " "]', "7:14", "an entry of 'phrases' must not be empty"),
        (PHRASES, "phrases: [a, on]", "7:14", "an entry of 'phrases' must be a text"),
        (PHRASES, 'phrases: ["{the ward,}"]', "7:11", "an entry of 'phrases' has a variant without words"),
        ('source: ["Our guide, page 2"]', "source: Our guide", "12:1", "'source' must be a list"),
        ("", "never: as text", "20:1", "'never' must be a list"),
        ("", "never: [A list: of wards]", "20:9", "an entry of 'never' must be a text"),
        ("", "scope: prose", "20:1", "'scope' must be a list"),
        ("", "scope: [prose, p]", "20:16", "an entry of 'scope' cannot be 'p': it is one of prose"),
        ("", "needs: [foo]", "20:9", "an entry of 'needs' cannot be 'foo': it is one of names"),
        ("", "flagz: none", "20:1", "'flagz' is not known here: the keys are id"),
        ("", "title: Once more", "20:1", "'title' stands here twice"),
        ("", "when: dated", "20:1", "'when' must be a list"),
        ("", "when: [undated]", "20:8", "an entry of 'when' cannot be 'undated': it is one of in-quotation"),
        ("", "unless:\n  - beside: ward", "21:5", "an entry of 'unless' must be one of near, before"),
        ("", 'unless:\n  - dated\n  - near: "("', "22:5", "'near' has a bad pattern: missing )"),
        ("", "unless:\n  - near: [ward, 7]", "21:18", "an entry of 'near' must be a text"),
        ("", "severity_when: [dated]", "20:1", "'severity_when' must be keys with values"),
        ("", "severity_when: {dated: grave}", "20:17", "'dated' cannot be 'grave': it is one of stop"),
        ("", "severity_when: {undated: fix}", "20:17", "'undated' is not known here: the keys are in-quotation"),
        ("", "variants: [{where: dated, message: A.}]", "20:12", "an entry of 'variants' lacks 'suggestion'"),
        (RULE[RULE.index("examples:") :], "examples: [a]", "13:1", "'examples' must be keys with values: bad, good"),
        ("  good:", "  fine:", "17:3", "'fine' is not known here: the keys are bad, good, known_misses"),
        ('    - "Please ring [the aquarium]."\n', "", "14:3", "'bad' needs at least two entries"),
        ("[the aquarium]", "the aquarium", "16:7", "an entry of 'bad' needs the expected words in [brackets]"),
        ('"He was moved to Ward 7."', "5", "18:7", "an entry of 'good' must be a text"),
        ('"He was moved to Ward 7."', "{mode: named}", "18:7", "an entry of 'good' lacks 'text'"),
        ('"He was moved to Ward 7."', "{text: a, mode: open}", "18:17", "'mode' cannot be 'open': it is one of named"),
        ('"He was moved to Ward 7."', "{text: a, today: now}", "18:17", "'today' must be a day, such as 2026-11-20"),
        ('"He was moved to Ward 7."', "{text: a, purposes: [x]}", "18:28", "an entry of 'purposes' cannot be 'x'"),
        (KIND, f"{REGEX}  - '('", "7:1", "bad pattern"),
        (KIND, f"{REGEX}  pattern: ward", "7:1", "'patterns' must be a list"),
        (KIND, "kind: token\ntitle: A\nflags: B.\npatterns: [{LOWER: a}]", "7:12", "an entry of 'patterns' must be a list"),
        (KIND, "kind: token\ntitle: A\nflags: B.\npatterns: [[{LOWR: a}]]", "7:1", "bad token pattern"),
        (KIND, "kind: frame\ntitle: A\nflags: B.\nframes: [the fishbowl]", "7:1", "bad frame"),
        (KIND, "kind: model\ntitle: A\nflags: B.\nlabel: JRG\nthreshold: half", "8:1", "'threshold' must be a number from 0"),
        (KIND, "kind: term\ntitle: A\nflags: B.\ntable: ours.tsv", "7:1", "'table' cannot be 'ours.tsv': it is one of jargon"),
        (KIND, "kind: statement\ntitle: A\nflags: B.\nstatement: wish", "7:1", "'statement' cannot be 'wish'"),
        (KIND, "kind: sharing\ntitle: A\nflags: B.\nstanding: explain", "7:1", "'standing' must be a list"),
        (KIND, "kind: python\ntitle: A\nflags: B.\ncheck: years", "7:1", "there is no check 'years'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(rule, old, new, place, why):
    with pytest.raises(RuleError) as told:
        rule(old, new)
    said = str(told.value)
    assert f"ward-nicknames.yaml:{place}: {why}" in said
    assert "\n" not in said


TWO = 'patterns:\n  - "(?P<words>fishbowl) (?P<bed>\\\\d)"\n  - "aquarium"'
SAYS = "“{words}” is our own name for a ward."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (SAYS, "“{words}” is {our} name.", ":9:1: 'message' cannot name {our}: this rule fills {words}"),
        (SAYS, "“{words.upper}”.", "'message' cannot name {words.upper}"),
        (SAYS, "“{words!r}”.", "'message' cannot name {words!r}"),
        (SAYS, "“{}”.", "'message' cannot name {}"),
        (SAYS, "“{words”.", "'message' has a brace that does not belong to a field"),
        ("Write the", "Write }", ":10:1: 'suggestion' has a brace that does not belong"),
        ("", 'variants:\n  - {where: dated, message: "{our}.", suggestion: A}', ":21:20: 'message' cannot name {our}"),
        ("", "variants:\n  - {where: {gives: bed}, message: A, suggestion: A}", ":21:14: 'gives' cannot be 'bed'"),
        (KIND, "kind: python\ntitle: A\nflags: B.\ncheck: clash\nnever: [{words}]", "an entry of 'never' must be a text"),
    ],
)  # fmt: skip
def test_a_field_that_nothing_fills_is_told_when_the_rule_is_loaded(rule, old, new, why):
    with pytest.raises(RuleError) as told:
        rule(old, new)
    assert why in str(told.value)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("kind: term\ntable: jargon.tsv", "plain"),
        ("kind: statement\nstatement: wishes", "missing"),
        ("kind: sharing\nstanding: [explain]", "who"),
        ("kind: python\ncheck: clash", "earlier"),
        ('kind: regex\npatterns: ["(?P<bed>a)(?P<words>b)", "(?P<bed>c)"]', "bed"),
    ],
)
def test_a_kind_and_a_check_fill_fields_of_their_own(tmp_path, kind, field):
    file = tmp_path / "ward-nicknames.yaml"
    common = RULE.replace(f"{PHRASES}\n", "").replace("kind: phrase", kind)
    file.write_text(common.replace(SAYS, f"“{{words}}” {{{field}}}."), "utf-8")
    assert field in load_rule(file).message
    file.write_text(common.replace(SAYS, "“{words}” {nothing}."), "utf-8")
    with pytest.raises(RuleError, match=field):
        load_rule(file)


def test_a_field_of_one_pattern_of_several_is_for_a_variant_alone(rule):
    regex = f"kind: regex\ntitle: A\nflags: B.\n{TWO}"
    with pytest.raises(RuleError, match=r"cannot name \{bed\}"):
        rule(f'{KIND}\nmessage: "{SAYS}"', f'{regex}\nmessage: "{{bed}}"')
    variant = 'variants:\n  - {where: {gives: bed}, message: "{bed}", suggestion: A}'
    assert rule(KIND, f"{regex}\n{variant}").variants


@pytest.mark.parametrize("phrase", ["the {fishbowl,aquarium", "the fishbowl,aquarium}", "the {fish,{gold,}fish bowl"])
def test_a_brace_without_its_other_half_does_not_load(rule, tmp_path, phrase):
    with pytest.raises(RuleError, match="without its other half") as error:
        rule("the {fishbowl,aquarium}", phrase)
    assert (error.value.line, error.value.path) == (8, tmp_path / "ward-nicknames.yaml")


def test_a_brace_without_its_other_half_in_a_frame_does_not_load(rule):
    with pytest.raises(RuleError, match="without its other half"):
        rule(KIND, KIND.replace("phrase", "frame", 1).replace(PHRASES, 'frames:\n  - "[the] {fishbowl,aquarium"'))
