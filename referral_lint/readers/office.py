"""LibreOffice as a converter of old files: in a profile of its own, without macros, without a network, within a time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PLACES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 30.0
_PREFIX = "referral-lint-"
_FORGOTTEN = 3_600  # seconds after which a folder of ours is nobody's any more
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


def sweep() -> None:
    """Remove what a process left behind that was killed in the middle of a conversion."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            state = folder.lstat()
            own = os.name != "posix" or state.st_uid == os.getuid()
            if own and time.time() - state.st_mtime > _FORGOTTEN:
                shutil.rmtree(folder, ignore_errors=True)


def converted(command: str, data: bytes, suffix: str, target: str, seconds: float) -> bytes | None:
    """The bytes of a file with this suffix (".doc") as another kind ("docx"); None if LibreOffice cannot open it.

    LibreOffice needs the draft in a folder, which is gone when this ends, however it ends. Raises `TooSlow` after so many
    seconds, 30 at the most.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        draft = folder / f"draft{suffix}"
        draft.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        out = ["--convert-to", target, "--outdir", str(folder / "out"), str(draft)]
        _run([command, profile, "--headless", "--norestore", "--nolockcheck", *out], min(seconds, _SECONDS))
        made = folder / "out" / f"draft.{target}"
        return made.read_bytes() if made.exists() else None


def _run(command: list[str], seconds: float) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603  # no shell, and no word of the command comes from the draft
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        process.wait(max(seconds, 0))
    except BaseException as fault:  # the time is up, or somebody ends this process
        _end(process)
        if isinstance(fault, subprocess.TimeoutExpired):
            raise TooSlow from fault
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and the children that do its work."""
    if os.name == "posix":
        with suppress(ProcessLookupError):  # nobody is left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
