"""What is left alone entirely: mail that nobody here writes about a family."""

from __future__ import annotations

from referral_lint.mail.message import Mail
from referral_lint.mail.patterns import fits, is_network, within
from referral_lint.mail.policy import Policies


def why_left_alone(mail: Mail, policies: Policies) -> str:
    """The reason not to look at this message, in a word or two; empty if it is to be checked.

    Envelope and headers are enough to say so. An invitation inside another message is found later, by `judge`.
    """
    if not mail.login and mail.client and not within(mail.client, policies.own_networks + policies.trusted_relays):
        return "inbound"
    if not mail.sender or mail.header("Content-Type").lower().startswith("multipart/report"):
        return "bounce"
    if _is_automatic(mail):
        return "automatic"
    if mail.header("Content-Type").lower().startswith("text/calendar"):
        return "invitation"
    return "listed" if _is_listed(mail, policies) else ""


def _is_automatic(mail: Mail) -> bool:
    """RFC 3834, and what older programs write."""
    said = mail.header("Auto-Submitted").lower().partition(";")[0].strip()
    return (
        said not in ("", "no")
        or bool(mail.header("X-Autoreply") or mail.header("X-Autorespond"))
        or mail.header("Precedence").lower() in ("auto_reply", "bulk", "junk")
    )


def _is_listed(mail: Mail, policies: Policies) -> bool:
    listed = policies.mail.leave_alone
    headers = {one.partition(":")[2].strip().lower() for one in listed if one.lower().startswith("header:")}
    senders = [one for one in listed if not one.lower().startswith("header:") and not is_network(one)]
    return (
        any(name.lower() in headers for name, _ in mail.headers)
        or fits(mail.sender, senders)
        or within(mail.client, policies.left_networks)
    )
