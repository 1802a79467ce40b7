"""Waivers: found again after edits elsewhere, only there, and without any of the draft's words."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_lint import waivers as module
from referral_lint.config import Config
from referral_lint.config_keys import WaiverFiles
from referral_lint.errors import ConfigError
from referral_lint.model import Block, BlockKind, Document, DocumentReport, Finding, Gap, Severity, Span, Waiver
from referral_lint.waivers import FILE, Waivers, add, read, secret_key, waivers_from

KEY = b"0123456789abcdef"
EVERY = {"vague-frequency", "no-recipient"}


def report(text, *words, source="draft.txt", whole=False, gaps=()):
    """One finding for each of `words`, in order; blocks are paragraphs between empty lines."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(at, at + len(part), BlockKind.PARAGRAPH))
        at += len(part) + 2
    findings, at = [], 0
    for one in words:
        at = text.index(one, at)
        findings.append(finding("vague-frequency", Span(at, at + len(one)), one))
        at += len(one)
    if whole:
        findings.insert(0, finding("no-recipient", None, ""))
    return DocumentReport(Document(source, text, tuple(blocks), gaps=gaps), findings=tuple(findings), gaps=gaps)


def finding(rule, span, text):
    return Finding(rule, "family", Severity.FIX, "message", "suggestion", "why", "S1", span, text)


def marked(*reports, file=None):
    return Waivers(KEY, file).apply(reports, EVERY)


def prints(one):
    return [f.fingerprint for f in marked(one)[0].findings]


def test_a_fingerprint_says_nothing_and_has_its_length():
    (one,) = prints(report("He is often late.", "often"))
    assert len(one) == 16
    assert int(one, 16) >= 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_edits_elsewhere_do_not_change_it(before, after):
    text = "He is often late for school."
    around = report("\n\n".join((before.replace("often", ""), text, after)), "often")
    assert prints(around) == prints(report(text, "often"))


def test_what_does_not_matter_does_not_change_it():
    plain = prints(report("She said he's often late for school.", "often"))
    assert prints(report("She said,  he’s   OFTEN\nlate for school.", "OFTEN")) == plain


@pytest.mark.parametrize(
    "text", ["He is sometimes late for school.", "He is often early for school.", "She is often late for school."]
)
def test_other_words_are_another_finding(text):
    words = "sometimes" if "sometimes" in text else "often"
    assert prints(report(text, words)) != prints(report("He is often late for school.", "often"))


def test_identical_faults_are_told_apart():
    one, two, three = prints(report("He is often late.\n\nHe is often late.\n\nHe is often late.", *["often"] * 3))
    assert len({one, two, three}) == 3
    assert prints(report("He is often late.\n\nHe is often late.", "often", "often")) == [one, two]


def test_another_key_gives_other_fingerprints():
    one = report("He is often late.", "often")
    assert Waivers(b"another key of ours").apply([one], EVERY)[0].findings[0].fingerprint != prints(one)[0]


@pytest.mark.parametrize(
    ("other", "same"), [("Jay letter v2.txt", True), ("old/Jay Letter FINAL.docx", True), ("Jay letter 2.txt", False)]
)
def test_a_finding_about_the_whole_follows_the_name_of_the_draft(other, same):
    first, second = (prints(report("Hello.", whole=True, source=name))[0] for name in ("Jay letter.txt", other))
    assert (first == second) is same


def test_a_waiver_is_kept_and_applied(tmp_path):
    source = str(tmp_path / "draft.txt")
    one = report("Jay Bright is often late, as everybody knows.", "often", source=source)
    known = Waivers(KEY)
    place = known.file_for(source)
    assert place == tmp_path / FILE
    code = known.apply([one], EVERY)[0].findings[0].fingerprint
    add(place, Waiver(code, 'Right as it "is" \\ here\n', "A. Lee", "2026-11-24", "vague-frequency"))
    found = known.apply([one], EVERY)[0]
    assert found.open_findings == ()
    waived = found.findings[0].waived
    assert (waived.reason, waived.by, waived.on) == ('Right as it "is" \\ here ', "A. Lee", "2026-11-24")
    kept = place.read_text()
    assert "late" not in kept
    assert "Bright" not in kept


@given(st.text(), st.text())
def test_any_reason_can_be_written_and_read(tmp_path_factory, reason, by):
    place = tmp_path_factory.mktemp("w") / FILE
    try:
        f"{reason}{by}".encode()
    except UnicodeEncodeError:
        return
    add(place, Waiver("a" * 16, reason, by, "2026-11-24"))
    add(place, Waiver("b" * 16, "again", "B", "2026-11-24"))
    first, second = read(place)
    assert (len(first.reason), len(first.by), second.reason) == (len(reason), len(by), "again")


def idle(tmp_path, one, rule="vague-frequency", source="draft.txt"):
    file = tmp_path / "all.toml"
    known = Waivers(KEY, file)
    add(file, Waiver("0" * 16, "reason", "A", "2026-11-24", rule, known.draft_mark(source)))
    return [gap for gap in known.apply([one], EVERY)[0].gaps if "no longer matches" in gap.why]


def test_a_waiver_that_matches_nothing_is_said(tmp_path):
    (gap,) = idle(tmp_path, report("All is well."))
    assert gap.note
    assert "vague-frequency" in gap.why


