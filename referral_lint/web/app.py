"""The whole of it as one Starlette application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from referral_lint.addins.build import launched
from referral_lint.config import Config
from referral_lint.web.access import FOR_PROGRAMS, PAGE_POLICY, Access, Door
from referral_lint.web.api import Api
from referral_lint.web.desks import Desks
from referral_lint.web.pages import Pages, Tickets
from referral_lint.web.programs import Programs
from referral_lint.web.refusal import Refused, as_json
from referral_lint.web.screen import page
from referral_lint.web.taking import Taking
from referral_lint.web.tasks import Queue
from referral_lint.workers import Workers
from referral_lint.writers.html import stylesheet


class Folder(NamedTuple):
    """Files of the package that anybody on this machine may load: `path` in the address, `folder` in the package."""

    path: str
    folder: str
    policy: str = PAGE_POLICY


# Office wants its own script from Microsoft's addresses. It may load that and no more: not even report its use.
_OFFICE = (
    "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com; "
    "style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self' https://*.office.com https://*.office365.com https://*.outlook.com https://outlook.live.com "
    "https://*.officeapps.live.com https://*.sharepoint.com https://*.cloud.microsoft"
)
# Add-ins put a line here for the files that their host program loads, with the content policy that it needs.
FOLDERS: tuple[Folder, ...] = (
    Folder("/static", "web/static"),
    *(Folder(f"/addins/{name}", f"addins/{name}", _OFFICE) for name in ("shared", "outlook", "word")),
)


def application(
    door: Door,
    workers: Workers,
    programs: Programs,
    settings: Config | None = None,
    folders: tuple[Folder, ...] = FOLDERS,
    tickets: Tickets | None = None,
    after_clear: Callable[[], None] | None = None,
) -> Starlette:
    """The page and the door for programs. Whoever starts it also closes the workers.

    `after_clear` is called when somebody has cleared everything and was told so.
    """
    queue, desks, settings = Queue(workers), Desks(), settings or Config()
    pages = Pages(door, queue, desks, programs, settings.local, after_clear)
    taking = Taking(pages, queue, settings)
    routes: list[BaseRoute] = [*Api(queue, programs).routes(), *Lobby(door, tickets or Tickets()).routes()]
    routes.append(Mount(door.page, routes=[*pages.routes(), *taking.routes()]))
    routes += [Mount(f.path, StaticFiles(packages=[("referral_lint", f.folder)])) for f in folders]
    routes.append(Mount("/addins/launch", routes=[Route("/outlook.js", _launched)]))
    door = replace(door, policies=tuple((f.path, f.policy) for f in folders if f.policy != PAGE_POLICY))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Access, door=door)],
        exception_handlers={Refused: _refused, HTTPException: _http, Exception: _broken},
    )


# The page itself cannot be made, which happens only if its files are no longer those that it was started with.
_CHANGED = "The files of referral-lint were changed while it was running: end it, and start it again."


class Lobby:
    """What is there without the token in the address."""

    def __init__(self, door: Door, tickets: Tickets) -> None:
        self._door, self._tickets = door, tickets

    def routes(self) -> list[Route]:
        return [
            Route("/", self.entrance),
            Route("/open/{ticket}", self.open),
            Route("/report.css", self.style),
        ]

    async def entrance(self, request: Request) -> Response:
        """Whoever signed in at the proxy is let in; on one's own machine the address has to be known."""
        if self._door.user(request):
            return RedirectResponse(f"{self._door.page}/", 303)
        raise Refused(403, "Start the program again: it opens this page for you. The address is new each time.")

    async def open(self, request: Request) -> Response:
        if not self._tickets.use(request.path_params["ticket"]):
            raise Refused(403, "This address was good once only. Start the program again and use the page it opens.")
        return RedirectResponse(f"{self._door.page}/", 303)

    async def style(self, _request: Request) -> Response:
        return Response(stylesheet(), media_type="text/css")


async def _launched(request: Request) -> Response:
    return Response(launched(f"{request.url.scheme}://{request.url.netloc}"), media_type="text/javascript")


async def _refused(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Refused)
    return _said(request, fault)


async def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    words = {404: "There is nothing at this address.", 405: "This cannot be done at this address."}
    return _said(request, Refused(fault.status_code, words.get(fault.status_code, fault.detail)))


async def _broken(request: Request, fault: Exception) -> Response:
    sentence = f"Something went wrong inside referral-lint ({type(fault).__name__}). Nothing was sent or changed."
    return _said(request, Refused(500, sentence))


def _said(request: Request, refused: Refused) -> Response:
    if request.url.path in FOR_PROGRAMS:
        return as_json(refused)
    if request.headers.get("x-live"):
        return PlainTextResponse(refused.sentence, refused.status)
    try:
        shown = page("said.page.html.j2", title="That did not work", sentence=refused.sentence)
    except Exception:
        return PlainTextResponse(f"{refused.sentence} {_CHANGED}", refused.status)
    return HTMLResponse(shown, refused.status)
