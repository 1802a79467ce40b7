"""The package for Thunderbird: all of it, the same each time, and only this machine in it."""

import json
import re
import zipfile
from io import BytesIO

from referral_lint import __version__
from referral_lint.addins import build


def package(port=8477):
    with zipfile.ZipFile(BytesIO(build.thunderbird(port))) as made:
        return {name: made.read(name).decode() for name in made.namelist()}


def test_the_package_is_whole():
    files = package()
    manifest = json.loads(files["manifest.json"])
    assert manifest["version"] == __version__
    assert set(manifest["background"]["scripts"]) <= set(files)
    for page in ("ask.html", "options.html"):
        assert set(re.findall(r'(?:src|href)="([^"]+)"', files[page])) <= set(files)


def test_it_asks_this_machine_and_no_other():
    files = package(9123)
    assert 'PLACE: "http://127.0.0.1:9123"' in files["place.js"]
    found = {place for text in files.values() for place in re.findall(r"https?://[^\s\"'`;]+", text)}
    assert found == {"http://127.0.0.1:9123", "http://127.0.0.1/*", "http://127.0.0.1:*", "http://www.w3.org/2000/svg"}


def test_it_is_the_same_each_time():
    assert build.thunderbird(8477) == build.thunderbird(8477)
