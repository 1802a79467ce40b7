"""`referral-lint review`: many past drafts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.progress import Progress
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.writers.plain import clean

# The names of review/audit.py: importing that for `--help` would load the linter.
STRATA = ("team", "verdict", "kind", "month", "purpose", "format")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="OUT", help="The folder for the results.")  # fmt: skip
@click.option("--team", default="folder", show_default=True, metavar="HOW", help="What names the team: folder, sender, or a pattern for the file's name with the team in brackets.")  # fmt: skip
@click.option("--smallest", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Numbers of drafts below this are not shown.")  # fmt: skip
@click.option("--show-text", is_flag=True, help="Keep and show names of files and the words found. Think first who will see it.")  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="How many drafts at a time.  [default: one a core]"
)
@click.option("--seconds", type=click.FloatRange(1), default=60.0, show_default=True, metavar="S", help="The longest that one file may take.")  # fmt: skip
@click.option("--parquet", is_flag=True, help="Write Parquet files too (extra `parquet`).")
@click.option("--compare", nargs=2, metavar="A B", help="Two periods (2025-01..2025-06), teams (team:NAME) or both (team:NAME,2025).")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path, exists=True), metavar="EARLIER", help="Mark what is new since this earlier run.")  # fmt: skip
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Choose so many drafts to be read, and make a sheet for what readers say.")  # fmt: skip
@click.option("--stratify", default="team,verdict", show_default=True, metavar="BY", help=f"Spread the sample over: {', '.join(STRATA)}.")  # fmt: skip
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed chooses the same drafts.")
@click.option("--read-back", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="SHEET", help="Read what readers said in the sheet.")  # fmt: skip
@click.option(
    "--scheduler", metavar="ADDRESS", help="Use a Dask cluster (extra `cluster`), such as tls://10.0.0.5:8786."
)
@click.option("--find", multiple=True, metavar="CODE", help="Say which file a code stands for, and do nothing else.")
@with_config
def review(folder: Path, out: Path, find: tuple[str, ...], settings: Config, **options: Any) -> int:
    """Look through FOLDER, with all folders in it, for what could be better in the drafts there.

    Writes OUT/index.html, OUT/results.sqlite and tables. Run it again after an interruption, or when there are more
    drafts: only what is new is done. Ends with 3 if some file could not be read.
    """
    if not folder.is_dir():
        what = (
            "that is a file; name the folder that it lies in"
            if folder.is_file()
            else "there is no such folder; check its name"
        )
        raise ReferralLintError(what, folder)
    from referral_lint.review.session import Options, Session

    session = Session(folder, out, settings, Options(**options))
    if find:
        return _find(session, find)
    with Progress() as progress:
        unread = session.run(progress)
    for sentence in session.said:
        put(f"{sentence}\n")
    if unread:
        say(f"{unread:,} could not be read: “What was not read” on the page says why.")
    say(f"Written: {out / 'index.html'}")
    return 3 if unread else 0


def _find(session: Any, codes: tuple[str, ...]) -> int:
    wanted = {code.strip().lower() for code in codes}
    for code, path in session.files():
        if code in wanted:
            wanted.discard(code)
            put(f"{code}  {clean(str(path))}\n")
    if wanted:
        raise ReferralLintError(f"no file in this folder has the code {', '.join(sorted(wanted))}")
    return 0
