"""A real Postfix of the test's own: own configuration, own queue, high ports on loopback, every message in one Maildir."""

import base64
import contextlib
import email
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from email import policy
from pathlib import Path

from referral_lint.config import Config
from referral_lint.mail.postfix import timeouts

PASSWORD = "not a secret"

_MAIN = """
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {base}/mail.log
maillog_file_prefixes = {base}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
default_transport = virtual
virtual_mailbox_domains =
virtual_mailbox_base = {base}/mailboxes
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
mailbox_size_limit = 0
message_size_limit = 60000000
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
relay_domains = static:all
relay_transport = virtual
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_client_connection_count_limit = 0
smtpd_delay_reject = yes
in_flow_delay = 0
{more}
"""
_MASTER = """
127.0.0.1:{port} inet n - n - 60 smtpd
127.0.0.1:{plain_port} inet n - n - 60 smtpd -o smtpd_milters= -o non_smtpd_milters=
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postfix:
    """Start it with `start`; `milter` is what its `smtpd_milters` says. Everything is below `base`."""

    def __init__(self, milter: str = "", **settings: str) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="rl-postfix-", dir="/tmp"))
        self.base.chmod(0o755)
        self.port, self.plain_port, self._auth_port = free_port(), free_port(), free_port()
        self.config = self.base / "etc"
        self.sendmail = ["/usr/sbin/sendmail", "-C", str(self.config)]
        self.milter = milter or f"unix:{self.base}/milter/milter.sock"
        self._settings = settings
        self._delivered = 0

    def start(self) -> "Postfix":
        nobody, owner = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
        for name in ("etc", "queue", "data", "mailboxes", "milter"):
            (self.base / name).mkdir()
        os.chown(self.base / "data", owner.pw_uid, owner.pw_gid)
        os.chown(self.base / "mailboxes", nobody.pw_uid, nobody.pw_gid)
        os.chown(self.base / "milter", 0, owner.pw_gid)
        (self.base / "milter").chmod(0o2750)
        more = {"smtpd_milters": self.milter, "milter_default_action": "accept", "milter_protocol": "6"}
        more |= timeouts(Config()) | self._settings
        main = _MAIN.format(
            base=self.base, uid=nobody.pw_uid, gid=nobody.pw_gid, auth_port=self._auth_port,
            more="\n".join(f"{k} = {v}" for k, v in more.items()),
        )  # fmt: skip
        (self.config / "main.cf").write_text(main)
        (self.config / "master.cf").write_text(_MASTER.format(port=self.port, plain_port=self.plain_port))
        self._auth = _Logins(self._auth_port)
        self._run("start")
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return self
            time.sleep(0.1)
        raise RuntimeError(f"Postfix did not start: {self.log()}")

    def stop(self) -> None:
        self._run("abort")
        self._auth.close()
        shutil.rmtree(self.base, ignore_errors=True)

    def _run(self, command: str) -> None:
        subprocess.run(["/usr/sbin/postfix", "-c", self.config, command], capture_output=True, timeout=60, check=False)

    def smtp(self, login: str = "", port: int = 0) -> smtplib.SMTP:
        client = smtplib.SMTP("127.0.0.1", port or self.port, timeout=30)
        if login:
            client.login(login, PASSWORD)
        return client

    def log(self) -> str:
        path = self.base / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def delivered(self) -> list[email.message.EmailMessage]:
        """Every message delivered so far."""
        return [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in self._files()]

    def _files(self) -> list[Path]:
        return sorted((self.base / "mailboxes" / "all" / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)

    def wait_for(self, count: int, seconds: float = 20.0) -> list[email.message.EmailMessage]:
        """The messages, once there are so many of them."""
        end = time.monotonic() + seconds
        while len(self._files()) < count and time.monotonic() < end:
            time.sleep(0.05)
        return self.delivered()

    def held(self) -> list[str]:
        """Queue numbers of what waits to be released."""
        return [path.name for path in (self.base / "queue" / "hold").glob("*")]

    def release(self, queue_id: str) -> None:
        subprocess.run(["/usr/sbin/postsuper", "-c", self.config, "-H", queue_id], check=True, capture_output=True)
        subprocess.run(["/usr/sbin/postqueue", "-c", self.config, "-f"], check=False, capture_output=True)

    def remove(self, queue_ids: list[str]) -> None:
        for queue_id in queue_ids:
            subprocess.run(["/usr/sbin/postsuper", "-c", self.config, "-d", queue_id], check=True, capture_output=True)

    def queued(self) -> int:
        """How many messages wait anywhere in the queue."""
        names = ("maildrop", "incoming", "active", "deferred", "hold")
        return sum(1 for name in names for path in (self.base / "queue" / name).rglob("*") if path.is_file())


class _Logins:
    """Says to Postfix, in Dovecot's protocol, that everybody is who they say."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rwb", buffering=0) as file:
            file.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n")
            for line in file:
                words = line.decode().rstrip("\n").split("\t")
                if words[0] == "AUTH":
                    given = next(word for word in words if word.startswith("resp=")).removeprefix("resp=")
                    user = base64.b64decode(given).split(b"\0")[1].decode()
                    file.write(f"OK\t{words[1]}\tuser={user}\n".encode())


class Filter:
    """`referral-lint milter` as a process of its own."""

    def __init__(self, postfix: Postfix, config: str, sendmail: Sequence[str] = ()) -> None:
        self.postfix, self.sendmail = postfix, list(sendmail) or postfix.sendmail
        self.state = postfix.base / "state"
        self.state.mkdir(exist_ok=True)
        self.path = postfix.base / "referral-lint.toml"
        self.write(config)
        self.log = postfix.base / "filter.log"
        self.socket: socket.socket | None = None

    def write(self, config: str) -> None:
        head = f'[mail]\nstate = "{self.state}"\nsocket = "{self.postfix.milter}"\nsendmail = {self.sendmail!r}\n'
        self.path.write_text(head.replace("'", '"') + config)

    def start(self, ready: str = "ready to check", **environment: str) -> "Filter":
        if ready:
            before = self.said().count(ready)
        command, kept = [sys.executable, "-m", "referral_lint", "milter", "--config", str(self.path)], ()
        if self.socket is not None:
            kept = (self.socket.fileno(),)
            begin = f'exec 3<&{kept[0]}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
            command = ["bash", "-c", begin, "bash", *command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, env={**os.environ, **environment}, pass_fds=kept)
        end = time.monotonic() + 60
        while ready and self.said().count(ready) == before:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)
        return self

    def keep_socket(self) -> None:
        """Hold the socket as systemd does: while the filter is away, mail servers wait at it."""
        path = self.postfix.milter.removeprefix("unix:")
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        Path(path).chmod(0o660)
        self.socket.listen(128)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        if self.socket is not None:
            self.socket.close()
        return self.process.wait(30)
