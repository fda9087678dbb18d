"""Reads a body that is JSON and means one thing only, and stops reading when it grows too large."""

import asyncio
import json
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from shared.refusals import Malformed, TooLarge, TooSlow, WrongMediaType

ARRIVES_WITHIN = 20  # seconds for the whole body
NESTING = 32
LINES = "application/x-ndjson"
NUMBER_LENGTH = 40


class StrictRequest(Request):
    """A request whose JSON body was read strictly."""

    async def json(self) -> Any:
        return parse(await self.body())


async def read_body(request: Request, limit: int) -> None:
    """Take the whole body in, at most `limit` bytes of it.

    Raises TooLarge while it still arrives, TooSlow when it does not, WrongMediaType for anything but JSON,
    Malformed for JSON that is broken or ambiguous, and for a caller who left.
    """
    if body := await _take_in(request, limit):
        _check_type(request)
        parse(body)


async def read_lines(request: Request, limit: int) -> None:
    """Take in a body of one JSON value a line, each of which is read later and may be refused by itself.

    Raises TooLarge, TooSlow, WrongMediaType.
    """
    if await _take_in(request, limit) and _type(request) != LINES:
        raise WrongMediaType(f"Send the body as {LINES}.")


async def _take_in(request: Request, limit: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise TooLarge(f"The body may be {limit} bytes at most.")
    chunks, size = [], 0
    try:
        async with asyncio.timeout(ARRIVES_WITHIN):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"The body may be {limit} bytes at most.")
                chunks.append(chunk)
    except TimeoutError:
        raise TooSlow(f"The body did not arrive within {ARRIVES_WITHIN} seconds.") from None
    except ClientDisconnect:  # nobody hears this, but it is no fault of ours
        raise Malformed("The body broke off.") from None
    request._body = b"".join(chunks)  # where Starlette keeps a body once read
    return request._body


def _type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_type(request: Request) -> None:
    kind = _type(request)
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise WrongMediaType("Send the body as application/json.")


def parse(body: bytes) -> Any:
    """The value of a JSON body. Raises Malformed for whatever JSON readers disagree on."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise Malformed("The body is not valid JSON in UTF-8.") from None
    except RecursionError:
        raise Malformed("The body is nested too deeply.") from None
    _check(value, NESTING)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("A name occurs twice in one object.")
    return found


def _constant(name: str) -> Any:
    raise Malformed("NaN and Infinity are not JSON.")


def _integer(digits: str) -> int:
    return int(_short(digits))


def _number(digits: str) -> float:
    value = float(_short(digits))
    if value in (float("inf"), float("-inf")):
        raise Malformed("A number is too large.")
    return value


def _short(digits: str) -> str:
    if len(digits) > NUMBER_LENGTH:
        raise Malformed("A number has too many digits.")
    return digits


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise Malformed("The body is nested too deeply.")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for name, each in value.items():
            _check_text(name)
            _check(each, depth - 1)
    elif isinstance(value, list):
        for each in value:
            _check(each, depth - 1)


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Malformed("Text may hold no NUL and no half of a surrogate pair.")
