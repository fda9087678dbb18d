"""Replays: events delivered once more."""

from uuid import UUID

from fastapi import APIRouter

from services.scheduler.replays.actions import replay
from services.scheduler.replays.models import Replay
from services.scheduler.replays.queries import find_replay
from services.scheduler.replays.schemas import NewReplay, ReplayView
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1", tags=["deliveries"], route_class=TransactionalRoute)


@router.post(
    "/subscriptions/{subscription_id}/replays",
    status_code=202,
    summary="Deliver events once more",
    response_model=ReplayView,
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def post_replay(
    subscription_id: UUID, body: NewReplay, session: Session, who: Caller, door: AtDoor
) -> Replay:
    """The same ids and the same bytes, delivered or dead before, or published before the subscription began; only
    what it wants to hear of. Each begins its schedule of attempts anew. Carried out in stretches beside other
    deliveries: this answers at once."""
    return await replay(session, who, subscription_id, body, door.clock.now())


@router.get(
    "/replays/{replay_id}",
    summary="How far a replay has come",
    response_model=ReplayView,
    responses=problem_responses(404, 422),
)
async def get_replay(replay_id: UUID, session: Session, who: Caller) -> Replay:
    """What was asked for, by whom, and how much of it has been handed out."""
    return await find_replay(session, who.authority, replay_id)