def test_a_waiver_of_another_draft_is_not(tmp_path):
    assert not idle(tmp_path, report("All is well."), source="other.txt")


def test_a_waiver_of_a_rule_that_did_not_run_is_not(tmp_path):
    assert not idle(tmp_path, report("All is well."), rule="vague-time")


def test_where_not_everything_was_read_nothing_is_said_to_be_gone(tmp_path):
    assert not idle(tmp_path, report("All is well.", gaps=(Gap("page 2", "a picture"),)))


@pytest.mark.parametrize("text", ["[[waiver]", "waiver = 3", "waiver = [1]", "[waiver]\na = 1\n", "\xff"])
def test_a_damaged_file_hides_nothing(tmp_path, text):
    file = tmp_path / "all.toml"
    file.write_bytes(text.encode("latin-1"))
    (found,) = marked(report("He is often late.", "often"), file=file)
    assert len(found.open_findings) == 1
    assert "were not looked at" in found.gaps[0].why
    assert found.complete
    with pytest.raises(ConfigError):
        add(file, Waiver("a", "b", "c", "d"))


def test_a_changed_file_is_read_again(tmp_path):
    file = tmp_path / "all.toml"
    assert read(file) == ()
    add(file, Waiver("a", "one", "c", "d"))
    assert len(read(file)) == 1
    add(file, Waiver("b", "two", "c", "d"))
    assert [w.reason for w in read(file)] == ["one", "two"]


def test_the_key_is_made_once_and_is_secret(user_folder):
    first, second = waivers_from(Config()), waivers_from(Config())
    assert first.key == second.key
    assert len(first.key) == 32
    assert stat.S_IMODE((user_folder / "referral-lint" / "key").stat().st_mode) == 0o600


def test_a_team_shares_a_key(tmp_path):
    (tmp_path / "team.key").write_bytes(KEY)
    config = replace(
        Config(), path=tmp_path / "referral-lint.toml", waivers=WaiverFiles(file="all.toml", key_file="team.key")
    )
    assert waivers_from(config) == Waivers(KEY, tmp_path / "all.toml")


def test_without_a_key_the_check_goes_on_and_says_so(tmp_path):
    (tmp_path / "short").write_bytes(b"x")
    known = waivers_from(replace(Config(), path=tmp_path / "c.toml", waivers=WaiverFiles(key_file="short")))
    one = report("He is often late.", "often", source=str(tmp_path / "draft.txt"))
    assert known.apply([one], EVERY) == (one,)
    (tmp_path / FILE).write_text("")
    (found,) = known.apply([one], EVERY)
    assert found.findings == one.findings
    assert "too short" in found.gaps[0].why


def test_a_key_file_is_never_written_over(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(KEY)
    assert secret_key(path) == KEY
    assert path.read_bytes() == KEY


def test_nothing_in_nothing_out():
    assert marked() == ()


def test_names_of_stages_only_are_kept():
    assert module._stem("draft.txt") == "draft"


@pytest.mark.parametrize("links", [True, False])
def test_two_processes_that_begin_at_once_have_one_key(tmp_path, monkeypatch, links):
    path = tmp_path / "new" / "key"
    real, other = Path.read_bytes, []

    def just_before(self):
        """Another process makes the key after this one saw that there is none."""
        if not other:
            other.append(b"")
            with pytest.raises(FileNotFoundError):
                real(self)
            other.append(secret_key(path))
            raise FileNotFoundError
        return real(self)

    def no_link(*_):
        raise OSError(95, "not supported")

    if not links:
        monkeypatch.setattr(module.os, "link", no_link)
    else:
        monkeypatch.setattr(Path, "read_bytes", just_before)
    key = secret_key(path)
    assert key == real(path)
    assert len(key) == 32
    assert [key] * len(other[1:]) == other[1:]
    assert [file.name for file in path.parent.iterdir()] == ["key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("reason", ['reason = ""', 'reason = "  "', 'reasn = "agreed"', ""])
def test_a_waiver_without_a_reason_does_not_count(tmp_path, reason):
    source = str(tmp_path / "draft.txt")
    one, known = report("Jay is often late.", "often", source=source), Waivers(KEY)
    code = known.apply([one], EVERY)[0].findings[0].fingerprint
    place = known.file_for(source)
    place.write_text(f'[[waiver]]\nfingerprint = "{code}"\nrule = "vague-frequency"\non = "2026-11-30"\n{reason}\n')
    found = known.apply([one], EVERY)[0]
    assert len(found.open_findings) == 1
    (gap,) = found.gaps
    assert gap.note
    assert "(vague-frequency, 2026-11-30) has no reason, so it does not count" in gap.why
    add(place, Waiver(code, "the dates are in the list", "A. Lee", "2026-11-30", "vague-frequency"))
    found = known.apply([one], EVERY)[0]
    assert (found.open_findings, found.gaps) == ((), ())


def test_a_damaged_file_says_where(tmp_path):
    file = tmp_path / "all.toml"
    file.write_text('[[waiver]]\nreason = "agreed\n')
    with pytest.raises(ConfigError, match=r"all\.toml:2:\d+: the file of decisions is damaged"):
        read(file)
