"""What a reviewer gets: tables, the page, a comparison, what is new, a sample and what becomes of it."""

import csv
import re
import sqlite3
import sys
from contextlib import closing

import pyarrow.parquet
import pytest
from click.testing import CliRunner

from referral_lint.cli import cli
from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.review import audit, charts, compare, counts, dashboard, lists, panels, periods, same, tune, wording
from referral_lint.review.baseline import News
from referral_lint.review.persons import is_called
from referral_lint.review.session import Options, Session
from referral_lint.review.stats import wilson
from referral_lint.review.store import TABLES, reading
from referral_lint.writers.page.wording import SEVERITIES

from .conftest import BESIDE, DANGER, GOOD, POOR, message


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_and_parquet_are_the_tables_of_the_database(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, parquet=True)
    with reading(out) as db:
        for table in TABLES:
            cursor = db.execute(f"SELECT * FROM {table}")
            names, rows = [column[0] for column in cursor.description], cursor.fetchall()
            assert len(lines(out / "csv" / f"{table}.csv")) == len(rows) + 1
            held = pyarrow.parquet.read_table(out / "parquet" / f"{table}.parquet")
            assert held.column_names == names
            assert [tuple(row.values()) for row in held.to_pylist()] == rows


def test_without_pyarrow_it_says_what_to_install(review, folder, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ReferralLintError, match=r"referral-lint\[parquet\]"):
        review(folder, tmp_path / "out", parquet=True)


def test_teams_of_few_drafts_are_put_together(review, folder, tmp_path):
    (folder / "Tiny").mkdir()
    (folder / "Tiny" / "a.txt").write_text(POOR)
    out = tmp_path / "out"
    review(folder, out)
    with reading(out) as db:
        found = counts.count(db, 5)
    # One draft alone cannot be a group: the smallest team joins it.
    assert found.teams == ["Bramley", counts.SMALLER]
    assert "Tiny" not in (out / "index.html").read_text()


@pytest.mark.parametrize(
    ("by", "teams"),
    [("sender", {"northfield.example.org", "No team", "health"}), (r"referral (\d)\.", {*"01234567", "No team"})],
)
def test_a_team_from_the_sender_or_the_name(review, folder, tmp_path, by, teams):
    out = tmp_path / "out"
    review(folder, out, team=by, smallest=1)
    with reading(out) as db:
        assert {team for (team,) in db.execute("SELECT DISTINCT team FROM document")} - {""} == teams


def test_a_pattern_without_a_group_is_a_mistake(review, folder, tmp_path):
    with pytest.raises(ReferralLintError, match="one pair of brackets"):
        review(folder, tmp_path / "out", team="x+")


def test_the_page_is_one_file_that_loads_nothing(review, folder, tmp_path):
    review(folder, tmp_path / "out", smallest=1)
    page = (tmp_path / "out" / "index.html").read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    assert " style=" not in page
    for words in ("By team", "Is it getting better?", "What comes up most", "most worth reading", "What was not read"):
        assert words in page


def test_a_click_filters_and_without_script_a_team_opens(review, folder, tmp_path, needs_program):
    from playwright.sync_api import sync_playwright

    review(folder, tmp_path / "out", smallest=1)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=needs_program("chromium"), args=["--no-sandbox"])
        faults = []
        page = browser.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.goto((tmp_path / "out" / "index.html").as_uri())
        rows = page.locator("#rules-all > .bars > li")
        every = rows.filter(visible=True).count()
        page.locator("#families-all [data-pick=acronym]").click()
        assert 0 < rows.filter(visible=True).count() < every
        page.get_by_role("button", name="Show everything").click()
        assert rows.filter(visible=True).count() == every
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto((tmp_path / "out" / "index.html").as_uri())
        assert plain.locator("#all").is_visible()
        plain.get_by_role("link", name="Northfield").first.click()
        assert plain.locator("article.scope:visible h2").inner_text().startswith("Northfield")
        browser.close()
    assert faults == []


