"""`serve`: one page a person, starters for every system, and a proxy only with its sign-in."""

import configparser
import os
import re
import shlex
import signal
import subprocess
import sys
import time

import pytest

from referral_lint import config
from referral_lint.cli import run
from referral_lint.cli.serve import _door
from referral_lint.errors import ConfigError
from referral_lint.web import running
from referral_lint.web.serving import PortTaken, listen
from referral_lint.web.starter import install


@pytest.fixture
def served(tmp_path, user_folder):
    """The command in a process of its own, with the address that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "referral_lint", "serve", "--no-browser", "--port", "0", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


def test_it_says_its_address_and_ends_cleanly(served, user_folder):
    process, address = served
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/p/[\w-]{20,}/", address)
    note = user_folder / "referral-lint" / "page.json"
    for _ in range(100):
        if note.exists():
            break
        time.sleep(0.05)
    port = int(address.split(":")[2].partition("/")[0])
    assert running.address(note, port) == address
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130 or process.returncode == 0
    assert "Traceback" not in said
    assert not note.exists()
    assert [path.name for path in note.parent.iterdir() if path.name != "key"] == []


def test_a_port_in_use_is_said(capsys):
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken):
            listen(port)
        assert run(["serve", "--no-browser", "--port", str(port)]) == 2
    assert "in use" in capsys.readouterr().err


def test_a_second_start_opens_the_first_page(capsys, user_folder):
    with listen(0) as taken:
        port = taken.getsockname()[1]
        address = f"http://127.0.0.1:{port}/p/t0ken/"
        running.remember(user_folder / "referral-lint" / "page.json", address)
        assert run(["serve", "--no-browser", "--port", str(port)]) == 0
    assert capsys.readouterr().out == f"{address}\n"


def test_a_note_of_a_page_that_ended_counts_for_nothing(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    note = tmp_path / "page.json"
    note.write_text(f'{{"address": "http://127.0.0.1:1/p/x/", "process": {ended.pid}}}')
    assert running.address(note, 1) == ""


def test_a_certificate_needs_its_key(tmp_path):
    file = tmp_path / "c.pem"
    file.write_text("")
    assert run(["serve", "--certificate", str(file)]) == 2


# --- behind a proxy


def settings(tmp_path, text):
    file = tmp_path / "referral-lint.toml"
    file.write_text(text)
    return config.load(file)


def test_a_proxy_needs_address_and_sign_in(tmp_path):
    both = settings(tmp_path, '[page]\naddress = "https://referrals.example.org"\nsign_in_header = "X-User"\n')
    door = _door(both, "http", 8477)
    assert door.origins == {"https://referrals.example.org"}
    assert door.sign_in == "X-User"
    for text in (
        '[page]\naddress = "https://referrals.example.org"\n',
        '[page]\nsign_in_header = "X-User"\n',
        '[page]\naddress = "https://referrals.example.org/path"\nsign_in_header = "X-User"\n',
        '[page]\naddress = "https://referrals.example.org"\nsign_in_header = "X User"\n',
    ):
        with pytest.raises(ConfigError):
            _door(settings(tmp_path, text), "http", 8477)


# --- starters


def test_linux_gets_a_menu_entry_that_runs(tmp_path):
    path = install("linux", tmp_path, {}, '/opt/a "b" 100%/python')
    assert path == tmp_path / ".local/share/applications/referral-lint.desktop"
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(path, "utf-8")
    command = entry["Desktop Entry"]["Exec"].replace("%%", "%").replace("\\\\", "\\")
    assert shlex.split(command) == ['/opt/a "b" 100%/python', "-m", "referral_lint", "serve"]


def test_macos_gets_a_command_to_double_click(tmp_path):
    path = install("darwin", tmp_path, {}, sys.executable)
    assert path == tmp_path / "Applications" / "Check a referral.command"
    assert os.access(path, os.X_OK)
    assert subprocess.run(["sh", "-n", path]).returncode == 0


def test_windows_gets_an_entry_in_the_start_menu(tmp_path):
    path = install("win32", tmp_path, {"APPDATA": str(tmp_path / "Roaming")}, r"C:\Program Files\Python\python.exe")
    assert path.relative_to(tmp_path).as_posix() == (
        "Roaming/Microsoft/Windows/Start Menu/Programs/Check a referral.cmd"
    )
    text = path.read_bytes().decode()
    assert '"C:\\Program Files\\Python\\python.exe" -m referral_lint serve\r\n' in text


def test_install_writes_it_and_ends(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert run(["serve", "--install"]) == 0
    assert "Written:" in capsys.readouterr().err
