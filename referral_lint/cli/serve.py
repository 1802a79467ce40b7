"""`referral-lint serve`: the page on this machine, and the door for programs."""

from __future__ import annotations

import secrets
import webbrowser
from pathlib import Path

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.paths import user_folder

PORT = 8477
SECONDS = 20.0  # for one piece of work; a draft takes far less than one


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where to listen.")
@click.option("--no-browser", is_flag=True, help="Only say the address; open nothing.")
@click.option(
    "--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="For https, with --key."
)
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate's key.")
@with_config
def serve(port: int, no_browser: bool, certificate: Path | None, key: Path | None, settings: Config) -> int:
    """Open a page on this machine to check drafts in. Ctrl-C ends it."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together.")
    from referral_lint.web.access import Door
    from referral_lint.web.app import application
    from referral_lint.web.programs import Programs
    from referral_lint.web.serving import listen
    from referral_lint.web.serving import serve as serve_on
    from referral_lint.web.tasks import do
    from referral_lint.workers import Workers

    listening = listen(port)
    scheme, number = ("https" if certificate else "http"), listening.getsockname()[1]
    places = [f"{scheme}://{host}:{number}" for host in ("127.0.0.1", "localhost")]
    door = Door(places[0], secrets.token_urlsafe(16), tuple(places[1:]))
    say("Getting ready…")
    with listening, Workers(settings, task=do, seconds=SECONDS) as workers:
        address = f"{door.origin}{door.page}/"
        put(f"{address}\n")
        say("The page is open at this address until you press Ctrl-C. Nothing leaves this machine.")
        if not no_browser:
            webbrowser.open(address)
        serve_on(application(door, workers, Programs(user_folder() / "programs.json")), listening, certificate, key)
    return 0
