"""What is installed in the host programs: the package for Thunderbird, and the manifests that Office reads."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from string import Template

from referral_lint import __version__

HERE = Path(__file__).parent
LAUNCHED = (
    "shared/service.js",
    "shared/matters.js",
    "shared/keep.js",
    "outlook/message.js",
    "outlook/launch.js",
)
SHARED_BY_THUNDERBIRD = ("service.js", "matters.js", "cards.js", "cards.css", "icon.svg")
_SAME_DAY = (2026, 1, 1, 0, 0, 0)  # so that the same version is the same file, byte for byte


def thunderbird(port: int) -> bytes:
    """The .xpi, for a service on this port of the same machine."""
    files = {path.name: path.read_bytes() for path in (HERE / "thunderbird").iterdir() if path.is_file()}
    files |= {name: (HERE / "shared" / name).read_bytes() for name in SHARED_BY_THUNDERBIRD}
    files["place.js"] = _place(f"http://127.0.0.1:{port}").encode()
    manifest = json.loads(files["manifest.json"]) | {"version": _numbers(3)}
    files["manifest.json"] = json.dumps(manifest, indent=2).encode()
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, _SAME_DAY), files[name], zipfile.ZIP_DEFLATED)
    return package.getvalue()


def outlook(port: int) -> bytes:
    """The manifest of the Outlook add-in, whose files come from https on this port of the same machine."""
    return _manifest("outlook", port)


def word(port: int) -> bytes:
    """The manifest of the Word task pane, as for Outlook."""
    return _manifest("word", port)


def launched(origin: str) -> str:
    """All that classic Outlook runs at Send, as the one script that it takes; `origin`: where the service is."""
    return "".join([_place(origin), *((HERE / name).read_text("utf-8") for name in LAUNCHED)])


def _place(origin: str) -> str:
    return f"var ReferralLint = {{ PLACE: {json.dumps(origin)} }};\n"


def _manifest(host: str, port: int) -> bytes:
    template = Template((HERE / host / "manifest.xml").read_text("utf-8"))
    return template.substitute(place=f"https://localhost:{port}", version=_numbers(4)).encode()


def _numbers(count: int) -> str:
    """The version as so many numbers with dots, which is all that a host program understands."""
    found = [str(int(number)) for number in re.findall(r"\d+", __version__)]
    return ".".join([*found, "0", "0", "0", "0"][:count])
