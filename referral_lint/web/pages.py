"""The page: a box to type or paste into, files to drop, and what the check says, on a desk of one's own."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from datetime import date

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from referral_lint.config_keys import AGENCIES
from referral_lint.model import DocumentReport, Local, Report, Source, Waiver, unread
from referral_lint.web import screen, tasks
from referral_lint.web.access import Door
from referral_lint.web.body import json_object
from referral_lint.web.desks import Desk, Desks, pasted
from referral_lint.web.forms import Form, form
from referral_lint.web.noname import neutral
from referral_lint.web.programs import Programs
from referral_lint.web.refusal import Refused
from referral_lint.web.tasks import Queue

LONGEST_REASON = 500
_CHANGED = "The draft was changed in the meantime, perhaps in another tab. Load its page again to see it as it is now."


class Pages:
    """The routes of the page."""

    def __init__(
        self,
        door: Door,
        queue: Queue,
        desks: Desks,
        programs: Programs,
        local: Local,
        after_clear: Callable[[], None] | None = None,
    ) -> None:
        self._door, self._queue, self._desks, self._programs = door, queue, desks, programs
        self._local, self._after_clear = local, after_clear

    @property
    def shared(self) -> bool:
        """Whether this is a page for many, behind a proxy."""
        return bool(self._door.sign_in)

    def routes(self) -> list[Route]:
        one = "/d/{desk}"
        return [
            Route("/", self.begin, methods=["GET"]),
            Route("/", self.submit, methods=["POST"]),
            Route("/live", self.live, methods=["POST"]),
            Route("/clear", self.clear, methods=["POST"]),
            Route("/programs", self.programs, methods=["GET", "POST"]),
            Route(f"{one}/", self.show, methods=["GET"]),
            Route(f"{one}/", self.submit, methods=["POST"]),
            Route(f"{one}/live", self.live, methods=["POST"]),
            Route(f"{one}/waive", self.waive, methods=["POST"]),
            Route(f"{one}/write", self.write, methods=["POST"]),
            Route(f"{one}/take/{{number:int}}", self.take_words, methods=["POST"]),
            Route(f"{one}/neutral", self.neutral, methods=["GET"]),
        ]

    # --- reading a desk and showing it

    def desk(self, request: Request) -> Desk:
        """The desk of an address; a new one where the address names none. Raises Refused (404, 503)."""
        owner = self._door.user(request)
        named = request.path_params.get("desk")
        return self._desks.get(named, owner) if named else self._desks.new(owner)

    def here(self, desk: Desk) -> str:
        """The address of a desk."""
        return f"{self._door.page}/d/{desk.id}/"

    def page(self, name: str, status: int = 200, **shown: object) -> HTMLResponse:
        shown = {"root": f"{self._door.page}/", "here": f"{self._door.page}/", "shared": self.shared, **shown}
        return HTMLResponse(screen.page(name, **shown), status)

    async def begin(self, _request: Request) -> Response:
        return self.page("desk.page.html.j2", **screen.empty(self._local))

    async def show(self, request: Request) -> Response:
        desk = self.desk(request)
        return self.page("desk.page.html.j2", **screen.shown(desk, self.here(desk)))

    def _seen(self, request: Request, desk: Desk) -> Response:
        """The desk as it is now: as parts for the script, else as a page to go to."""
        if request.headers.get("x-live"):
            return JSONResponse(screen.parts(desk, self.here(desk)))
        return RedirectResponse(self.here(desk), 303)

    # --- checking

    async def submit(self, request: Request) -> Response:
        sent = await form(request)
        if not sent.text("words").strip() and not sent.files and not request.path_params.get("desk"):
            raise Refused(400, "There was nothing to check. Go back, and paste some words or choose a file.")
        desk = self.desk(request)
        _options(desk, sent)
        await self.check(desk, sent.text("words"), (*_without_again(desk, sent), *sent.files))
        return RedirectResponse(self.here(desk), 303)

    async def live(self, request: Request) -> Response:
        """The text as it is while somebody types; the answer has the parts of the page that change."""
        sent = await json_object(request, 4_000_000)
        words, to = sent.get("words"), sent.get("to")
        if not isinstance(words, str) or not isinstance(to, str):
            raise Refused(400, "This check was not asked for in the right way.")
        desk = self.desk(request)
        fields = {"words": words, "to": to, "no_names": "yes" if sent.get("no_names") is True else ""}
        asked = Form(fields, ())
        changed = _options(desk, asked)
        await self.check(desk, asked.text("words"), desk.files if changed else None)
        return JSONResponse(screen.parts(desk, self.here(desk)))

    async def check(self, desk: Desk, text: str, files: tuple[Source, ...] | None) -> None:
        """Reads a text and files, and lays them on the desk with what was found; files None: they stay as they are.

        If it cannot be done the desk is as it was. Raises Refused (413, 503).
        """
        self._desks.room(desk, files or ())
        desk.turn += 1
        turn, written = desk.turn, bool(text.strip())
        wanted = [*([pasted(text)] if written else []), *(files or ())]
        reports = list(await asyncio.gather(*(self._read(desk, source) for source in wanted)))
        if turn == desk.turn:  # else somebody asked again in the meantime
            desk.text, desk.words = text, reports.pop(0) if written else None
            if files is not None:
                desk.files, desk.reads = files, tuple(reports)

    async def _read(self, desk: Desk, source: Source) -> Report:
        try:
            return await self._queue.ask(tasks.checked, source, desk.no_names, desk.to)
        except tasks.Unfinished as fault:  # the other inputs go on
            return unread(source.name, fault.sentence, source.sha256)

    # --- deciding

    async def waive(self, request: Request) -> Response:
        """Leaves a finding as it is, with a reason; without a reason it takes an earlier decision back."""
        desk, sent = self.desk(request), await form(request)
        mark, reason = sent.text("finding"), " ".join(sent.text("reason").split())[:LONGEST_REASON]
        found = screen.finding(desk, mark)
        if found is None:
            raise Refused(404, _CHANGED)
        if sent.text("back"):
            desk.waivers.pop(mark, None)
        elif reason:
            who = self._door.user(request) or "you"
            desk.waivers[mark] = Waiver(mark, reason, who, date.today().isoformat(), found[1].rule)
        else:
            raise Refused(400, "Say in a few words why it stays as it is. Then it is shown as your decision.")
        return self._seen(request, desk)

    async def write(self, request: Request) -> Response:
        """Puts words in place of those of a finding: at once in a text, in the copy of a file."""
        desk, sent = self.desk(request), await form(request)
        found, words = screen.finding(desk, sent.text("finding")), " ".join(sent.text("words").split())[:300]
        if found is None or found[1].span is None or not (words or found[1].replacement):
            raise Refused(404, _CHANGED)
        number, one = found
        put = f"{words} ({one.text})" if words else str(one.replacement)
        if number == 0 and desk.words is not None and one.span is not None:
            document = desk.report.documents[0].document
            text = document.text[: one.span.start] + put + document.text[one.span.end :]
            await self.check(desk, text, None)
        else:
            desk.chosen[one.fingerprint] = put
        return self._seen(request, desk)

    async def take_words(self, request: Request) -> Response:
        """The words of a file become a text to work on here."""
        desk = self.desk(request)
        number = int(request.path_params["number"])
        file, document = desk.owner_of(number)
        written = _written_out(document, desk.chosen)
        text = "\n\n".join(part for part in (desk.text.strip(), written) if part)
        await self.check(desk, text, tuple(one for one in desk.files if one is not file))
        return RedirectResponse(self.here(desk), 303)

    async def neutral(self, request: Request) -> Response:
        """The drafts with neutral words in place of whatever says who it is about, to check by eye."""
        desk = self.desk(request)
        versions = [neutral(document) for document in desk.report.documents]
        return self.page("neutral.page.html.j2", here=self.here(desk), desk=desk, words="\n\n".join(versions))

    # --- ending, and programs

    async def clear(self, request: Request) -> Response:
        """Forgets every desk of this person; on one's own machine the process ends too, and a new one takes over."""
        self._desks.clear(self._door.user(request))
        ends = BackgroundTask(self._after_clear) if self._after_clear else None
        words = "Nothing of your drafts is left here. You can close this page."
        page = screen.page("said.page.html.j2", title="Everything is cleared", sentence=words)
        return HTMLResponse(page, background=ends)

    async def programs(self, request: Request) -> Response:
        if self.shared:
            raise Refused(404, "Programs can only be paired with the page on your own machine.")
        code = ""
        if request.method == "POST":
            sent = await form(request)
            if sent.text("remove"):
                self._programs.remove(sent.text("remove"))
                return RedirectResponse(f"{self._door.page}/programs", 303)
            code = self._programs.new_code()
        return self.page("programs.page.html.j2", paired=self._programs.paired(), code=code)


