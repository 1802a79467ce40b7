"""The commands beside `check`, and what all commands have in common."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from referral_lint import __version__
from referral_lint.cli import group, review, run
from referral_lint.cli.rules import test as rules_test
from referral_lint.config import NAME, Config
from referral_lint.facts import facts
from referral_lint.in_force import every_rule
from referral_lint.review import audit
from referral_lint.rules.docs import guidance, markdown

REVIEW = "He is regularly late.\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys, *arguments):
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_version(capsys):
    assert said(capsys, "--version") == (0, f"referral-lint {__version__}\n", "")


def test_help_names_every_command_that_is_there(capsys):
    code, out, _ = said(capsys, "--help")
    assert code == 0
    for name, (entry, line) in group.COMMANDS.items():
        there = group._is_there(entry)
        assert (f"  {name} " in out) is there
        assert there is (line in " ".join(out.split()))


def test_no_command_at_all_is_a_mistake(capsys):
    code, out, err = said(capsys)
    assert code == 2
    assert "Usage:" in out + err


LIGHT = [
    (["--help"], 0),
    (["check", "--help"], 0),
    (["rules"], 0),
    (["rules", "--markdown"], 0),
    (["explain", "vague-frequency"], 0),
    (["init"], 0),
    (["config"], 0),
    (["check", "--config", "nowhere.toml", "a.txt"], 2),
    (["check", "--off", "no-such-rule", "a.txt"], 2),
    (["check", "--rule", "no-such-rule", "a.txt"], 2),
]


def test_what_needs_no_language_does_not_wait_for_it():
    program = (
        "import sys; from referral_lint.cli import run\n"
        f"for arguments, wanted in {LIGHT!r}:\n"
        "    code = run(arguments)\n"
        "    heavy = [name for name in ('spacy', 'thinc') if name in sys.modules]\n"
        "    if heavy or code != wanted: sys.exit(f'{arguments}: {code} {heavy}')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr


def test_a_check_loads_no_language_library_and_no_network_client(here):
    (here / "a.txt").write_text(REVIEW)
    program = (
        "import sys; from referral_lint.cli import run\n"
        "run(['check', 'a.txt'])\n"
        "heavy = {'spacy', 'thinc', 'http.client', 'urllib3', 'requests', 'httpx'} & sys.modules.keys()\n"
        "if heavy: sys.exit(f'{heavy}')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr


def test_samples_of_every_kind_are_checked_with_the_network_off():
    samples = Path(group.__file__).parents[2] / "samples"
    names = [str(next(samples.glob(f"*.{kind}"))) for kind in ("docx", "pdf", "eml", "rtf", "txt")]
    program = (
        "import sys\n"
        "def deny(event, _details):\n"
        "    if event.startswith(('socket.', 'urllib.', 'http.', 'smtplib.', 'ftplib.')): raise PermissionError(event)\n"
        "sys.addaudithook(deny)\n"
        "from referral_lint.cli import run\n"
        f"sys.exit(run(['check', '--format', 'json', '--fail-on', 'never', *{names!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["documents"]) == len(names)


def environment(**more):
    return {**os.environ, "PYTHONPATH": str(Path(group.__file__).parents[2]), **more}


def test_a_reader_who_leaves_early_is_no_fault(here):
    (here / "a.txt").write_text(REVIEW * 50)
    command = [sys.executable, "-m", "referral_lint", "check", "a.txt", "--format", "line"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        process.stdout.close()
        error = process.stderr.read()
        assert process.wait() == 1  # what the check found, not what became of the pipe
    assert error == b""


def test_not_a_terminal_gets_no_colour(here):
    (here / "a.txt").write_text(REVIEW)
    command = [sys.executable, "-m", "referral_lint", "check", "a.txt"]
    done = subprocess.run(command, capture_output=True, env=environment(LC_ALL="C", PYTHONUTF8="0"))
    assert b"\x1b" not in done.stdout
    assert "“regularly”" in done.stdout.decode("utf-8")  # whatever the machine's locale


@pytest.mark.skipif(os.name != "posix", reason="terminals of this kind are a thing of Unix")
@pytest.mark.parametrize(("more", "coloured"), [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colour_unless_it_wants_none(here, more, coloured):
    import pty

    (here / "a.txt").write_text(REVIEW)
    env = {key: value for key, value in environment().items() if key != "NO_COLOR"} | more
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "referral_lint", "check", "a.txt", "a.txt"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=env) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
        assert process.wait() == 1
    os.close(ours)
    assert (b"\x1b[" in seen) is coloured
    assert b"Checking 2 of 2" in seen


def test_init_writes_once_and_never_over(capsys, here):
    assert said(capsys, "init")[0] == 0
    first = (here / NAME).read_text()
    code, _, err = said(capsys, "init")
    assert code == 2
    assert "left as it is" in err
    assert (here / NAME).read_text() == first


def test_config_says_what_is_in_force_and_from_where(capsys, here):
    assert "everything is as built in" in said(capsys, "config")[1]
    (here / NAME).write_text('[sender]\nagency = "housing"\n')
    _, out, _ = said(capsys, "config")
    line = next(line for line in out.splitlines() if line.startswith("sender.agency"))
    assert line.split() == ["sender.agency", '"housing"', f"{NAME}:2"]


def test_a_mistake_in_the_configuration_is_2_with_its_place(capsys, here):
    (here / NAME).write_text("\nfail_on = 3\n")
    (here / "a.txt").write_text(REVIEW)
    code, out, err = said(capsys, "check", "a.txt")
    assert (code, out) == (2, "")
    assert err.startswith(f"referral-lint: {here / NAME}:2: 'fail_on' wants")


def test_the_configuration_counts(capsys, here):
    (here / NAME).write_text('off = ["vague-frequency"]\n')
    (here / "a.txt").write_text(REVIEW)
    assert said(capsys, "check", "a.txt")[0] == 0
    (here / "own.toml").write_text('fail_on = "never"\n')
    assert said(capsys, "check", "--config", "own.toml", "a.txt")[0] == 0
    assert said(capsys, "check", "--config", "own.toml", "--fail-on", "fix", "a.txt")[0] == 1


def test_rules_lists_them_with_what_is_switched_off(capsys, here):
    (here / NAME).write_text('off = ["vague-frequency"]\n')
    _, out, _ = said(capsys, "rules")
    rules, _ = every_rule(Config())
    assert len(out.splitlines()) == len(rules)
    line = next(line for line in out.splitlines() if line.startswith("vague-frequency"))
    assert "ambiguity" in line
    assert "(switched off)" in line


def test_rules_test_runs_the_examples(capsys):
    code, _, err = said(capsys, "rules", "test", "vague-frequency")
    assert code == 0
    assert "Rules: 1." in err
    assert rules_test.name == "test"


def test_rules_test_of_a_pack_of_ones_own(capsys, here):
    pack = here / "ours"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: ours\nversion: '1'\n")
    (pack / "no-shouting.yaml").write_text(
        "id: no-shouting\nfamily: jargon\nseverity: fix\nkind: phrase\ntitle: t\nflags: f\nmessage: m\n"
        "suggestion: s\nwhy: w\nsource: [S26]\nphrases: [urgent]\n"
        "examples:\n  bad: ['It is [urgent].', 'Also [late].']\n  good: ['Fine.', 'Good.']\n"
    )
    (here / NAME).write_text('packs = ["ours"]\n')
    code, out, err = said(capsys, "rules", "test")
    assert code == 2
    assert "no-shouting.yaml" in out
    assert "Examples: 4, 1 went wrong." in err


def test_the_reference_has_every_rule_and_every_line_of_the_guidance():
    rules, _ = every_rule(Config())
    page = markdown(rules)
    assert all(f"\n### {rule.id}\n" in page for rule in rules)
    assert [code for code, _, _ in guidance(rules)] == facts("guidance.yaml")["lines"]
    assert {code for code, _, answer in guidance(rules) if "`vague-frequency`" in answer} == {"S26", "S28"}


@pytest.mark.parametrize("name", ["child's-words-changed", "childs-words-changed", "Childs-Words-Changed"])
def test_explain_with_and_without_the_apostrophe(capsys, name):
    code, out, _ = said(capsys, "explain", name)
    assert code == 0
    assert out.startswith("child's-words-changed · a question · opinion\n")


def test_explain_shows_the_words_that_are_meant(capsys):
    _, out, _ = said(capsys, "explain", "vague-frequency")
    for title in ("What it looks for", "Why", "Where this comes from", "It finds", "It leaves alone"):
        assert f"\n{title}\n" in out
    assert "[regularly]" in out
    assert "clear, unambiguous language" in out
    assert "it comes right after “how” or “as”\n" in out  # and no pattern
    assert "\\b" not in out


def test_explain_suggests_near_names(capsys):
    code, out, err = said(capsys, "explain", "vague-frequencey")
    assert (code, out) == (2, "")
    assert "did you mean vague-frequency" in err


def findings_of(capsys, name="a.txt"):
    code, out, _ = said(capsys, "check", name)
    words = [line.split() for line in out.splitlines()]
    return code, [line[1] for line in words if len(line) == 2 and line[0] == "vague-frequency"]


def test_waive_leaves_a_finding_as_it_is_until_its_words_change(capsys, here):
    (here / "a.txt").write_text(REVIEW)
    code, (print_,) = findings_of(capsys)
    assert code == 1
    code, _, err = said(capsys, "waive", "a.txt", print_, "--reason", "Those are her words", "--by", "A. Lee")
    assert (code, "Left as it is: vague-frequency" in err) == (0, True)
    code, out, _ = said(capsys, "check", "a.txt")
    assert code == 0
    assert "Those are her words (A. Lee, " in out
    (here / "a.txt").write_text("Seen on 3 May 2026.\n\n" + REVIEW)
    assert said(capsys, "check", "a.txt")[0] == 0
    (here / "a.txt").write_text("He is regularly hungry.\n")
    code, out, _ = said(capsys, "check", "a.txt")
    assert code == 1
    assert "no longer matches anything" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["waive", "a.txt", "ffffffff", "--reason", "x"], "No finding"),
        (["waive", "a.txt", "ff", "--reason", "x"], "first 6 characters"),
        (["waive", "a.txt", "ffffffff"], '--reason "why it stays as it is"'),
        (["waive", "a.txt", "ffffffff", "--reason", " "], "needs a reason"),
        (["waive", "b.txt", "ffffffff", "--reason", "x"], "no such file"),
    ],
)
def test_waive_says_what_is_wrong(capsys, here, arguments, words):
    (here / "a.txt").write_text(REVIEW)
    code, _, err = said(capsys, *arguments)
    assert code == 2
    assert words in err
    assert [path.name for path in here.iterdir()] == ["a.txt"]


def test_waive_takes_several_codes_for_one_reason_or_none_of_them(capsys, here):
    (here / "a.txt").write_text(REVIEW + "\nShe is often tired after school.\n")
    _, codes = findings_of(capsys)
    assert len(codes) > 1
    assert said(capsys, "waive", "a.txt", codes[0], "ffffffff", "--reason", "x")[0] == 2
    assert [path.name for path in here.iterdir()] == ["a.txt"]
    assert said(capsys, "waive", "a.txt", *codes, codes[0], "--reason", "The dates are in the list")[0] == 0
    assert said(capsys, "check", "a.txt")[1].count("The dates are in the list") == len(codes)


def test_waive_twice_is_said(capsys, here):
    (here / "a.txt").write_text(REVIEW)
    _, (print_,) = findings_of(capsys)
    assert said(capsys, "waive", "a.txt", print_, "--reason", "One")[0] == 0
    code, _, err = said(capsys, "waive", "a.txt", print_, "--reason", "Two")
    assert code == 2
    assert "One" in err


def test_what_a_sample_can_be_spread_over_is_told_as_it_is():
    assert tuple(audit.STRATA) == review.STRATA


@pytest.mark.parametrize(("folder", "words"), [("none", "there is no such folder"), ("a.txt", "that is a file; name")])
def test_review_wants_a_folder(capsys, here, folder, words):
    (here / "a.txt").write_text(REVIEW)
    code, _, err = said(capsys, "review", folder, "-o", "out")
    assert code == 2
    assert words in err


def test_nothing_pasted_is_no_empty_file(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, out, _ = said(capsys, "check", "-")
    assert code == 3
    assert "Nothing was pasted" in out


def test_the_guidance_that_rules_cite_is_named(capsys):
    _, out, _ = said(capsys, "explain", "vague-frequency")
    assert "“Sharing information about children, young people and their families”" in " ".join(out.split())
    _, out, _ = said(capsys, "rules", "--markdown")
    assert out.count("“Sharing information about children, young people and their families”") == 1
