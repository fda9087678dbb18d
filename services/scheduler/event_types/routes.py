"""The catalogue of events: what Duecare says, and in which form."""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from services.scheduler.event_types.asyncapi import asyncapi_text
from services.scheduler.event_types.schemas import SCHEMA, SCHEMA_MEDIA_TYPE, EventTypeList
from shared.events.catalogue import EVENTS
from shared.events.schemas import described, event_schema
from shared.http.routes import GuardedRoute
from shared.http.service import problem_responses
from shared.refusals import NotFound

router = APIRouter(prefix="/v1", tags=["event types"], route_class=GuardedRoute)
open_to_all = APIRouter()


class SchemaResponse(JSONResponse):
    """A JSON Schema."""

    media_type = SCHEMA_MEDIA_TYPE


@router.get("/event_types", summary="Every type of event", response_model=EventTypeList)
async def list_event_types() -> dict[str, Any]:
    """What each means, with an example. Types may be added: ignore an event whose type you do not know."""
    return {"event_types": [described(each) for each in EVENTS.values()]}


@router.get(
    "/event_types/{type}",
    summary="The JSON Schema of one type of event",
    response_class=SchemaResponse,
    response_model=None,
    responses={200: {"content": SCHEMA}, **problem_responses(404)},
)
async def get_event_type(type: str) -> SchemaResponse:
    """JSON Schema 2020-12. Its `$id` is the `dataschema` of every such event, and it is the schema of `data`; that of
    the whole event is `$defs/envelope` in it. Fields and codes may be added: ignore those that you do not know."""
    if type not in EVENTS:
        raise NotFound("event type")
    return SchemaResponse(event_schema(EVENTS[type]))


@open_to_all.get("/asyncapi.json", include_in_schema=False)
async def asyncapi() -> Response:
    """The AsyncAPI document, as docs/asyncapi.json has it: open, like that of the HTTP routes."""
    return Response(asyncapi_text(), media_type="application/json")
