"""What comes in, within limits: the body of a request as bytes or as a JSON object."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from referral_lint.web.refusal import Refused

MOST_BYTES = 40_000_000  # of one request: a message of 25 MB with its attachments, as base64


async def whole(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body. Raises Refused (413) as soon as it is known to be longer than `most` bytes."""
    refused = Refused(413, f"This is larger than {most // 1_000_000} MB. Send a smaller part of it.")
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > most:
        raise refused
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > most:
            raise refused
    return bytes(parts)


async def json_object(request: Request, most: int = MOST_BYTES) -> dict[str, Any]:
    """The body as a JSON object, its texts of whole characters. Raises Refused (400, 413)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(400, "Send the request as JSON, with Content-Type: application/json.")
    try:
        found = _whole_texts(json.loads(await whole(request, most)))
    except (ValueError, RecursionError) as fault:
        raise Refused(400, "The request is not valid JSON.") from fault
    if not isinstance(found, dict):
        raise Refused(400, "The request must be one JSON object.")
    return found


def whole_characters(text: str) -> str:
    """The text with "?" for halves of characters, which no file, message or answer can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _whole_texts(found: Any) -> Any:
    match found:
        case str():
            return whole_characters(found)
        case list():
            return [_whole_texts(one) for one in found]
        case dict():
            return {whole_characters(key): _whole_texts(value) for key, value in found.items()}
    return found
