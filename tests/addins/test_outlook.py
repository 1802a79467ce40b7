"""The Outlook add-in: its handler under node, its manifest as Microsoft's own program reads it."""

import json
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from referral_lint.addins import build
from referral_lint.web.app import FOLDERS

HERE = Path(__file__).parent


def test_the_handler_under_node(service, office_tools, token, needs_program, tmp_path):
    script = tmp_path / "outlook.js"
    script.write_text(build.launched(service.origin), encoding="utf-8")
    values = {"SCRIPT": str(script), "TOKEN": token, "TOOLS": str(office_tools)}
    done = subprocess.run(
        [needs_program("node"), "--test", str(HERE / "outlook.test.cjs")],
        env={**os.environ, **values}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert int(re.search(r"^# pass (\d+)", done.stdout, re.M)[1]) >= 10


@pytest.fixture(params=["outlook", "word"])
def manifest(request, tmp_path):
    path = tmp_path / f"{request.param}.xml"
    path.write_bytes(getattr(build, request.param)(9123))
    return path


def test_microsofts_program_reads_the_manifest(manifest, office_tools, needs_program, tmp_path):
    tool = office_tools / "node_modules" / "office-addin-manifest-converter" / "cli.js"
    done = subprocess.run(
        [needs_program("node"), str(tool), "convert", str(manifest), "-o", str(tmp_path / "made")],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (extension,) = json.loads((tmp_path / "made" / "manifest.json").read_text("utf-8"))["extensions"]
    pages = {runtime["code"]["page"] for runtime in extension["runtimes"]}
    assert f"https://localhost:9123/addins/{manifest.stem}/pane.html" in pages
    if manifest.stem == "outlook":
        ((event,),) = [events["events"] for events in extension["autoRunEvents"]]
        assert (event["type"], event["options"]) == ("messageSending", {"sendMode": "promptUser"})
        assert {r["code"].get("script") for r in extension["runtimes"]} >= {
            "https://localhost:9123/addins/launch/outlook.js"
        }


def test_every_address_in_the_manifest_is_served(manifest, service):
    import urllib.request

    found = set(re.findall(r"https://localhost:9123(/[^\"]+)", manifest.read_text("utf-8")))
    assert len(found) >= 6
    for path in found:
        with urllib.request.urlopen(service.origin + path) as answer:
            assert answer.status == 200
            assert answer.read()


def test_what_the_manifest_names_is_there(manifest):
    root = ElementTree.fromstring(manifest.read_bytes())
    named = {one.get("resid") for one in root.iter() if one.get("resid")}
    known = {one.get("id") for one in root.iter() if one.tag.endswith(("}Image", "}Url", "}String"))} - {None}
    assert named == known
    assert all(len(name) <= 32 for name in known)
    assert "showPane" in {one.get("id") for one in root.iter() if one.tag.endswith("}Control")}


def test_only_office_may_frame_the_panes():
    policies = {folder.path: folder.policy for folder in FOLDERS}
    for path in ("/addins/outlook", "/addins/word", "/addins/shared"):
        assert "connect-src 'self'" in policies[path]
        assert "frame-ancestors 'self' https://*.office.com" in policies[path]
