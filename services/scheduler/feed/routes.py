"""The feed: read it page by page, or let it stream."""

from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Request, Response
from sse_starlette import EventSourceResponse

from services.scheduler.feed.filters import Filter, wanted
from services.scheduler.feed.readings import Readings
from services.scheduler.feed.schemas import After, FeedPage, LastEventId, LastEventIdInAddress, Limit, Wait
from services.scheduler.feed.stream import Stream, expiry
from services.scheduler.feed.waiting import Page
from shared.http.routes import AtDoor, Caller, GuardedRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["events"], route_class=GuardedRoute)


async def _readings(request: Request) -> Readings:
    readings: Readings = request.app.state.readings
    return readings


AtFeed = Annotated[Readings, Depends(_readings)]
OfFeed = Annotated[Filter, Depends(wanted)]
STREAMED = {
    "schema": {
        "description": "Each event of the stream.",
        "type": "object",
        "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string"}},
        "required": ["id", "event", "data"],
    },
    "example": {"id": "412", "event": "review.held", "data": '{"specversion": "1.0", "type": "review.held"}'},
}


@router.get(
    "/events",
    summary="Events after a position",
    responses={200: {"model": FeedPage}, **problem_responses(422)},
)
async def list_events(
    door: AtDoor,
    who: Caller,
    readings: AtFeed,
    wanted: OfFeed,
    after: After = 0,
    limit: Limit = 100,
    wait: Wait = 0,
) -> Response:
    """Events in the order of their positions; the same every time. The feed itself has no gap: a reader finds one
    wherever an event is that they filter out, or that is of a restricted child whom they may not see. Ask on after
    `next` until that is `head`: where few events are wanted, a page may be empty and still have come further."""
    page = Page(who, wanted, limit, wait)
    return Response(await page.read(door.engine, readings, after), media_type="application/json")


@router.get(
    "/events/stream",
    summary="Events as they come (server-sent events)",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": STREAMED}}, **problem_responses(422)},
)
async def stream_events(
    request: Request,
    door: AtDoor,
    who: Caller,
    readings: AtFeed,
    wanted: OfFeed,
    after: After = 0,
    last_event_id: LastEventId = None,
    in_address: LastEventIdInAddress = None,
) -> EventSourceResponse:
    """Each event's `id` is its position, `event` its type, `data` its envelope. Resumes after Last-Event-ID. The
    filters are those of the pages."""
    start = int(last_event_id or in_address or after)
    await readings.check(door.engine, who.authority, start)
    until = expiry(request.headers["authorization"])
    return Stream(door.engine, door.clock, readings, who, wanted, until, anyio.Event()).response(start)