@pytest.fixture
def trained(tmp_path):
    """Before training every draft has something to change, afterwards few have."""
    folder = tmp_path / "trained"
    folder.mkdir()
    for n in range(40):
        text = POOR if n < 20 or n % 3 == 0 else GOOD
        day = f"Mon, 0{1 + n % 7} {'Mar' if n < 20 else 'Oct'} 2025 09:00:00 +0000"
        (folder / f"{n}.eml").write_bytes(message(f"{text}\n{n}\n", day))
    return folder


def test_a_comparison_says_what_is_sure_and_no_more(review, trained, tmp_path):
    session, _ = review(trained, tmp_path / "out", compare=("2025-01..2025-06", "2025-07.."))
    (sentence,) = session.said
    assert "lower in the second" in sentence or "chance" in sentence
    assert "does not show why" in sentence or "chance" in sentence
    assert sentence.replace("'", "&#39;") in (tmp_path / "out" / "index.html").read_text()
    session, _ = review(trained, tmp_path / "out", compare=("2025-03-01..2025-03-03", "2025-03-04..2025-03-31"))
    assert "chance" in session.said[0] or "too few" in session.said[0]


@pytest.mark.parametrize("text", ["", "..", "2025-13", "next year", "2025-02-30"])
def test_a_period_that_is_none(text):
    with pytest.raises(ReferralLintError):
        compare.sides((text, "2025"))


def test_sides_that_overlap_cannot_be_compared(review, trained, tmp_path):
    with pytest.raises(ReferralLintError, match="both sides"):
        review(trained, tmp_path / "out", compare=("2025", "2025-07.."))


def test_a_team_that_is_not_shown_cannot_be_compared(review, folder, tmp_path):
    with pytest.raises(ReferralLintError, match="there are: Bramley, Northfield"):
        review(folder, tmp_path / "out", compare=("team:Bramley", "team:North"))


def counted(**teams):
    """Counts of teams, each with (drafts with something to change, drafts)."""
    made = counts.Counts(5)
    for team, (n, whole) in teams.items():
        made.wholes[team, "2025-01"] = whole
        made.cube[counts.CHANGE, team, "2025-01"] = n
        made.cube[("verdict", "review"), team, "2025-01"] = n
        made.cube[("verdict", "ready"), team, "2025-01"] = whole - n
    return made


def stated(**statements):
    """The panel of statements, each with the drafts that say it, that do not, and in which it is not asked for."""
    made = counts.Counts(5)
    for name, numbers in statements.items():
        made.wholes["North", "2025-01"] = sum(numbers)
        for status, n in zip(("present", "absent", "not-applicable"), numbers, strict=True):
            made.cube[("statement", f"{name} {status}"), "North", "2025-01"] = n
    return panels.Panels(made, {}).scope(counts.ALL, "all", {}).statements


def test_what_was_not_found_is_a_share_of_where_it_is_asked_for():
    found = stated(informed=(40, 40, 0), recipient=(8, 23, 49), purpose=(80, 0, 0))
    assert [(wording.missing(one.missing), wording.share(one.missing)) for one in found] == [
        ("not found in 23 of the 31 where it is asked for", "74%"),
        ("not found in 40 of the 80 where it is asked for", "50%"),
        ("not found in 0 of the 80 where it is asked for", "0%"),
    ]
    assert wording.missing(stated(purpose=(0, 0, 80))[0].missing) == "not asked for in any"


@pytest.mark.parametrize("numbers", [(2, 29, 49), (29, 2, 49), (29, 49, 2), (3, 0, 77)])
def test_of_how_many_it_is_asked_for_gives_no_small_number_away(numbers):
    (one,) = stated(purpose=numbers)
    assert one.missing.interval is None
    assert "not shown" in wording.missing(one.missing)


def test_nearly_all_is_told_as_at_least():
    found = counted(Elm=(29, 30), Oak=(20, 28), Ash=(12, 40)).by_team
    assert found[counts.CHANGE, "Elm"] == counts.Cell(None, 30, 26)
    assert found[counts.CHANGE, "Ash"] == counts.Cell(None, 40)  # else Elm could be worked out
    assert found[counts.CHANGE, "Oak"] == counts.Cell(20, 28)
    assert found[("verdict", "ready"), "Elm"].count is None
    assert wording.share(found[counts.CHANGE, "Elm"]) == "at least 86%"
    assert 'class="fill " width="86.67%"' in charts.bar(found[counts.CHANGE, "Elm"])


