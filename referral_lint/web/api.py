"""For programs on the same machine: pair once, then send a draft and get the contract's JSON. See openapi.json."""

from __future__ import annotations

from importlib import resources

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from referral_lint import __version__
from referral_lint.web import tasks
from referral_lint.web.body import json_object
from referral_lint.web.payload import source
from referral_lint.web.programs import Programs
from referral_lint.web.refusal import Refused
from referral_lint.web.tasks import Queue


class Api:
    """The routes that need no page."""

    def __init__(self, queue: Queue, programs: Programs) -> None:
        self._queue, self._programs = queue, programs

    def routes(self) -> list[Route]:
        return [
            Route("/health", self.health),
            Route("/openapi.json", self.described),
            Route("/pair", self.pair, methods=["POST"]),
            Route("/check", self.check, methods=["POST"]),
        ]

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"ok": True, "version": __version__})

    async def described(self, _request: Request) -> Response:
        text = resources.files("referral_lint.web").joinpath("openapi.json").read_bytes()
        return Response(text, media_type="application/json")

    async def pair(self, request: Request) -> Response:
        asked = await json_object(request, 10_000)
        code, name = asked.get("code"), asked.get("name", "")
        if not isinstance(code, str) or not isinstance(name, str):
            raise Refused(400, '"code" must be the eight digits on the page, and "name" the name of the program.')
        return JSONResponse({"token": self._programs.pair(code, name)})

    async def check(self, request: Request) -> Response:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not self._programs.knows(token.strip()):
            raise Refused(401, "This program is not paired, or was removed. Pair it on the page, under Programs.")
        draft = source(await json_object(request))
        return Response(await self._queue.ask(tasks.as_json, draft), media_type="application/json")
