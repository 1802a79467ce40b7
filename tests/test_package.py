"""What people install: a wheel that carries rules and models and works from any folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that holds the package as `pip install` leaves it, and nothing of this checkout."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    done = subprocess.run([*command, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_the_wheel_carries_what_is_needed_and_no_more(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.removeprefix("referral_lint/_data/") for name in names if "/_data/" in name}
    for folder in ("rules", "models/names"):
        here = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert here - inside == set()
    assert not [name for name in inside if name.startswith(("models/corpus", "models/build", "models/scripts"))]
    assert not [name for name in names if name.startswith(("tests", "samples", "rules", "models"))]
    assert [name for name in names if name.endswith("licenses/LICENSE")]
    assert "referral_lint/writers/templates/report.css" in names


def test_an_installed_copy_lints_from_any_folder(installed, tmp_path):
    (tmp_path / "draft.txt").write_text("He is regularly late.\n")
    env = {**os.environ, "PYTHONPATH": str(installed), "XDG_CONFIG_HOME": str(tmp_path / "user")}
    command = [sys.executable, "-m", "referral_lint", "check", "draft.txt", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["documents"][0]["findings"]
    assert [(f["rule"], f["text"]) for f in found] == [("vague-frequency", "regularly")]
    where = [sys.executable, "-c", "import referral_lint; print(referral_lint.__file__)"]
    done = subprocess.run(where, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_an_installed_copy_is_known_to_spacy_without_an_import(installed, tmp_path):
    program = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('referral_lint');"
        "print(len(nlp('He is regularly late.')._.findings))"
    )
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.skipif(os.name != "posix", reason="where pip puts a command")
def test_the_command_is_there(installed):
    (script,) = (installed / "bin").glob("referral-lint*")
    assert os.access(script, os.X_OK)