def test_as_many_as_can_be_left_of_each_would_give_each_away():
    found = counted(Elm=(26, 30), Oak=(24, 28)).by_team
    assert found[counts.CHANGE, "Elm"] == counts.Cell(None, 30)


def test_drafts_from_outside_the_months_shown_are_said_and_give_nothing_away(review, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(44):
        month = "2023-02" if n < 3 else f"2025-0{1 + n % 2}"
        text = POOR if n < 3 or n % 2 else GOOD
        (folder / f"{month}-07 {n}.txt").write_text(f"{text}\nFile {n}.\n")
    review(folder, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    assert "44 past drafts, most from Jan 25 to Feb 25" in page
    assert "Fewer than 5 of them are from before or after these months" in page
    with reading(tmp_path / "out") as db:
        found = counts.count(db, 5)
    assert found.outside == 3
    assert all(cell.count is None for cell in found._series(counts.CHANGE, [counts.ALL], 1)[counts.ALL].cells[1][1:])


@pytest.mark.parametrize(
    ("first", "step", "last", "called"),
    [
        ("2025-07", 6, "2025-11", "Jul–Nov 25"),
        ("2025-07", 6, "2025-12", "Jul–Dec 25"),
        ("2025-07", 6, "2025-07", "Jul 25"),
        ("2025-01", 12, "2025-12", "2025"),
        ("2025-01", 12, "2025-11", "Mar–Nov 25"),
        ("2025-01", 3, "2025-11", "Mar 25"),
        ("2025-04", 3, "2025-11", "Apr–Jun 25"),
    ],
)
def test_a_period_is_called_by_its_own_months(first, step, last, called):
    begin = "2025-01" if called == "2025" else "2025-03"
    assert periods.label(first, step, periods.every([begin, last], 1)) == called


def of_months(measure, **drafts):
    """Counts of months (`m2025_03`), each with (drafts of which it is so, drafts)."""
    made = counts.Counts(5)
    for month, (n, whole) in drafts.items():
        made.cube[measure, "North", month[1:].replace("_", "-")] = n
        made.wholes["North", month[1:].replace("_", "-")] = whole
    return made


def test_of_what_is_not_shown_no_trend_is_told():
    few = of_months(counts.CHANGE, m2025_01=(4, 6), m2025_02=(3, 6), m2025_03=(2, 6), m2025_04=(1, 6))
    assert few.trend(counts.CHANGE) is not None
    (trend,) = panels.Panels(few, {}).months()
    assert (trend.points, trend.says) == ((), "")
    many = of_months(counts.CHANGE, m2025_01=(40, 60), m2025_02=(30, 60), m2025_03=(20, 60))
    (trend,) = panels.Panels(many, {}).months()
    assert trend.points
    assert trend.says.startswith("Down")


@pytest.mark.parametrize(
    ("before", "period", "beyond"),
    [
        (10, "most from Jan 25 to Feb 25", ""),
        (33, "most from Jan 25 to Feb 25", "of 133 drafts 33 lie outside these months"),
        (0, "Jan 25 to Feb 25", ""),
    ],
)
def test_the_headline_says_how_many_are_not_from_its_months(before, period, beyond):
    scattered = {f"m{2015 + n % 9}_0{1 + n // 9}": (0, 1) for n in range(before)}
    found = of_months(counts.CHANGE, m2025_01=(20, 50), m2025_02=(20, 50), **scattered)
    assert (dashboard._period(found), dashboard._beyond(found)) == (period, beyond)


def test_teams_stand_by_name_and_one_of_a_person_is_none(review, tmp_path):
    for team, text in (("Zebra team", POOR), ("Jane Smith", POOR), ("Kiran Patel", GOOD), ("Alder team", GOOD)):
        (tmp_path / "in" / team).mkdir(parents=True)
        for n in range(8):
            (tmp_path / "in" / team / f"{n}.txt").write_text(f"{text}\n{team[0]} {n}\n")
    session, _ = review(tmp_path / "in", tmp_path / "out")
    with reading(tmp_path / "out") as db:
        assert counts.count(db, 5).teams == ["Alder team", "No team", "Zebra team"]
    page = (tmp_path / "out" / "index.html").read_text()
    assert "2 teams are called as a person is" in page
    assert "Jane" not in page
    assert "Jane Smith" in session.said[0]


@pytest.mark.parametrize(
    "label", ["Jane Smith", "Smith, Jane", "JSMITH", "kpatel", "Ms Rowe", "A. Lewis", "ann.obrien"]
)
def test_a_label_that_reads_as_a_person(label):
    assert is_called(label)


@pytest.mark.parametrize(
    "label", ["Bramley School", "NORTH", "Florence Road", "Health", "Kelly Park", "Q1", "Leeds", "7"]
)
def test_a_label_that_does_not(label):
    assert not is_called(label)


def test_a_pattern_is_for_the_name_of_the_file(review, tmp_path):
    place = tmp_path / "in" / "2025"
    place.mkdir(parents=True)
    for n in range(12):
        (place / f"{'NORTH' if n % 2 else 'SOUTH'}-{n}.txt").write_text(f"{POOR}\n{n}\n")
    session, _ = review(tmp_path / "in", tmp_path / "out", team="^([A-Z]+)-")
    with reading(tmp_path / "out") as db:
        assert counts.count(db, 5).teams == ["NORTH", "SOUTH"]
    session, _ = review(tmp_path / "in", tmp_path / "out", team="^(Ward[0-9])")
    assert "fits the name of no file" in session.said[0]


def test_where_a_large_team_went_is_said(review, folder, tmp_path):
    (folder / "Tiny").mkdir()
    (folder / "Tiny" / "a.txt").write_text(POOR)
    review(folder, tmp_path / "out")
    assert "“Northfield” stands under “Smaller teams”" in (tmp_path / "out" / "index.html").read_text()


def test_what_is_no_document_and_what_is_there_twice_is_said(review, folder, tmp_path):
    original = next((folder / "Northfield").glob("*.txt"))
    (folder / "Northfield" / "the same.txt").write_bytes(original.read_bytes())
    session, _ = review(folder, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    for words in ("8 files are copies of another", "1 file that is not a document (.jpg: 1)"):
        assert words in page
        assert any(words in sentence for sentence in session.said)


@pytest.mark.parametrize(("value", "text"), [(-0.3, "0"), (0.4, "0"), (-7.6, "−8"), (2.5001, "+3")])
def test_nothing_has_no_sign(value, text):
    assert compare.signed(value) == text


def test_findings_of_a_draft_that_is_gone_are_no_improvement(review, folder, tmp_path):
    review(folder, tmp_path / "before")
    next((folder / "Bramley").glob("*1.txt")).unlink()
    (folder / "Bramley" / "later.txt").write_text(POOR + "Later.")
    session, _ = review(folder, tmp_path / "after", baseline=tmp_path / "before")
    said = next(sentence for sentence in session.said if sentence.startswith("Since"))
    assert "findings that are gone: 0" in said
    assert "their drafts are not there any more" in said
    assert "In drafts that were not there then" in said


def findings(sheet):
    """The lines of a sheet that are about what was found."""
    return [row for row in sheet[1:] if row[2] != audit.OVERLOOKED]


def filled_in(path, most=None):
    sheet = lines(path)
    for row in findings(sheet)[:most]:
        row[-2:] = "yes", "as it should be"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(sheet)
    return path.read_bytes()


def test_what_a_reader_wrote_is_never_written_over(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, sample=6, seed=7)
    written = filled_in(out / audit.SHEET)
    listed = (out / audit.LIST).read_bytes()
    for options in ({"sample": 6, "seed": 7}, {"sample": 4, "seed": 9}):
        session, _ = review(folder, out, **options)
        assert (out / audit.SHEET).read_bytes() == written
        assert (out / audit.LIST).read_bytes() == listed
        assert "written into" in session.said[0]
    session, _ = review(folder, out, read_back=out / audit.SHEET)
    assert "left out" not in session.said[0]
    (out / audit.SHEET).rename(tmp_path / "mine.csv")
    review(folder, out, sample=4, seed=9)
    assert len(lines(out / audit.LIST)) == 5


def test_what_readers_said_stays_when_everything_is_done_again(review, folder, tmp_path, monkeypatch):
    """As after another version, or after a rule was switched off: the drafts are the same, so what was said of them is."""
    out = tmp_path / "out"
    review(folder, out, sample=6)
    filled_in(out / audit.SHEET)
    monkeypatch.setattr(same, "settings", lambda *_: "another version")
    _, told = review(folder, out, read_back=out / audit.SHEET)
    assert told.done > 0
    with reading(out) as db:
        said = db.execute("SELECT * FROM judgement").fetchall()
    assert len(said) == len(findings(lines(out / audit.SHEET)))
    monkeypatch.setattr(same, "settings", lambda *_: "a third one")
    review(folder, out)
    with reading(out) as db:
        assert db.execute("SELECT * FROM judgement").fetchall() == said


def test_what_is_new_since_an_earlier_run(review, folder, tmp_path):
    review(folder, tmp_path / "before")
    path = next((folder / "Bramley").glob("*1.txt"))
    path.write_text(path.read_text() + "\n\nHe is regularly absent.\n")
    session, _ = review(folder, tmp_path / "after", baseline=tmp_path / "before")
    with reading(tmp_path / "after") as db:
        assert db.execute("SELECT rule FROM finding WHERE new").fetchall() == [("vague-frequency",)]
    assert "new findings: fewer than 5" in (tmp_path / "after" / "index.html").read_text()
    assert session.said[0].startswith("Since the earlier run: new findings: 1, in drafts: 1")


def test_a_sample_is_read_and_read_back(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, sample=6, seed=7)
    first = lines(out / audit.SHEET)
    review(folder, out, sample=6, seed=7)
    assert lines(out / audit.SHEET) == first
    assert "Theo" not in str(first)
    assert len(lines(out / audit.LIST)) == 7
    answer = first[0].index("agree (yes/no)")
    for row in findings(first):
        row[answer] = "no" if row[4] == "vague-frequency" else "Yes"
    with (tmp_path / "sheet.csv").open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(first)  # as a spreadsheet elsewhere saves it
    session, _ = review(folder, out, read_back=tmp_path / "sheet.csv")
    assert session.said[0].startswith(f"Read back: of {len(findings(first))} findings")
    with reading(out) as db:
        found = {one.rule: one for one in audit.precision(db)}
    assert found["vague-frequency"].share.value == 0
    assert found["label-or-blame"].share.value == 1
    assert "How often readers here agreed" in (out / "index.html").read_text()


def answered(path, sheet, **answers):
    """The sheet with these answers, by the number of its line (`line2="yes"`) and else blank."""
    made = [list(row) for row in sheet]
    for n, row in enumerate(made[1:], 2):
        row[-2] = answers.get(f"line{n}", "")
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(made)
    return path


def judgements(out):
    with reading(out) as db:
        return db.execute("SELECT file, document, finding, agrees FROM judgement ORDER BY 1, 2, 3").fetchall()


def test_a_sheet_takes_the_place_of_what_was_read_back_before(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, sample=6, seed=7)
    sheet, path = lines(out / audit.SHEET), tmp_path / "mine.csv"
    sheet = [sheet[0], *findings(sheet)]
    review(folder, out, read_back=answered(path, sheet, line2="no", line3="yes", line4="yes"))
    assert len(judgements(out)) == 3
    # Refused for one word: the lines above it are not kept either.
    with pytest.raises(ReferralLintError, match=r"yes or no"):
        review(folder, out, read_back=answered(path, sheet, line2="yes", line3="no", line5="perhaps"))
    assert sorted(row[-1] for row in judgements(out)) == [0, 1, 1]
    # An answer that was taken back is gone, on the page and for `rules tune` as well.
    session, _ = review(folder, out, read_back=answered(path, sheet, line3="yes", line4="yes"))
    assert session.said[0].startswith("Read back: of 2 findings readers agreed with 2. 1 earlier answer is not in")
    assert [row[-1] for row in judgements(out)] == [1, 1]
    with reading(out) as db:
        assert sum(one.judged for one in audit.precision(db)) == 2
    # The sheet of another sample takes nothing away.
    other = [[*row[:8], "of another", *row[9:]] for row in sheet]
    session, _ = review(folder, out, read_back=answered(path, [sheet[0], *other[1:]], line2="no"))
    assert "stays" in session.said[0]
    assert len(judgements(out)) == 2


def with_overlooked(path, sheet, *rules, words="a bit off with her"):
    """The sheet with lines for what was overlooked, all in its first draft."""
    line = next(row for row in sheet if row[2] == audit.OVERLOOKED)
    more = [[*line[:4], rule, line[5], words, *line[7:]] for rule in rules]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([*sheet, *more])
    return path


def test_what_was_overlooked_is_read_back_and_counted(review, folder, tmp_path, monkeypatch):
    out, path = tmp_path / "out", tmp_path / "mine.csv"
    review(folder, out, sample=6)
    sheet = lines(out / audit.SHEET)
    assert len(sheet) - 1 - len(findings(sheet)) == 6  # a line for each draft
    named = ("vague-time", "Vague-Time", "other", "")
    session, _ = review(folder, out, read_back=with_overlooked(path, sheet, *named))
    said = session.said[0]
    assert "Overlooked: 3, most often vague-time (2), what no rule is for (1)." in said
    assert "1 line for something overlooked names no rule" in said
    with reading(out) as db:
        assert audit.missed(db) == audit.Missed(3, 1, (("vague-time", 2, 1), ("other", 1, 1)))
    page = (out / "index.html").read_text()
    assert "Overlooked: something in fewer than 5 of the drafts that were read." in page
    for written in out.rglob("*"):
        assert written.is_dir() or b"a bit off" not in written.read_bytes()
    done = CliRunner().invoke(cli, ["rules", "tune", str(out)], catch_exceptions=False)
    assert "Overlooked: 3, most often vague-time (2)" in done.output
    # It stays when all is done again, and what was taken back is gone.
    monkeypatch.setattr(same, "settings", lambda *_: "another version")
    review(folder, out)
    with reading(out) as db:
        assert audit.missed(db).number == 3
    review(folder, out, read_back=with_overlooked(path, sheet, "euphemism"))
    with reading(out) as db:
        assert audit.missed(db).rules == (("euphemism", 1, 1),)


def test_parts_of_a_number_that_is_shown_leave_no_small_rest():
    assert [wording.part(n, 30, 5) for n in (0, 3, 20, 27, 30)] == ["0", "fewer than 5", "20", "at least 26", "30"]
    news = News(new=12, drafts=9, gone=9, other_rules=10, other_drafts=0, lost=0, dropped=6, families=())
    said = news.sentence(5)
    assert "nobody's writing changed: at least 8 of the new ones" in said
    assert "By rules that do not run any more: at least 5 of those" in said


def test_a_comparison_gives_no_rest_of_a_period_away(review, trained, tmp_path):
    """The page shows March; all of March but three days would show those."""
    sides = ("2025-03-01..2025-03-06", "2025-10")
    session, _ = review(trained, tmp_path / "out", compare=sides, team="sender")
    with reading(tmp_path / "out") as db:
        page = counts.count(db, 5)
        left = db.execute("SELECT count(*) FROM d WHERE day = '2025-03-07'").fetchone()[0]
        assert 0 < left < 5
        compared = compare.compare(db, compare.sides(sides), 5)
    assert page.by_period
    assert compared.sizes[0] is None
    assert "(some drafts)" in session.said[0]


def test_results_of_before_there_was_a_table_for_it_can_still_be_read():
    with closing(sqlite3.connect(":memory:")) as db:
        assert audit.missed(db) == audit.Missed(0, 0, ())


def test_a_page_names_only_what_was_overlooked_in_enough_drafts():
    found = audit.Missed(17, 9, (("euphemism", 9, 7), ("vague-time", 6, 5), ("opinion", 2, 2)))
    assert audit.in_words(found, 5) == "Overlooked: 17, most often euphemism (9), vague-time."


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"a,b\n1,2\n", "all its columns"),
        (",".join(audit._HEAD).encode() + b"\nc,0,0,\xe9,vague-time,,,,m,yes,\n", "UTF-8"),
        (",".join(audit._HEAD).encode("utf-16"), "UTF-8"),
        (",".join(audit._HEAD).encode() + b"\nc,0,overlooked,,vage-time,,,,,,\n", "there is no rule “vage-time”"),
        (",".join(audit._HEAD).encode() + b"\nc,0,0,,vague-time,,,,m,perhaps,\n", "yes or no"),
        (b"", "all its columns"),
        (None, "No such file"),
    ],
)
def test_a_bad_sheet_is_refused_before_anything_is_read(folder, tmp_path, written, says):
    sheet, out = tmp_path / "sheet.csv", tmp_path / "out"
    if written is not None:
        sheet.write_bytes(written)
    with pytest.raises(ReferralLintError, match=says):
        Session(folder, out, Config(off=()), Options(read_back=sheet))
    assert not out.exists()


