"""The configuration: every key known, every value with its place, every mistake with file and line."""

import tomllib
from dataclasses import fields, is_dataclass

import pytest

from referral_lint.cli.config import written
from referral_lint.cli.init import sample
from referral_lint.config import NAME, Config, find, load
from referral_lint.config_keys import AGENCIES, KEYS, NATIONS
from referral_lint.errors import ConfigError
from referral_lint.facts import rows
from referral_lint.in_force import every_rule, rules_in_force, setting_of
from referral_lint.model import Severity
from referral_lint.understanding.agencies import SECTORS


@pytest.fixture
def configured(tmp_path):
    def write(text):
        path = tmp_path / NAME
        path.write_text(text, encoding="utf-8")
        return load(path)

    return write


def test_without_a_file_everything_is_built_in(tmp_path):
    config = load(start=tmp_path)
    assert config == Config()
    assert config.origin("nation") == "built in"


def test_the_nearest_file_upward_counts(tmp_path):
    deep = tmp_path / "team" / "drafts"
    deep.mkdir(parents=True)
    (tmp_path / NAME).write_text('nation = "Wales"\n')
    assert load(start=deep).nation == "Wales"
    (tmp_path / "team" / NAME).write_text('nation = "Scotland"\n')
    assert load(start=deep).nation == "Scotland"
    assert find(deep) == tmp_path / "team" / NAME


def test_every_kind_of_value(configured, tmp_path):
    config = configured(
        """
nation = "Wales"
known_words = ["EHCP"]

[sender]
agency = "education"
domains = "@School.example.org"  # one text is a list of one

[severities]
vague-time = "think"

[local]
procedures = "https://procedures.example.org/"
duty_team = "01632 960001"
"""
    )
    assert config.sender.domains == ("@School.example.org",)
    assert config["local.duty_team"] == "01632 960001"
    assert config.severities == {"vague-time": "think"}
    assert config.origin("sender.agency") == f"{NAME}:6"
    assert config.origin("local.area") == "built in"
    setting = setting_of(config)
    assert (setting.sender, setting.nation, setting.own_domains) == ("education", "Wales", ("school.example.org",))
    assert setting.known_words == {"EHCP"}
    assert setting.local.procedures == "https://procedures.example.org/"
    assert config.folder == tmp_path


@pytest.mark.parametrize("written", ["school.example", "@school.example", "*.school.example", ".School.example "])
def test_ends_of_addresses_as_people_write_them(configured, written):
    config = configured(f'[recipients]\nsecure_domains = ["{written}"]\n')
    assert setting_of(config).secure_domains == ("school.example",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nnatoin = "Wales"\n', 2, "did you mean 'nation'"),
        ("[sender]\nagency = 3\n", 2, "wants a text in quotes"),
        ('[sender]\nagency = "school"\n', 2, "one of education"),
        ('[sender]\n\ncolour = "red"\n', 3, "unknown key 'sender.colour'"),
        ('[colours]\nred = "x"\n', 1, "unknown key 'colours'"),
        ('sender = "me"\n', 1, "is a section"),
        ('off = [1, 2]\n', 1, "wants a list of texts"),
        ('[severities]\nvague-time = "grave"\n', 2, "one of stop, fix, think"),
        ("severities = 3\n", 1, "wants names and texts"),
        ('[local]\nprocedures = "javascript:alert(1)"\n', 2, "wants a web address"),
        ('nation = "Atlantis"\n', 1, "one of England"),
        ('sender = { agency = "nobody" }\n', 1, "one of education"),
        ("packs = []\n", 1, "'packs' cannot be empty: write packs = [\"core\", \"our-rules\"]"),
        ('[sender]\ndomains = "http://school.example.org"\n', 2, "what follows the @, without http://"),
        ('[recipients]\nsecure_domains = ["a.example.org", "northfield"]\n', 2, "not 'northfield'"),
        ("[decisions]\nkeep_days = -3\n", 2, "cannot be less than 0. After how many days"),
        ('[sender]\nagency = "health"\noff = ["vague-time"]\n', 3, "move it above [sender] and every other [section]"),
        ('[[mail.policy]]\nmode = "ask"\noff = ["vague-time"]\n', 3, "'off' belongs to no section"),
        ("[local]\nduty_team = 01632960111\n", 2, 'put it in straight quotes: duty_team = "01632960111"'),
        ("nation = “Wales”  # ours\n", 1, 'straight quotes: nation = "Wales"'),
        ('off = []\nknown_words = [TAF, "EHCP"]\n', 2, 'straight quotes: known_words = ["TAF", "EHCP"]'),
        ("fail_on = fix\n", 1, 'straight quotes: fail_on = "fix"'),
        ("[mail]\nseconds = 10s\n", 2, "not a valid configuration file: Expected newline"),
        ("nation = \n", 1, "not a valid configuration file"),
        ('nation = "Wales"\nnation = "Wales"\n', 2, "not a valid configuration file"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line(configured, tmp_path, text, line, words):
    with pytest.raises(ConfigError) as error:
        configured(text)
    assert str(error.value).startswith(f"{tmp_path / NAME}:{line}:")
    assert words in str(error.value)


def test_capitals_do_not_matter_where_there_is_a_choice(configured):
    config = configured('nation = "northern ireland"\nfail_on = "Stop"\n[sender]\nagency = "Education"\n')
    assert (config.nation, config.fail_on, config.sender.agency) == ("Northern Ireland", "stop", "education")


@pytest.mark.parametrize("data", [b"nation = '\xff'", b"#" * 1_000_001, b"x = " + b"[" * 50_000])
def test_a_hostile_file_is_one_sentence(tmp_path, data):
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(ConfigError):
        load(tmp_path / NAME)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "line"), [('off = ["vague-tme"]\n', 1), ('[severities]\n# one\nvague-tme = "fix"\n', 3)]
)
def test_a_rule_that_there_is_not(configured, text, line):
    with pytest.raises(ConfigError, match="did you mean vague-time") as error:
        rules_in_force(configured(text))
    assert error.value.line == line


