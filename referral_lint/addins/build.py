"""What is installed in the host programs: the package for Thunderbird."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

from referral_lint import __version__

HERE = Path(__file__).parent
SHARED_BY_THUNDERBIRD = ("service.js", "matters.js", "cards.js", "cards.css", "icon.svg")
_SAME_DAY = (2026, 1, 1, 0, 0, 0)  # so that the same version is the same file, byte for byte


def thunderbird(port: int) -> bytes:
    """The .xpi, for a service on this port of the same machine."""
    files = {path.name: path.read_bytes() for path in (HERE / "thunderbird").iterdir() if path.is_file()}
    files |= {name: (HERE / "shared" / name).read_bytes() for name in SHARED_BY_THUNDERBIRD}
    files["place.js"] = f'var ReferralLint = {{ PLACE: "http://127.0.0.1:{port}" }};\n'.encode()
    manifest = json.loads(files["manifest.json"]) | {"version": _numbers(3)}
    files["manifest.json"] = json.dumps(manifest, indent=2).encode()
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, _SAME_DAY), files[name], zipfile.ZIP_DEFLATED)
    return package.getvalue()


def _numbers(count: int) -> str:
    """The version as so many numbers with dots, which is all that a host program understands."""
    found = [str(int(number)) for number in re.findall(r"\d+", __version__)]
    return ".".join([*found, "0", "0", "0", "0"][:count])
