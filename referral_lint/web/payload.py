"""What a program asks to have checked: text, a file or an email, as JSON, becomes a Source."""

from __future__ import annotations

import base64
import binascii
from email import policy
from email.message import EmailMessage
from typing import Any

from referral_lint.model import Source
from referral_lint.web.refusal import Refused

MOST_ADDRESSES = 2_000
MOST_ATTACHMENTS = 200
_LONGEST = 1_000  # characters of a name, an address or a subject
# What Python's email package raises on what is no address or no header, brackets within brackets without end among it.
_NO_MESSAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def source(asked: dict[str, Any]) -> Source:
    """`{"text"}`, `{"name", "data"}` or `{"email"}` as an input. Raises Refused (400)."""
    if "email" in asked:
        return _email(_kind(asked, "email", dict))
    if "data" in asked:
        return Source(plain_name(_kind(asked, "name", str, "draft")), _bytes(asked))
    if "text" in asked:
        return Source("draft.txt", _kind(asked, "text", str).encode(), "text/plain")
    raise Refused(400, 'Send one of "text", "name" with "data", or "email".')


def plain_name(name: str) -> str:
    """A file's name without folders, whichever way the slashes lean, on one line."""
    name = " ".join(name.replace("\\", "/").rpartition("/")[2].split())
    return name[-200:] or "draft"


def _email(asked: dict[str, Any]) -> Source:
    """The message as the mail program would send it, so that it is read like any other."""
    message = EmailMessage(policy=policy.SMTP)
    _header(message, "Subject", _kind(asked, "subject", str, ""))
    _header(message, "From", _kind(asked, "from", str, ""))
    for name in ("To", "Cc", "Bcc"):
        _header(message, name, ", ".join(_texts(asked, name.lower())), MOST_ADDRESSES * _LONGEST)
    if _kind(asked, "reply", bool, False):
        message["In-Reply-To"] = "<the.earlier.message@localhost>"
    message.set_content(_kind(asked, "body", str, ""), charset="utf-8", cte="base64")
    page = asked.get("html")
    if page is not None:
        message.add_alternative(_kind(asked, "html", str), subtype="html", charset="utf-8", cte="base64")
    for one in _list(asked, "attachments", MOST_ATTACHMENTS):
        _attach(message, one)
    try:
        return Source("message.eml", message.as_bytes(), "message/rfc822")
    except _NO_MESSAGE as fault:
        raise Refused(400, "This email cannot be put together from its parts.") from fault


def _attach(message: EmailMessage, asked: Any) -> None:
    if not isinstance(asked, dict):
        raise Refused(400, 'Each of "attachments" must have "name", "type" and "data".')
    main, _, sub = _kind(asked, "type", str, "").partition("/")
    if not (main.isascii() and main.isalpha() and sub) or main in ("message", "multipart"):
        main, sub = "application", "octet-stream"  # what it is shows in its bytes
    sub = "".join(c for c in sub.partition(";")[0] if c.isascii() and (c.isalnum() or c in ".+-")) or "octet-stream"
    name = plain_name(_kind(asked, "name", str, "attachment"))
    message.add_attachment(_bytes(asked), maintype=main, subtype=sub, filename=name)


def _header(message: EmailMessage, name: str, value: str, most: int = _LONGEST) -> None:
    """A header of one line. What is not an address is kept as it stands: it may be the fault to find."""
    value = " ".join(value.split())[:most]
    if value:
        message.add_header(name, value) if name == "Subject" else _addresses(message, name, value)


def _addresses(message: EmailMessage, name: str, value: str) -> None:
    try:
        message[name] = value
        message[name].encode  # noqa: B018  (a value that cannot be understood shows itself when it is read)
    except _NO_MESSAGE:
        del message[name]
        raise Refused(400, f'One of the addresses in "{name.lower()}" cannot be read.') from None


def _bytes(asked: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(_kind(asked, "data", str), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Refused(400, '"data" must be base64.') from fault


def _texts(asked: dict[str, Any], key: str) -> list[str]:
    found = _list(asked, key, MOST_ADDRESSES)
    if not all(isinstance(one, str) for one in found):
        raise Refused(400, f'"{key}" must be a list of texts.')
    return [one[:_LONGEST] for one in found]


def _list(asked: dict[str, Any], key: str, most: int) -> list[Any]:
    found = _kind(asked, key, list, [])
    if len(found) > most:
        raise Refused(413, f'There are more than {most:,} of "{key}". Send fewer.')
    return list(found)


def _kind(asked: dict[str, Any], key: str, kind: type, otherwise: Any = None) -> Any:
    """The value of a key in the type that it must have; `otherwise` where it is absent or null."""
    value = asked.get(key)
    value = otherwise if value is None else value
    if not isinstance(value, kind):
        names = {str: "a text", bool: "true or false", list: "a list", dict: "an object"}
        raise Refused(400, f'"{key}" must be {names[kind]}.')
    return value
