"""The calendar itself, for programs that cannot show a token: whoever has the link reads it."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response

from services.reviews_api.calendar_links.reading import dates_behind
from services.reviews_api.calendar_links.routes import FEED
from shared.http.routes import AtDoor, LinkedRoute

router = APIRouter(tags=["calendar_links"], route_class=LinkedRoute)
# A program asks each time, and is told when nothing is new; a link that was revoked works nowhere any more.
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="duecare.ics"',
    "X-Robots-Tag": "noindex",
}
MEDIA_TYPE = "text/calendar; charset=utf-8"
EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Duecare//Officers' calendar//EN\r\nEND:VCALENDAR\r\n"
CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}, "example": EXAMPLE}}},
    304: {"description": "Nothing is new"},
}


@router.get(FEED, summary="An officer's calendar", response_class=Response, responses=CALENDAR)
async def get(
    secret: Annotated[str, Path(description="What the link was shown with.")],
    door: AtDoor,
    if_none_match: Annotated[str | None, Header(description="The ETag of the calendar you have.")] = None,
) -> Response:
    """Reviews, conferences, midpoint checks and deadlines of the officer's children, from 30 days ago to 400 days
    ahead, as iCalendar. Anything wrong with the link is a 404 in the same words."""
    dates = await dates_behind(door, secret)
    headers = HEADERS | {"ETag": dates.etag}
    if dates.etag in [each.strip() for each in (if_none_match or "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(await dates.text(), headers=headers, media_type=MEDIA_TYPE)
