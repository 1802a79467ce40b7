"""One set of workers for all tests of the page, and a client that speaks to an application without a network."""

import pytest
from starlette.testclient import TestClient

from referral_lint.config import Config
from referral_lint.web.access import Door
from referral_lint.web.app import application
from referral_lint.web.programs import Programs
from referral_lint.web.tasks import do
from referral_lint.workers import Workers

ORIGIN = "http://127.0.0.1:8477"


@pytest.fixture(scope="session")
def workers():
    with Workers(Config(), 1, task=do, seconds=20) as them:
        yield them


@pytest.fixture
def programs(tmp_path):
    return Programs(tmp_path / "programs.json")


@pytest.fixture
def client(workers, programs):
    with TestClient(application(Door(ORIGIN, "t0ken"), workers, programs), base_url=ORIGIN) as client:
        yield client
