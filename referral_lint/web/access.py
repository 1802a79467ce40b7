"""Who may ask what: host, origin, sign-in and the token in the address, before anything else looks at a request."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from referral_lint.web.refusal import Refused, as_json

FOR_PROGRAMS = frozenset({"/check", "/pair", "/health", "/openapi.json"})
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EXTENSION = "moz-extension://"  # a browser gives every installed extension a secret address of its own
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then also hide the origin of a form, which is checked here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must bring. `origin`: where the page is, such as http://127.0.0.1:8477.

    `sign_in`: behind an organisation's proxy, the header in which it names the person who signed in.
    """

    origin: str
    token: str = field(repr=False)
    other_origins: tuple[str, ...] = ()
    sign_in: str = ""
    policies: tuple[tuple[str, str], ...] = ()  # the beginning of a path, and the content policy there

    @property
    def origins(self) -> frozenset[str]:
        return frozenset({self.origin, *self.other_origins})

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    @property
    def page(self) -> str:
        """The path of the page; whoever does not know it sees nothing."""
        return f"/p/{self.token}"

    def policy(self, path: str) -> str:
        return next((policy for prefix, policy in self.policies if path.startswith(prefix)), PAGE_POLICY)

    def user(self, request: Request) -> str:
        """Who signed in; empty on one's own machine."""
        return request.headers.get(self.sign_in, "") if self.sign_in else ""


class Access:
    """The middleware that stands before every route."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        sends = _with_headers(send, self._headers(path, headers.get("origin", "")))
        try:
            self._check(path, scope["method"], headers)
        except Refused as refused:
            await self._refusal(refused, scope)(scope, receive, sends)
            return
        if scope["method"] == "OPTIONS" and path in FOR_PROGRAMS:
            await Response(status_code=204)(scope, receive, sends)
            return
        await self._app(scope, receive, sends)

    def _check(self, path: str, method: str, headers: Headers) -> None:
        door = self._door
        if headers.get("host", "").lower() not in door.hosts:
            raise Refused(403, "This address does not belong to the page. Open it with `referral-lint serve`.")
        origin = headers.get("origin")
        if origin is not None and origin not in door.origins and not _may(origin, path):
            raise Refused(403, "Another site asked for this, so nothing was done.")
        if method not in ("GET", "HEAD") and origin is None and headers.get("sec-fetch-site") == "cross-site":
            raise Refused(403, "Another site asked for this, so nothing was done.")
        if door.sign_in and (path in FOR_PROGRAMS - {"/health"} or not headers.get(door.sign_in)):
            raise Refused(401, "Please sign in first.")
        if path.startswith("/p/") and not self._knows(path):
            raise Refused(403, "This address is no longer good. Start the program again and use the page it opens.")

    def _knows(self, path: str) -> bool:
        return hmac.compare_digest(path.split("/")[2].encode(), self._door.token.encode())

    def _refusal(self, refused: Refused, scope: Scope) -> Response:
        if scope["path"] in FOR_PROGRAMS:
            return as_json(refused)
        signed_in = self._door.sign_in and refused.status == 403 and scope["method"] == "GET"
        if signed_in and scope["path"].startswith("/p/"):  # a bookmark from before the last start
            return RedirectResponse("/", 303)
        return PlainTextResponse(refused.sentence, refused.status)

    def _headers(self, path: str, origin: str) -> dict[str, str]:
        policy = self._door.policy(path)
        headers = {**_HEADERS, "Content-Security-Policy": policy}
        if policy is not PAGE_POLICY:  # such a folder says itself who may frame it
            del headers["X-Frame-Options"], headers["Cross-Origin-Opener-Policy"]
        if _may(origin, path):
            headers |= {
                "Access-Control-Allow-Origin": origin,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Allow-Methods": "GET, POST",
                "Access-Control-Allow-Private-Network": "true",
                "Vary": "Origin",
                "Cross-Origin-Resource-Policy": "cross-origin",
            }
        return headers


def _may(origin: str, path: str) -> bool:
    return path in FOR_PROGRAMS and origin.startswith(_EXTENSION)


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sends
