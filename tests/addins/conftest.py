"""A real service on a port of its own, which can be slow, or not there at all."""

import asyncio
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from referral_lint.config import Config
from referral_lint.model import Source
from referral_lint.web.access import Door
from referral_lint.web.app import application
from referral_lint.web.programs import Programs
from referral_lint.web.serving import listen
from referral_lint.web.tasks import Job, as_json, do
from referral_lint.workers import Workers


class Service:
    """`referral-lint serve` inside the test. `delay`: seconds before it answers."""

    def __init__(self, workers, file):
        self.programs, self.delay = Programs(file), 0.0
        self._workers, self.port = workers, 0
        self.start()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        listening = listen(self.port)
        self.port = listening.getsockname()[1]
        app = application(Door(self.origin, "t0ken"), self._workers, self.programs)

        async def slow(scope, receive, send):
            if scope["type"] == "http" and scope["path"] == "/check":
                await asyncio.sleep(self.delay)
            await app(scope, receive, send)

        self._server = uvicorn.Server(uvicorn.Config(slow, http="h11", ws="none", log_config=None, lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._listening = listening
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self):
        self._server.force_exit = self._server.should_exit = True
        self._thread.join(10)
        self._listening.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    with Workers(Config(), 1, task=do, seconds=20) as workers:
        first = Job(as_json, (Source("draft.txt", b"Theo is late.", "text/plain"),))
        workers.submit(first).result(60)  # the worker is warm, so that four seconds are enough on a busy machine
        running = Service(workers, tmp_path_factory.mktemp("service") / "programs.json")
        yield running
        running.stop()


@pytest.fixture
def token(service):
    """Of a program that is paired."""
    return service.programs.pair(service.programs.new_code(), "A test")


@pytest.fixture(scope="session")
def office_tools():
    """The folder into which `npm install` put Microsoft's tools for tests; .ci/run says which."""
    named = os.environ.get("REFERRAL_LINT_OFFICE_TOOLS")
    if not named:
        message = "REFERRAL_LINT_OFFICE_TOOLS does not say where Microsoft's tools for tests are"
        (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)(message)
    return Path(named)


@pytest.fixture(scope="session")
def needs_browser():
    """Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("REFERRAL_LINT_CI") else pytest.skip)("chromium is not installed")
    return path
