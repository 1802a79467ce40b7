"""LibreOffice as a converter of old files: in a profile of its own, without macros, without a network, within a time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

_PLACES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 30
# No macros, nothing fetched for the page, and every request to a proxy that is not there.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse">
<value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse">
<value>9</value></prop></item>
</oor:items>
"""


class TooSlow(Exception):
    """The conversion was ended because the time was up."""


def program() -> str | None:
    """Where LibreOffice is, None if it is not installed."""
    return next((found for place in _PLACES if (found := shutil.which(place))), None)


def converted(command: str, data: bytes, suffix: str, target: str) -> bytes | None:
    """The bytes of a file with this suffix (".doc") as another kind ("docx"); None if LibreOffice cannot open it.

    Raises `TooSlow` after 30 seconds.
    """
    with tempfile.TemporaryDirectory(prefix="referral-lint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        draft = folder / f"draft{suffix}"
        draft.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        out = ["--convert-to", target, "--outdir", str(folder / "out"), str(draft)]
        _run([command, profile, "--headless", "--norestore", "--nolockcheck", *out])
        made = folder / "out" / f"draft.{target}"
        return made.read_bytes() if made.exists() else None


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603  # no shell, and no word of the command comes from the draft
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as late:
        _end(process)
        raise TooSlow from late


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and the children that do its work."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
