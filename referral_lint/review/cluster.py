"""The same work on an existing Dask cluster (extra `cluster`). Paths travel, texts do not.

Each worker process of the cluster keeps checking processes of its own (`referral_lint.workers`), so that the time limit
and the care for broken files are the same as on one machine. When a worker is lost, Dask gives its files to another.
"""

from __future__ import annotations

import atexit
import multiprocessing
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from referral_lint.config import Config
from referral_lint.errors import ReferralLintError
from referral_lint.review import same
from referral_lint.review.row import FileRow, Job, look
from referral_lint.review.run import MEMORY, Pool, Stop
from referral_lint.workers import Unjudged, Workers

WAIT_SECONDS = 30  # for the scheduler to answer
KNOCK_SECONDS = 5  # for anything to listen there at all

_lock = threading.Lock()
_checking: dict[tuple[str, float], Workers] = {}  # in a process of the cluster: by settings, kept between files


@contextmanager
def cluster(address: str, settings: Config, seconds: float) -> Iterator[tuple[Pool, int]]:
    """A pool at this address, and how many files to hand out at once.

    Raises ReferralLintError without the extra, for an unprotected address without leave, or if nobody answers.
    """
    client = _client(address, settings)
    try:
        threads = sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
        if not threads:
            raise ReferralLintError(f"{address}: the scheduler answers, but it has no workers; start some")
        yield _Cluster(client, settings, seconds), 4 * threads
    finally:
        client.close()


def _client(address: str, settings: Config) -> Any:
    try:
        import distributed
    except ImportError as fault:
        raise ReferralLintError("for a cluster install the extra: pip install 'referral-lint[cluster]'") from fault
    made: Any = distributed
    own = settings.cluster
    if address.startswith("tls://"):
        files = {"tls_ca_file": own.ca_file, "tls_client_cert": own.cert_file, "tls_client_key": own.key_file}
        given = {name: str(settings.folder / file) for name, file in files.items() if file}
        security = made.Security(require_encryption=True, **given)
        _check_certificates(security)
    elif address.startswith("tcp://") and own.plain_tcp:
        security = made.Security(require_encryption=False)
    else:
        raise ReferralLintError(
            "--scheduler: give an address with tls://; for tcp:// on a network of your own set cluster.plain_tcp = true"
        )
    try:
        _knock(*made.comm.get_address_host_port(address))
        return made.Client(address, security=security, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as fault:  # a TimeoutError is an OSError
        raise ReferralLintError(
            f"{address}: no scheduler can be reached there ({type(fault).__name__}); is it running, and is the address right?"
        ) from fault


def _knock(host: str, port: int) -> None:
    """Is anything there? Dask tries a dead address again until its time is over. Raises OSError."""
    socket.create_connection((host, port), KNOCK_SECONDS).close()


def _check_certificates(security: Any) -> None:
    """Before anything is connected; Dask's own configuration may name them too."""
    try:
        found = security.get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as fault:  # ssl's own errors are OSErrors
        raise ReferralLintError(
            f"the certificates named under [cluster] cannot be used ({fault}); check that each is there, may be read and is in PEM format"
        ) from fault
    if found is None:
        raise ReferralLintError("for tls:// name ca_file, cert_file and key_file under [cluster] in the configuration")


class _Cluster:
    """Hands jobs to the cluster; an answer is a Future like that of `Workers`."""

    def __init__(self, client: Any, settings: Config, seconds: float) -> None:
        self._client, self._given = client, (settings, seconds)

    def submit(self, payload: Job) -> Future[FileRow]:
        answer: Future[FileRow] = Future()
        task = self._client.submit(look_there, payload, *self._given, pure=False)
        task.add_done_callback(lambda done: _hand_over(done, answer))
        return answer


def _hand_over(task: Any, answer: Future[FileRow]) -> None:
    """From Dask's future to ours, so that the cluster can forget the result."""
    if not answer.set_running_or_notify_cancel():
        return
    try:
        answer.set_result(task.result())
    except Stop as why:
        answer.set_exception(why)
    except BaseException as fault:  # lost workers, a cancelled task, another version of a library
        answer.set_exception(Unjudged("crash", f"The cluster gave no result for this file ({type(fault).__name__})."))


def look_there(job: Job, settings: Config, seconds: float) -> FileRow:
    """What a process of the cluster does for one file. Raises Stop if it is another referral-lint."""
    own = same.settings(settings, job.show_text)
    if own != job.settings:
        raise Stop("the machines of the cluster have another version of referral-lint, of its rules or of its packs")
    try:
        row: FileRow = _here(settings, seconds, own).submit(job).result()
    except Unjudged as why:
        return FileRow("", problem=str(why))
    return row


def _here(settings: Config, seconds: float, own: str) -> Workers:
    with _lock:
        if (own, seconds) not in _checking:
            # Dask's processes are marked so that they may start none of their own; ours leave with them all the same.
            multiprocessing.current_process().daemon = False
            for workers in _checking.values():
                workers.close()
            _checking.clear()
            _checking[own, seconds] = Workers(settings, _threads(), task=look, seconds=seconds, memory=MEMORY)
            atexit.register(_checking[own, seconds].close)
        return _checking[own, seconds]


def _threads() -> int:
    """How many files this process of the cluster is given at a time."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)