def test_rules_in_force(configured):
    config = configured('off = ["vague-time"]\n[severities]\n"childs-words-changed" = "stop"\n')
    names = {rule.id for rule in rules_in_force(config)[0]}
    assert "vague-time" not in names
    assert len(names) == len(every_rule(config)[0]) - 1
    changed = next(rule for rule in every_rule(config)[0] if rule.id == "child's-words-changed")
    assert changed.severity is Severity.STOP
    only = rules_in_force(config, ["vague-time"])[0]
    assert [rule.id for rule in only] == ["vague-time"]


def test_the_command_line_counts_more(configured):
    config = configured('nation = "Wales"\n').having({"nation": "Scotland", "recipients.agency": ("health",)}, "--to")
    assert (config.nation, config.recipients.agency) == ("Scotland", ("health",))
    assert config.origin("recipients.agency") == "--to"


def test_what_the_command_line_says_wrongly_is_not_laid_on_the_file(configured):
    config = configured('nation = "Wales"\n').having({"off": ("vague-tme",)}, "--off")
    with pytest.raises(ConfigError, match=r"^--off: there is no rule 'vague-tme'") as error:
        rules_in_force(config)
    assert error.value.path is None


def test_every_key_is_explained_and_nothing_else_is():
    found = set()
    for one in fields(Config):
        value = getattr(Config(), one.name)
        if is_dataclass(value):
            found |= {f"{one.name}.{inner.name}" for inner in fields(value)}
        elif one.name not in ("path", "origins", "lines"):
            found.add(one.name)
    assert found == set(KEYS)


def test_what_init_writes_can_be_read_as_it_is_and_with_everything_switched_on(configured):
    assert configured(sample()).nation == "England"
    lines = [line.removeprefix("# ") if " = " in line else line for line in sample().splitlines()]
    config = configured("\n".join(lines))
    assert {key for key in KEYS if config.origin(key) != "built in"} == set(KEYS)
    assert tomllib.loads(f"x = {written(config.severities)}") == {"x": {"vague-time": "think"}}


def test_agencies_are_those_of_the_rules():
    named = {part.strip() for row in rows("acronyms.tsv") for part in row["sectors"].replace("|", "\0").split("\0")}
    assert named | set(SECTORS) == set(AGENCIES)


def test_nations_are_those_of_the_rules():
    named = {nation for row in rows("superseded.tsv") for nation in row["nations"].split(", ")}
    assert named == set(NATIONS)


def test_a_pack_that_is_not_there_is_told_with_its_line(configured):
    with pytest.raises(
        ConfigError, match=r"referral-lint\.toml:2: packs: there is no rule pack 'ours': keep core, and beside it name"
    ):
        every_rule(configured('nation = "Wales"\npacks = ["core", "ours"]\n'))


def test_what_is_never_closed_is_told_with_the_last_line(configured):
    with pytest.raises(ConfigError, match=r"referral-lint\.toml:3: this is not a valid configuration file"):
        configured('nation = "Wales"\noff = [\n  "vague-time",\n\n')