def test_so_is_an_earlier_run_that_is_none(folder, tmp_path):
    (tmp_path / "before").mkdir()
    with pytest.raises(ReferralLintError, match="no results here"):
        Session(folder, tmp_path / "out", Config(off=()), Options(baseline=tmp_path / "before"))
    assert not (tmp_path / "out").exists()


def test_what_was_read_back_of_an_earlier_sample_stays(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, sample=4, seed=7)
    filled_in(out / audit.SHEET)
    review(folder, out, read_back=out / audit.SHEET)
    before = judgements(out)
    for name in (audit.SHEET, audit.LIST):
        (out / name).rename(tmp_path / name)
    review(folder, out, sample=4, seed=9)
    sheet = lines(out / audit.SHEET)
    review(folder, out, read_back=answered(tmp_path / "next.csv", sheet, line2="no"))
    again = {row[0] for row in lines(out / audit.LIST)[1:]}
    kept = [row for row in before if row[0] not in again]
    assert kept
    assert set(kept) <= set(judgements(out))


def test_a_sample_stands_for_all(review, folder, tmp_path):
    review(folder, tmp_path / "out", sample=6, smallest=1)
    with reading(tmp_path / "out") as db:
        number, weight = db.execute("SELECT count(*), sum(weight) FROM sample").fetchone()
    assert number == 6
    assert weight == pytest.approx(17, rel=0.35)  # strata from which nobody was chosen have no voice


