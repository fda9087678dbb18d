"""The kinds of field that every request body is made of, each bounded."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


class Body(BaseModel):
    """A request body: strict, and unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(from_attributes=True)


def _is_text(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise ValueError("send this as text")
    return value


def _bounded_date(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError("must lie between 1900 and 2200")
    return value


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("write the date as YYYY-MM-DD")
    return _is_text(value)


def _bounded_instant(value: datetime) -> datetime:
    if not EARLIEST.year < value.year < LATEST.year:
        raise ValueError("must lie between 1900 and 2200")
    return value.astimezone(UTC)


def _iso_instant(value: Any) -> Any:
    if isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}[Tt ]\d", value, re.ASCII):
        raise ValueError("write the instant in ISO 8601 with its offset")
    return _is_text(value)


# Control characters, and those that make text read otherwise than it is stored (overrides, isolates, separators).
NOT_IN_TEXT = r"\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
CONTROLS = re.compile(rf"[\x00-\x08{NOT_IN_TEXT}]")


@dataclass(frozen=True, slots=True)
class Documented:
    """Says in the document, as a pattern, what is checked elsewhere: a regular expression of JSON Schema's kind."""

    pattern: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"pattern": self.pattern}


def _without_controls(value: str) -> str:
    if CONTROLS.search(value):
        raise ValueError("may hold no control characters")
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise ValueError("must be one line")
    return _without_controls(value)


REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$"

Reference = Annotated[str, StringConstraints(pattern=REFERENCE, max_length=64)]
"""The caller's own name for a record: up to 64 letters, digits, dots, dashes, underscores, tildes. No names."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,63}$")]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_one_line),
    Documented(rf"^[^\x00-\x0a{NOT_IN_TEXT}]*$"),
]
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000),
    AfterValidator(_without_controls),
    Documented(rf"^[^\x00-\x08{NOT_IN_TEXT}]*$"),
]
BoundedDate = Annotated[date, BeforeValidator(_iso_date), AfterValidator(_bounded_date)]
AwareInstant = Annotated[AwareDatetime, BeforeValidator(_iso_instant), AfterValidator(_bounded_instant)]
