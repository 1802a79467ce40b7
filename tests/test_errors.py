"""What the system says of a file comes with what to do about it."""

from __future__ import annotations

import errno
import os

import pytest

from referral_lint.errors import trouble


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.ELOOP])
def test_every_trouble_comes_with_a_way_out(code: int) -> None:
    said, _, help_ = trouble(OSError(code, os.strerror(code))).partition("; ")
    assert said == f"({os.strerror(code)})"
    assert len(help_.split()) > 3


def test_a_trouble_without_words_has_its_name() -> None:
    assert trouble(TimeoutError()) == "(TimeoutError); try again, or choose another place"