class Tickets:
    """Addresses that open the page once: the browser's command line, which others can see, holds no lasting token."""

    def __init__(self, ticket: str = "") -> None:
        self._ticket = ticket

    def use(self, ticket: str) -> bool:
        good = bool(self._ticket) and hmac.compare_digest(self._ticket.encode(), ticket.encode())
        self._ticket = "" if good else self._ticket
        return good


def _options(desk: Desk, sent: Form) -> bool:
    """Takes over who reads it and whether it is without names; says whether that is new."""
    to, no_names = sent.text("to"), sent.text("no_names") == "yes"
    to = to if to in AGENCIES else ""
    changed = (to, no_names) != (desk.to, desk.no_names)
    desk.to, desk.no_names = to, no_names
    return changed


def _written_out(document: DocumentReport, chosen: dict[str, str]) -> str:
    """Its text with what was chosen for its copy, which is no longer to be made: from here on these are words like others."""
    text = document.document.text
    places = sorted((f.span, f.fingerprint) for f in document.findings if f.span and f.fingerprint in chosen)
    for span, mark in reversed(places):
        text = text[: span.start] + chosen.pop(mark) + text[span.end :]
    return text


def _without_again(desk: Desk, sent: Form) -> list[Source]:
    """The files on the desk without those that come again, changed."""
    again = {file.name for file in sent.files}
    return [file for file in desk.files if file.name not in again]