def rule(judged, agreed, family="ambiguity", severity="fix"):
    return audit.Precision("a-rule", "A title", family, severity, judged, agreed, wilson(agreed, judged))


@pytest.mark.parametrize(
    ("of", "does"),
    [
        (rule(20, 2), "off"),
        (rule(20, 9), "down"),
        (rule(20, 17), "keep"),
        (rule(3, 0), "more"),
        (rule(20, 2, family="security"), "look"),
        (rule(20, 2, severity="stop"), "look"),
        (rule(20, 9, severity="think"), "keep"),
    ],
)
def test_tuning_proposes_only_what_is_sure(of, does):
    assert tune.advice([of])[0].does == does


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (rule(20, 19), "Keep it;"),
        (rule(6, 3), "Keep it until more are read"),
        (rule(20, 9, severity="think"), "a question never counts"),
    ],
)
def test_a_rule_that_is_kept_says_why(of, says):
    assert says in tune.advice([of])[0].sentence


def test_the_page_says_nothing_of_rules_of_which_few_findings_were_read(review, folder, tmp_path):
    out = tmp_path / "out"
    review(folder, out, sample=15)
    filled_in(out / audit.SHEET, most=12)
    review(folder, out, read_back=out / audit.SHEET)
    with reading(out) as db:
        found = audit.precision(db)
    page = (out / "index.html").read_text()
    panel = page[page.index('id="precision"') :].partition("</section>")[0]
    few = [one for one in found if one.judged < 5]
    assert few
    assert not any(f"{one.title} <small>" in panel for one in few)
    assert f"to say of {len(few)} rule" in panel


