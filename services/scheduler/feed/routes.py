"""The feed: read it page by page, or let it stream."""

from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Request, Response
from sse_starlette import EventSourceResponse

from services.scheduler.feed.heads import Heads
from services.scheduler.feed.queries import check_cursor, read_page
from services.scheduler.feed.schemas import After, FeedPage, LastEventId, Limit
from services.scheduler.feed.stream import Stream, expiry
from shared.db.session import authority_session
from shared.http.routes import AtDoor, Caller, GuardedRoute, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["events"], route_class=TransactionalRoute)
streams = APIRouter(prefix="/v1", tags=["events"], route_class=GuardedRoute)
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
async def list_events(session: Session, who: Caller, after: After = 0, limit: Limit = 100) -> Response:
    """Events in the order of their positions; the same every time. The feed itself has no gap: a reader who may not
    see a restricted child finds one wherever an event of that child is."""
    return Response(await read_page(session, who.authority, after, limit), media_type="application/json")


async def _heads(request: Request) -> Heads:
    heads: Heads = request.app.state.heads
    return heads


@streams.get(
    "/events/stream",
    summary="Events as they come (server-sent events)",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": STREAMED}}, **problem_responses(422)},
)
async def stream_events(
    request: Request,
    door: AtDoor,
    who: Caller,
    heads: Annotated[Heads, Depends(_heads)],
    after: After = 0,
    last_event_id: LastEventId = None,
) -> EventSourceResponse:
    """Each event's `id` is its position, `event` its type, `data` its envelope. Resumes after Last-Event-ID."""
    start = int(last_event_id) if last_event_id else after
    async with authority_session(door.engine, who.authority, read_only=True) as session:
        await check_cursor(session, who.authority, start)
    until = expiry(request.headers["authorization"])
    return Stream(door.engine, door.clock, heads, who, until, anyio.Event()).response(start)
