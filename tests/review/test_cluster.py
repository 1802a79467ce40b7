"""The same work on a Dask cluster: a real scheduler over TLS, two worker processes, one of which is killed on the way."""

import datetime
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from referral_lint.config import Config
from referral_lint.config_keys import Cluster
from referral_lint.errors import ReferralLintError
from referral_lint.review.cluster import look_there
from referral_lint.review.row import Job
from referral_lint.review.run import Stop
from referral_lint.review.session import Options, Session

from .conftest import POOR, Told
from .test_run import rows

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # of Dask's own sockets


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """One certificate of our own making, for everybody: (certificate, key)."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(private)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def dask(certificate, tmp_path):
    """Starts a part of Dask as its users do, and ends it afterwards."""
    started = []
    tls = ["--tls-ca-file", certificate[0], "--tls-cert", certificate[0], "--tls-key", certificate[1]]

    def start(part, *more):
        log = tmp_path / f"{part}-{len(started)}.log"
        command = [sys.executable, "-m", "dask", part, *map(str, (*tls, *more))]
        with log.open("w") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, cwd=tmp_path, start_new_session=True)
        started.append(process)
        return process, log

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said(log, pattern, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


class Killing(Told):
    """Kills a worker after a few files."""

    def __init__(self, worker, after):
        super().__init__()
        self.worker, self.after = worker, after

    def step(self, row):
        super().step(row)
        if len(self.rows) == self.after:
            os.killpg(self.worker.pid, signal.SIGKILL)


def test_a_worker_is_killed_and_the_results_are_those_of_one_machine(certificate, dask, tmp_path):
    folder = tmp_path / "drafts"
    folder.mkdir()
    for n in range(60):
        (folder / f"draft {n}.txt").write_text(f"{POOR}\nHe said it on {1 + n % 28} March 2025.\n" * (1 + n % 5))
    here = Session(folder, tmp_path / "here", Config(off=()), Options(workers=1))
    assert here.run(Told()) == 0

    _, log = dask("scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = said(log, r"(tls://127\.0\.0\.1:\d+)")
    workers = [dask("worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1") for _ in range(2)]
    for _, log in workers:
        said(log, r"(Registered to)")
    cert, key = map(str, certificate)
    config = Config(off=(), cluster=Cluster(ca_file=cert, cert_file=cert, key_file=key))
    there = Session(folder, tmp_path / "there", config, Options(scheduler=address))
    told = Killing(workers[0][0], after=10)
    assert there.run(told) == 0
    assert workers[0][0].wait(10) == -signal.SIGKILL
    assert told.done == 60
    assert rows(tmp_path / "there") == rows(tmp_path / "here")

    few = tmp_path / "few"
    few.mkdir()
    (few / "a.txt").write_text(POOR)
    late = Session(few, tmp_path / "late", config, Options(scheduler=address, seconds=0.001))
    assert late.run(told) == 1  # the time limit holds there too


def test_machines_with_other_rules_stop_the_run(tmp_path):
    job = Job(str(tmp_path / "a.txt"), "a.txt", "other settings", "", b"k" * 32)
    with pytest.raises(Stop, match="another version"):
        look_there(job, Config(), 1.0)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:8786", "ucx://127.0.0.1:1"])
def test_without_encryption_only_with_leave(tmp_path, address):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(POOR)
    session = Session(tmp_path / "in", tmp_path / "out", Config(), Options(scheduler=address))
    with pytest.raises(ReferralLintError, match="plain_tcp"):
        session.run(Told())


@pytest.mark.parametrize(
    ("own", "said"), [(Cluster(), "name ca_file"), (Cluster("none.pem", "none.pem", "none.pem"), "cannot be used")]
)
def test_tls_needs_certificates(tmp_path, own, said):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(POOR)
    session = Session(tmp_path / "in", tmp_path / "out", Config(cluster=own), Options(scheduler="tls://127.0.0.1:1"))
    with pytest.raises(ReferralLintError, match=said):
        session.run(Told())


def test_a_dead_address_is_said_at_once(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(POOR)
    config = Config(cluster=Cluster(plain_tcp=True))
    session = Session(tmp_path / "in", tmp_path / "out", config, Options(scheduler="tcp://127.0.0.1:1"))
    began = time.monotonic()
    with pytest.raises(ReferralLintError, match="no scheduler can be reached"):
        session.run(Told())
    assert time.monotonic() - began < 10


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(POOR)
    monkeypatch.setitem(sys.modules, "distributed", None)
    session = Session(tmp_path / "in", tmp_path / "out", Config(), Options(scheduler="tls://127.0.0.1:1"))
    with pytest.raises(ReferralLintError, match=r"referral-lint\[cluster\]"):
        session.run(Told())
