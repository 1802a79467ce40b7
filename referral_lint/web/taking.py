"""What a person takes along: the copy with comments, the report as a page, the decision note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from referral_lint.config import Config
from referral_lint.decisions import decisions_from
from referral_lint.errors import ReferralLintError
from referral_lint.web import note, tasks
from referral_lint.web.desks import Desk
from referral_lint.web.forms import form
from referral_lint.web.pages import Pages
from referral_lint.web.refusal import Refused
from referral_lint.web.tasks import Queue
from referral_lint.writers import ANNOTATORS, html
from referral_lint.writers.copies import annotated_name
from referral_lint.writers.plain import numbers

_KEPT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


class Taking:
    """The routes of what is taken along, below the address of a desk."""

    def __init__(self, pages: Pages, queue: Queue, settings: Config) -> None:
        self._pages, self._queue, self._settings = pages, queue, settings

    def routes(self) -> list[Route]:
        one = "/d/{desk}"
        return [
            Route(f"{one}/copy/{{number:int}}", self.copy),
            Route(f"{one}/report.html", self.report),
            Route(f"{one}/note", self.note, methods=["GET", "POST"]),
            Route(f"{one}/note.txt", self.note_file, methods=["GET", "POST"]),
            Route(f"{one}/note/keep", self.keep, methods=["POST"]),
        ]

    async def copy(self, request: Request) -> Response:
        """The Word or PDF file with a comment at each place, and the words that were written out as tracked changes."""
        desk = self._pages.desk(request)
        file, document = desk.owner_of(int(request.path_params["number"]))
        if file is None or document.document.media_type not in ANNOTATORS:
            raise Refused(404, "There is no copy with comments of this kind of draft. Take the report instead.")
        findings = tuple(replace(f, replacement=desk.chosen.get(f.fingerprint)) for f in document.findings)
        try:
            data = await self._queue.ask(tasks.annotated, file, replace(document, findings=findings), bool(desk.chosen))
        except Refused as refused:
            if refused.status == 503:
                raise Refused(
                    503, "No copy with comments can be made of this file. Take the report instead."
                ) from refused
            raise
        return _download(data, annotated_name(Path(file.name)).name, document.document.media_type)

    async def report(self, request: Request) -> Response:
        page = html.render(self._pages.desk(request).report)
        return _download(page.encode(), "report (checked - do not send).html", "text/html; charset=utf-8")

    async def note(self, request: Request) -> Response:
        """The form of the note, begun from the draft, and what it says so far."""
        desk, words = await self._noted(request)
        if request.headers.get("x-live"):
            return JSONResponse({"words": words})
        return self._pages.page(
            "note.page.html.j2",
            here=self._pages.here(desk),
            desk=desk,
            fields=note.FIELDS,
            note=desk.note,
            words=words,
            saved=request.query_params.get("kept", ""),
            numbers=list(numbers(self._settings.local)),
            procedures=self._settings.local.procedures,
        )

    async def _noted(self, request: Request) -> tuple[Desk, str]:
        """The desk with its note, begun from the draft and filled in with what was sent, if anything; and the note as text."""
        desk = self._pages.desk(request)
        if not desk.note:
            desk.note = note.begun(desk.report)
        if request.headers.get("content-type"):
            sent = await form(request)
            names = ("decision", *(f.name for f in note.FIELDS))
            if sent.fields:
                desk.note = {name: sent.text(name)[:10_000] for name in names}
        return desk, note.text(desk.note, desk.report)

    async def note_file(self, request: Request) -> Response:
        _, words = await self._noted(request)
        return _download(words.encode("utf-8", "replace"), "decision note.txt", "text/plain; charset=utf-8")

    async def keep(self, request: Request) -> Response:
        """Keeps the note on this machine, because somebody asked for it."""
        if self._pages.shared:
            raise Refused(404, "A note can only be kept by the page on your own machine. Copy it instead.")
        desk, words = await self._noted(request)
        shares = desk.note.get("decision") != note.NOT
        title = desk.note.get("about", "").strip() or ("Shared" if shares else "Not shared")
        try:
            entry = decisions_from(self._settings).keep(title[:100], words)
        except ReferralLintError as fault:
            raise Refused(503, f"The note could not be kept: {fault.message} Copy it instead.") from fault
        return RedirectResponse(f"{self._pages.here(desk)}note?kept={entry.number}", 303)


def _download(data: bytes, name: str, kind: str) -> Response:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ().-_") else "_" for c in name)
    whole = "".join(c if c in _KEPT else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    return Response(data, media_type=kind, headers={"Content-Disposition": disposition})
