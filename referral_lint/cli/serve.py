"""`referral-lint serve`: the page on this machine, and the door for programs."""

from __future__ import annotations

import os
import re
import secrets
import signal
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_lint.cli.options import with_config
from referral_lint.cli.terminal import put, say
from referral_lint.config import Config
from referral_lint.errors import ConfigError
from referral_lint.paths import user_folder

if TYPE_CHECKING:
    from socket import socket

    from referral_lint.web.access import Door
    from referral_lint.web.lives import Place

PORT = 8477
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where to listen.")
@click.option("--no-browser", is_flag=True, help="Only say the address; open nothing.")
@click.option("--install", is_flag=True, help="Put a starter to double-click where your system keeps them, and end.")
@click.option("--certificate", type=_FILE, metavar="FILE", help="For https, with --key: a certificate in PEM format.")
@click.option("--key", type=_FILE, metavar="FILE", help="The certificate's key in PEM format.")
@click.option("--workers", type=click.IntRange(1, 64), help="Drafts checked at once.  [default: one a processor]")
@with_config
def serve(
    port: int,
    no_browser: bool,
    install: bool,
    certificate: Path | None,
    key: Path | None,
    workers: int | None,
    settings: Config,
) -> int:
    """Open a page on this machine to check drafts in. Ctrl-C ends it."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together.")
    if install:
        return _install()
    from referral_lint.web import lives, running, serving

    note = user_folder() / "page.json"
    try:
        listening = serving.listen(port)
    except serving.PortTaken:
        return _open_again(running.address(note, port), no_browser)
    with listening:
        door = _door(settings, "https" if certificate else "http", listening.getsockname()[1])
        _serve(lives.Place(settings, door, certificate, key, workers or 0), listening, not no_browser, note)
    return 0


def _serve(place: Place, listening: socket, browser: bool, note: Path) -> None:
    from referral_lint.web import lives, running

    door, ticket = place.door, secrets.token_urlsafe(16)
    address = f"{door.origin}/" if door.sign_in else f"{door.origin}{door.page}/"

    def ready() -> None:
        put(f"{address}\n")
        say(
            "The page is open at this address until you press Ctrl-C or close this window. Nothing leaves this machine."
        )
        if not door.sign_in:
            running.remember(note, address)
            if browser:
                webbrowser.open(f"{door.origin}/open/{ticket}")

    say("Getting ready…")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        lives.run(place, listening, ticket, ready)
    finally:
        running.forget(note)


def _door(settings: Config, scheme: str, port: int) -> Door:
    """Where the page is and what a request must bring. Behind a proxy only if the configuration says both things."""
    from referral_lint.web.access import Door

    token, page = secrets.token_urlsafe(16), settings.page
    if bool(page.address) != bool(page.sign_in_header):
        raise settings.wrong("page", "address and sign_in_header go together: without a sign-in anybody could come in")
    if page.address:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", page.sign_in_header):
            raise settings.wrong("page.sign_in_header", "this is not the name of a header")
        origin = re.match(r"https?://[^/]+", page.address)
        if origin is None or page.address.rstrip("/") != origin[0]:
            raise settings.wrong("page.address", "this must be an address without a path")
        return Door(origin[0].lower(), token, (), page.sign_in_header)
    places = [f"{scheme}://{host}:{port}" for host in ("127.0.0.1", "localhost")]
    return Door(places[0], token, tuple(places[1:]))


def _open_again(address: str, no_browser: bool) -> int:
    if not address:
        raise ConfigError("That port is in use by another program. Choose another with --port.")
    say("The page is open already.")
    put(f"{address}\n")
    if not no_browser:
        webbrowser.open(address)
    return 0


def _install() -> int:
    from referral_lint.web.starter import install, where_to_find

    path = install(sys.platform, Path.home(), os.environ)
    say(f"Written: {path}")
    say(where_to_find(sys.platform))
    return 0
