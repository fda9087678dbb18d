"""Places in a list that is ordered by instants, for whoever asks for what follows."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from fastapi import Request

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
INSTANT = r"-?\d{1,16}"
ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def to_number(at: datetime) -> int:
    """An instant as microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def to_instant(number: str) -> datetime:
    """The instant (UTC) of such a number, which INSTANT has been found to fit."""
    return EPOCH + int(number) * MICROSECOND


def address_after(request: Request, place: str) -> str:
    """The address of what follows a place in the list that was asked for."""
    asked = dict(request.query_params) | {"after": place}
    return f"{request.scope['path']}?{urlencode(asked)}"
