"""What an administrator puts into Postfix and systemd: printed by `init --postfix`."""

from __future__ import annotations

import shlex
from pathlib import Path

from referral_lint.config import Config

QUEUE = Path("/var/spool/postfix")  # Debian's smtpd sees only what is below it

_LINES = """\
# ---- 1. Once, as root:

adduser --system --group --home {state} --no-create-home referral-lint
{state_folder}{socket_folder}
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
{own_state}Environment=HOME={state} XDG_CONFIG_HOME={state}
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
# there is no network client in it; but the mail server's program wants to see the addresses that it is bound to
IPAddressDeny=any
IPAddressAllow=localhost
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
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

# after every change to {config}: systemctl restart referral-lint.service

# ---- 5. /etc/postfix/main.cf, then: postfix reload
# Put it before a filter that signs (DKIM). `accept`: if it is down, messages go, and
# `journalctl -u 'postfix*' --since yesterday | {program} milter --missed -` lists them;
# `tempfail` makes the sender's program try again instead, and delays what says that somebody is in danger.
# If the filter is stuck, a connection waits as long as these times say, once; then its messages go.

smtpd_milters = {milter}
milter_default_action = accept
milter_protocol = 6
{timeouts}
"""

DEFAULT_STATE = Path("/var/lib/referral-lint")
# It answers everything but the end of a message at once, and needs a few seconds to start again.
_SECONDS_TO_START = 10
# At the end of a message it may take `mail.seconds`, and then hand over a note.
_SECONDS_TO_END = 10


def timeouts(config: Config) -> dict[str, str]:
    """How long Postfix waits for the filter."""
    return {
        "milter_connect_timeout": f"{_SECONDS_TO_START}s",
        "milter_command_timeout": f"{_SECONDS_TO_START}s",
        "milter_content_timeout": f"{config.mail.seconds + _SECONDS_TO_END}s",
    }


def lines(config: Config, program: str) -> str:
    """The text of `init --postfix`; `program` is how referral-lint is called there."""
    state = (config.folder / config.mail.state).resolve()
    kind, _, place = config.mail.socket.partition(":")
    path = Path(place) if kind == "unix" else None
    seen = path.relative_to(QUEUE) if path is not None and path.is_relative_to(QUEUE) else path
    return _LINES.format(
        state=state,
        state_folder=""
        if state == DEFAULT_STATE
        else f"install -d -o referral-lint -g referral-lint -m 0750 {state}\n",
        own_state="StateDirectory=referral-lint\nStateDirectoryMode=0750\n" if state == DEFAULT_STATE else "",
        program=shlex.quote(program),
        config=config.path.resolve() if config.path else "/etc/referral-lint/referral-lint.toml",
        socket_folder=f"install -d -o root -g postfix -m 0750 {path.parent}\n" if path else "",
        listen=_listen(path, place),
        writable=f"{state} {QUEUE}/maildrop",
        milter=f"unix:{seen}" if path else f"inet:{place}",
        timeouts="\n".join(f"{name} = {time}" for name, time in timeouts(config).items()),
    )


def _listen(path: Path | None, place: str) -> str:
    if path is None:
        return f"ListenStream={place}\n"
    return f"ListenStream={path}\nSocketUser=referral-lint\nSocketGroup=postfix\nSocketMode=0660\n"
