"""JSON written line by line, byte for byte as the view of it would be: for answers of many lines that are asked for
all day. Each part is the JSON text of one value."""

import json
from datetime import datetime

from fastapi import Response
from pydantic_core import to_json

TRUTH = {True: "true", False: "false"}


def said(value: str | None) -> str:
    """A text, or null."""
    return to_json(value).decode()


def instant(at: datetime) -> str:
    """An instant in UTC."""
    return f'"{at.isoformat()[:-6]}Z"'


def codes(values: list[str] | None) -> str:
    """A list of codes, which hold nothing that JSON would escape; none at all is an empty list."""
    together = '","'.join(values or ())
    return f'["{together}"]' if values else "[]"


def texts(stored: str) -> str:
    """A list of texts as PostgreSQL writes one that it holds as jsonb: the same without the spaces between them."""
    if "\\" in stored:
        return to_json(json.loads(stored)).decode()
    return stored.replace('", "', '","')  # without an escape, quotes stand nowhere but around the texts


def answer(text: str) -> Response:
    """The whole as the answer to a request."""
    return Response(text.encode(), media_type="application/json")