def test_rules_tune_prints_lines_for_the_configuration(review, folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    review(folder, out, sample=15)
    sheet = lines(out / audit.SHEET)
    for row in findings(sheet):
        row[-2] = "no"
    with (tmp_path / "sheet.csv").open("w", newline="") as file:
        csv.writer(file).writerows(sheet)
    review(folder, out, read_back=tmp_path / "sheet.csv")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["rules", "tune", str(out)], catch_exceptions=False)
    assert done.exit_code == 0
    assert re.search(r'^off = \[.*"vague-frequency"', done.output, re.M)


def test_find_says_which_file_a_code_is(folder, tmp_path, review, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session, _ = review(folder, tmp_path / "out")
    code, path = next(iter(session.files()))
    done = CliRunner().invoke(cli, ["review", str(folder), "-o", str(tmp_path / "out"), "--find", code])
    assert done.output == f"{code}  {path}\n"


def test_a_long_sheet_is_read_to_its_end(tmp_path):
    rows = [("A", 0, n, "", "vague-time", "", "", "", f"m{n}", "", "x\u2028" * 50_000) for n in range(210)]
    rows.append(("B", 1, 2, "", "vague-time", "", "", "", "m", "yes", ""))
    with (tmp_path / "sheet.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([audit._HEAD, *rows])
    sheet = audit.filled_in(tmp_path / "sheet.csv", {})
    assert sheet.answers == (audit.Answer("B", 1, 2, "vague-time", "m", True),)


def in_danger(folder, shown, beside, others):
    folder.mkdir()
    leak = "Her NHS number is 943 476 5919. "
    for n, text in enumerate([DANGER] * shown + [BESIDE] * beside + [f"{leak}{POOR}"] * others):
        (folder / f"{n}.txt").write_text(f"{text}\n")
    return folder


def test_drafts_that_show_danger_are_counted_and_stand_first(review, tmp_path):
    out = tmp_path / "out"
    review(in_danger(tmp_path / "in", 4, 3, 22), out)
    page = (out / "index.html").read_text()
    assert "7 of 29 drafts show that somebody is in danger" in page
    assert "The program misses some" in page
    with reading(out) as db:
        assert db.execute("SELECT sum(urgent), sum(danger_beside) FROM document").fetchone() == (4, 3)
        counts.drafts(db, 5)
        worst = lists.worst(db, False)
    assert sorted(one.danger for one in worst[:7]) == ["beside"] * 3 + ["in"] * 4
    assert len(worst) == lists.WORST
    assert page.count("shows danger</small>") == 4
    assert page.count("danger beside it</small>") == 3
    assert "drafts that show danger are not counted here" in of(page, "At a glance")


def test_few_drafts_in_danger_are_not_numbered_and_it_is_said(review, tmp_path):
    review(in_danger(tmp_path / "in", 1, 1, 10), tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    assert "in them or beside them, is not shown" in page
    assert "2 of 12 drafts" not in page


def test_that_no_danger_was_seen_does_not_say_that_there_is_none():
    said = wording.danger(counts.Cell(0, 40), 5)
    assert "did the program see" in said
    assert "misses some" in said


def of(found, heading):
    """The words of one panel, without its table of numbers."""
    panel = re.search(rf"<h3>{heading}</h3>(.*?)</section", found, re.S)[1].partition("<summary>The numbers")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", panel).split())


def test_what_comes_up_most_stops_at_what_came_up(review, tmp_path):
    """Twenty letters of thirty have something to change, three of them something of their own."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for n in range(30):
        own = " Mum is manipulative. It was born 30 February 2026." if n > 26 else ""
        (folder / f"{n}.txt").write_text(f"{GOOD if n < 10 else POOR}{own}\n")
    review(folder, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    said = of(page, "What comes up most")
    assert " 0%" not in said
    assert re.search(r"And \d+ more in fewer than 5 drafts", said)
    assert "<td>0</td>" in page  # in the numbers behind it


def test_the_lists_name_severities_as_the_drafts_do(review, folder, tmp_path):
    review(folder, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text()
    for words in SEVERITIES.values():
        assert f'<th scope="col">{words}</th>' in page
