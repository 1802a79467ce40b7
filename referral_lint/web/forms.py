"""What a form sends: fields and files, in memory alone. (The usual parser puts files of a megabyte on disk.)"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from referral_lint.model import Source
from referral_lint.web.body import whole, whole_characters
from referral_lint.web.payload import plain_name
from referral_lint.web.refusal import Refused

MOST_FILES = 20
MOST_CHARACTERS = 500_000  # of a field


class Form(NamedTuple):
    fields: dict[str, str]
    files: tuple[Source, ...]

    def text(self, name: str) -> str:
        """A field as it was typed, with lines ended as everywhere here; empty if it was not sent."""
        return self.fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")


class _InMemory(MultiPartParser):
    spool_max_size = 0  # of a SpooledTemporaryFile: never on disk


async def form(request: Request) -> Form:
    """The form that was sent. Raises Refused (400, 413)."""
    data = await whole(request)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield data
        yield b""  # tells the parser that this is all

    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            most = MOST_CHARACTERS * 4
            parser = _InMemory(request.headers, stream(), max_files=MOST_FILES, max_fields=100, max_part_size=most)
            return await _read(await parser.parse())
        if kind == "application/x-www-form-urlencoded":
            return await _read(await FormParser(request.headers, stream()).parse())
    except (MultiPartException, ValueError, KeyError) as fault:
        said = getattr(fault, "message", "")
        if "Too many" in said or "exceeded" in said:
            raise Refused(
                413, f"That is too much at once: at most {MOST_FILES} files, and a text of 500 pages."
            ) from fault
        raise Refused(400, "This form cannot be read. Go back and send it again.") from fault
    raise Refused(400, "This form cannot be read. Go back and send it again.")


async def _read(sent: FormData) -> Form:
    fields: dict[str, str] = {}
    files: list[Source] = []
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            await value.close()
            if data or value.filename:
                files.append(Source(plain_name(whole_characters(value.filename or "draft")), data))
        else:
            if len(value) > MOST_CHARACTERS:
                raise Refused(413, "This text is too long. Send it as a file, or a part of it.")
            fields[name] = whole_characters(value)
    return Form(fields, tuple(files))
