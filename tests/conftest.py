"""What all tests share."""

import os
import shutil
from collections.abc import Callable

import pytest

from referral_lint.engine import Linter
from tests import linting


@pytest.fixture(scope="session")
def linter() -> Linter:
    """The linter as it comes, built once; it never changes."""
    return linting.linter()


@pytest.fixture(autouse=True)
def user_folder(tmp_path_factory, monkeypatch):
    """No test reads or writes the settings of whoever runs it."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("APPDATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory, monkeypatch):
    """Nor its cache; the tests share one, so that the programs that they start begin as quickly as a user's second one."""
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("LOCALAPPDATA", str(folder))
    return folder


@pytest.fixture
def needs_program() -> Callable[[str], str]:
    """The path of a system program. Without it the test is skipped, but on the build machine it fails."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            message = f"{name} is not installed"
            (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)(message)
        return path

    return find
