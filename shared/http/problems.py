"""Errors as RFC 9457 problem details: never the submitted value, never an internal message."""

import json
import logging
import re
import traceback
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException

from shared import refusals
from shared.db.faults import refusal_for, sqlstate
from shared.refusals import Refusal

log = logging.getLogger("duecare.http")
MEDIA_TYPE = "application/problem+json"
OPEN_TABLES = ("answers", "attended", "codes", "settings")
FIELD = re.compile(r"[a-z][a-z_]{0,39}|\d{1,6}|if-match|idempotency-key|last-event-id")

STATUS: dict[type[Refusal], int] = {
    refusals.Unauthenticated: 401,
    refusals.Forbidden: 403,
    refusals.NotFound: 404,
    refusals.TooSlow: 408,
    refusals.TransitionRefused: 409,
    refusals.Stale: 412,
    refusals.TooLarge: 413,
    refusals.WrongMediaType: 415,
    refusals.Contradiction: 422,
    refusals.KeyReused: 422,
    refusals.Malformed: 422,
    refusals.VersionRequired: 428,
    refusals.Unavailable: 503,
}
TITLES = {
    400: "The request is not valid HTTP",
    401: "Who is asking is not known",
    403: "This role may not do this",
    404: "Not found",
    405: "This address does not take this method",
    408: "The request took too long to arrive",
    409: "Not possible in this state",
    412: "The record has changed",
    413: "The body is too large",
    415: "The body must be JSON",
    422: "The request cannot be accepted",
    428: "Say which version you have read",
    500: "Something went wrong inside Duecare",
    503: "Not available just now",
}
HEADERS: dict[int, dict[str, str]] = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "2"}}


class ProblemError(BaseModel):
    """One thing wrong: where (a JSON pointer, or the part of the request), a stable code, and why."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """An RFC 9457 problem. `type` is stable; `detail` is plain English."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:duecare:problem:not_found",
                "title": TITLES[404],
                "status": 404,
                "detail": "There is no such child.",
                "errors": [],
            }
        }
    )

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = []


def problem(
    status: int,
    code: str,
    detail: str,
    errors: list[ProblemError] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """The response for a refusal."""
    body = Problem(
        type=f"urn:duecare:problem:{code}",
        title=TITLES.get(status, "The request was refused"),
        status=status,
        detail=detail,
        errors=errors or [],
    )
    merged = HEADERS.get(status, {}) | (headers or {})
    return JSONResponse(body.model_dump(), status, headers=merged, media_type=MEDIA_TYPE)


def of_refusal(refusal: Refusal) -> JSONResponse:
    """A refusal in the trade's words, as a problem."""
    errors = []
    if refusal.pointer:
        errors = [ProblemError(pointer=refusal.pointer, code=refusal.code, message=refusal.detail)]
    return problem(STATUS[type(refusal)], refusal.code, refusal.detail, errors)


def of_validation(error: RequestValidationError) -> JSONResponse:
    """What is wrong with a request's fields. The values themselves are not repeated."""
    errors = [_field_error(each) for each in error.errors()[:50]]
    return problem(422, "validation", "Some of what was sent cannot be accepted; see errors.", errors)


def of_field(error: ValidationError) -> ProblemError:
    """The first thing wrong with a body that is checked by itself."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return _field_error({**first, "loc": ("body", *first["loc"])})


def _field_error(error: dict[str, Any]) -> ProblemError:
    where = error["loc"]
    path = "/".join(_names(where[1:]))
    pointer = f"/{path}" if where and where[0] == "body" else f"{where[0]}/{path}"
    return ProblemError(pointer=pointer, code=error["type"], message=_message(error))


def _names(parts: Sequence[object]) -> Iterator[str]:
    """The parts of a path; a key of the caller's own choosing, such as a code, is what was sent, and not repeated."""
    for before, part in zip((None, *parts), parts, strict=False):
        yield "?" if before in OPEN_TABLES else _name(part)


def _name(part: object) -> str:
    # The name of an unknown field is the caller's own text: say it only where it looks like a field's.
    return str(part) if FIELD.fullmatch(str(part)) else "?"


def _message(error: dict[str, Any]) -> str:
    own = {"extra_forbidden": "This field is not known here.", "uuid_parsing": "This is not an id."}
    return own.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")


def of_fault(error: Exception) -> JSONResponse:
    """An error that no route expected: a database in trouble, or a fault of ours, which is logged."""
    line = json.dumps({"error": type(error).__name__, "sqlstate": sqlstate(error), "where": _where(error)})
    if refusal := refusal_for(error):
        log.warning(line)
        return of_refusal(refusal)
    log.error(line)
    return problem(500, "internal", "This is our fault. It was logged; nothing was changed.")


def install(app: FastAPI) -> None:
    """Give every error of the application the one form; `Surround` gives it to those nobody expected."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> JSONResponse:
        return of_refusal(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return of_validation(error)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> JSONResponse:
        detail = TITLES.get(error.status_code, "The request was refused") + "."
        code = "not_found" if error.status_code == 404 else f"http_{error.status_code}"
        return problem(error.status_code, code, detail, headers=dict(error.headers or {}))


def _where(error: Exception) -> list[str]:
    # The places, and not the message, which may hold what somebody sent.
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
