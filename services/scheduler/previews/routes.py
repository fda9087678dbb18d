"""What would be due, and what would move: asked without storing anything."""

from fastapi import APIRouter

from services.scheduler.previews.queries import history_of
from services.scheduler.previews.schemas import PreviewBody, WhatIfBody
from services.scheduler.previews.trying import preview, told_history, what_if
from services.scheduler.previews.views import PreviewView, WhatIfView, show_preview, show_what_if
from shared.clock import today
from shared.deadlines.law import law_in_force
from shared.http.routes import AtDoor, Caller, ReadingRoute, Session
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/timescales", tags=["timescales"], route_class=ReadingRoute)


@router.post("/preview", summary="What would be due", responses=problem_responses(413, 415, 422))
async def post_preview(body: PreviewBody, session: Session, who: Caller, door: AtDoor) -> PreviewView:
    """Every deadline that these facts give, with its reason and its warnings. Nothing is stored, and no key needed."""
    law = await law_in_force(session, who.authority, door.law)
    history = told_history(body.history, body.facts)
    return show_preview(preview(history, law), history.names(), law)


@router.post("/what-if", summary="What would move", responses=problem_responses(404, 413, 415, 422))
async def post_what_if(body: WhatIfBody, session: Session, who: Caller, door: AtDoor) -> WhatIfView:
    """What would be otherwise if more had happened, or less, under another practice, or with another day off. Nothing
    is stored, and no key needed."""
    law = await law_in_force(session, who.authority, door.law)
    history = await history_of(session, who, body)
    return show_what_if(what_if(history, body, law, today(door.clock)))
