"""What an administrator puts into Postfix and systemd: printed by `init --postfix`."""

from __future__ import annotations

import shlex
from pathlib import Path

from referral_lint.config import Config

QUEUE = Path("/var/spool/postfix")  # Debian's smtpd sees only what is below it

_LINES = """\
# ---- 1. Once, as root:

adduser --system --group --home {state} --no-create-home referral-lint
{socket_folder}
# ---- 2. /etc/systemd/system/referral-lint.socket
# systemd keeps the socket: while the filter starts again, messages wait at it and are not passed over.

[Unit]
Description=referral-lint: where the mail server asks

[Socket]
{listen}
[Install]
WantedBy=sockets.target

# ---- 3. /etc/systemd/system/referral-lint.service

[Unit]
Description=referral-lint: checks referrals before they leave
Requires=referral-lint.socket
After=network.target postfix.service

[Service]
ExecStart={program} milter --config {config}
User=referral-lint
# to hand reports to the mail server (its program cannot change group in this sandbox)
SupplementaryGroups=postdrop
StateDirectory=referral-lint
StateDirectoryMode=0750
Environment=HOME={state} XDG_CONFIG_HOME={state}
Restart=always
RestartSec=1
TimeoutStopSec=60
MemoryMax=3G
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
# there is no network client in it; the mail server's program looks at its own interfaces
{network}RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
LockPersonality=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
CapabilityBoundingSet=
UMask=0027

[Install]
WantedBy=multi-user.target

# ---- 4. Begin:

systemctl daemon-reload && systemctl enable --now referral-lint.socket referral-lint.service

# ---- 5. /etc/postfix/main.cf, then: postfix reload
# Put it before a filter that signs (DKIM). `accept`: if it is down, messages go, and
# `{program} milter --missed /var/log/mail.log` lists them; `tempfail` makes the sender's program try again instead.

smtpd_milters = {milter}
milter_default_action = accept
milter_protocol = 6
milter_connect_timeout = 10s
milter_command_timeout = 30s
milter_content_timeout = {content}s
"""


_NO_NETWORK = "PrivateNetwork=yes\n"
_LOOPBACK = "IPAddressDeny=any\nIPAddressAllow=localhost\n"


def lines(config: Config, program: str) -> str:
    """The text of `init --postfix`; `program` is how referral-lint is called there."""
    kind, _, place = config.mail.socket.partition(":")
    path = Path(place) if kind == "unix" else None
    seen = path.relative_to(QUEUE) if path is not None and path.is_relative_to(QUEUE) else path
    return _LINES.format(
        state=config.mail.state,
        program=shlex.quote(program),
        config=config.path.resolve() if config.path else "/etc/referral-lint/referral-lint.toml",
        socket_folder=f"install -d -o root -g postfix -m 0750 {path.parent}\n" if path else "",
        listen=_listen(path, place),
        writable=f"{config.mail.state} {QUEUE}/maildrop",
        network=_NO_NETWORK if path else _LOOPBACK,
        milter=f"unix:{seen}" if path else f"inet:{place}",
        content=config.mail.seconds + 20,
    )


def _listen(path: Path | None, place: str) -> str:
    if path is None:
        return f"ListenStream={place}\n"
    return f"ListenStream={path}\nSocketUser=referral-lint\nSocketGroup=postfix\nSocketMode=0660\n"
