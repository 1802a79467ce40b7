"""The whole of it as one Starlette application."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from referral_lint.web.access import FOR_PROGRAMS, PAGE_POLICY, Access, Door
from referral_lint.web.api import Api
from referral_lint.web.programs import Programs
from referral_lint.web.refusal import Refused, as_json
from referral_lint.web.tasks import Queue
from referral_lint.workers import Workers


class Folder(NamedTuple):
    """Files of the package that anybody on this machine may load: `path` in the address, `folder` in the package."""

    path: str
    folder: str
    policy: str = PAGE_POLICY


# Add-ins put a line here for the files that their host program loads, with the content policy that it needs.
FOLDERS: tuple[Folder, ...] = (Folder("/static", "web/static"),)


def application(door: Door, workers: Workers, programs: Programs, folders: tuple[Folder, ...] = FOLDERS) -> Starlette:
    """The page and the door for programs. Whoever starts it also closes the workers."""
    queue = Queue(workers)
    routes: list[BaseRoute] = [*Api(queue, programs).routes()]
    routes += [Mount(f.path, StaticFiles(packages=[("referral_lint", f.folder)])) for f in folders]
    door = replace(door, policies=tuple((f.path, f.policy) for f in folders if f.policy != PAGE_POLICY))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Access, door=door)],
        exception_handlers={Refused: _refused, HTTPException: _http, Exception: _broken},
    )


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
    return PlainTextResponse(refused.sentence, refused.status)
