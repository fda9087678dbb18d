"""What schemathesis cannot guess of the services, loaded by it."""

from datetime import date
from typing import Any
from uuid import uuid4

import schemathesis
from hypothesis import strategies

from shared.http.idempotency import KEY
from shared.http.strict_json import LINES

# Of all days and instants that can be written, most are refused for being of no child's life.
DAYS = strategies.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)
schemathesis.openapi.format("date", DAYS)
schemathesis.openapi.format("date-time", DAYS.map("{}T10:30:00Z".format))


@schemathesis.serializer(LINES)
def lines(context: Any, value: Any) -> Any:
    """The body of an import is text already."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A key that is valid is made new, or one that was used before would be all that is found."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and KEY.fullmatch(key):
        case.headers["Idempotency-Key"] = str(uuid4())
