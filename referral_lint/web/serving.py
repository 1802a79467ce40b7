"""Listening: a socket on this machine alone, and the server on it."""

from __future__ import annotations

import errno
import logging
import socket
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from referral_lint.errors import ReferralLintError

HOST = "127.0.0.1"
SECONDS_TO_END = 3


class PortTaken(ReferralLintError):
    """Somebody listens there already."""


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 = any free one. Raises ReferralLintError, PortTaken."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: without it two programs can share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
    except (OSError, OverflowError) as fault:
        made.close()
        if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
            raise PortTaken(f"Port {port} is in use. Choose another with --port, or close what uses it.") from fault
        raise ReferralLintError(f"Nothing can listen on port {port}; choose another with --port.") from fault
    made.listen(512)
    return made


def server_for(app: ASGIApp, certificate: Path | None = None, key: Path | None = None) -> uvicorn.Server:
    """The server of an application. Nothing is logged: a log would say who checked what and when.

    Raises ReferralLintError if the certificate cannot be used.
    """
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=400,
        timeout_graceful_shutdown=SECONDS_TO_END,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except OSError as fault:
        raise ReferralLintError("The certificate or its key cannot be used; both must be in PEM format.") from fault
    return uvicorn.Server(config)
