"""Saying no: one sentence and a status, as JSON for programs and as a page for people."""

from __future__ import annotations

from starlette.responses import JSONResponse


class Refused(Exception):
    """A request that is not done. `sentence` says what happened and what to do, without a word of any draft."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def as_json(refused: Refused) -> JSONResponse:
    """`{"error": sentence}`."""
    headers = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else None
    return JSONResponse({"error": refused.sentence}, refused.status, headers)
