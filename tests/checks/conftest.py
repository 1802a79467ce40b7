"""What the tests of checks share."""

import pytest

from tests import linting


@pytest.fixture(scope="session")
def linter():
    return linting.linter()
