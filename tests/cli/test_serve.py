"""`serve`: one page a person, starters for every system, and a proxy only with its sign-in."""

import configparser
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from referral_lint import config
from referral_lint.cli import run
from referral_lint.cli.serve import _door
from referral_lint.errors import ConfigError
from referral_lint.web import running
from referral_lint.web.serving import PortTaken, listen
from referral_lint.web.starter import install, where_to_find


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


def test_after_clearing_everything_no_word_is_left_in_memory(served):
    """Reads the memory of every process of the program, as a debugger would (Linux)."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("the memory of a process cannot be read here")
    process, address = served
    marker, origin = "Quillfeather", address.partition("/p/")[0]
    with httpx2.Client(timeout=60) as client:
        asked = {"words": f"Zebediah {marker} is frequently late.", "to": "", "no_names": False}
        for _ in range(3):
            here = origin + client.post(f"{address}live", json=asked).json()["here"]
            client.get(f"{here}note")
        assert sum(in_memory(process.pid, marker).values()) > 0
        assert client.post(f"{address}clear").status_code == 200
    for _ in range(100):
        if not sum((left := in_memory(process.pid, marker)).values()):
            break
        time.sleep(0.1)
    assert sum(left.values()) == 0
    assert httpx2.get(here, timeout=60).status_code == 404  # from the process that took over
    assert httpx2.get(address, timeout=60).status_code == 200


def in_memory(root, marker):
    """How often the marker stands in what the process and its descendants may write to, by process."""
    family, parents = {root}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return {process: written(process, marker) for process in family}


def written(process, marker):
    needles = [marker.encode(kind) for kind in ("utf-8", "utf-16-le", "utf-32-le")]
    total = 0
    with suppress(OSError), Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if rights.startswith("rw") and "[v" not in line:
                start, end = (int(edge, 16) for edge in place.split("-"))
                with suppress(OSError):
                    memory.seek(start)
                    data = memory.read(end - start)
                    total += sum(data.count(needle) for needle in needles)
    return total


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
    said = capsys.readouterr().err
    assert "Written:" in said
    assert "You find it as “Check a referral” in" in said


@pytest.mark.parametrize(("system", "where"), [("win32", "Start menu"), ("darwin", "Finder"), ("linux", "Office")])
def test_where_the_starter_is_found(system, where):
    assert where in where_to_find(system)
