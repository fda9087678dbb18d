"""Digests: which went out, and which did not."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from services.scheduler.digests.post import Post
from services.scheduler.digests.queries import preview, stretch
from services.scheduler.digests.schemas import DigestList, DigestPreview, InState, OfDay
from shared.clock import today
from shared.http.pages import Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/digests", tags=["digests"], route_class=TransactionalRoute)
After = Annotated[UUID | None, Query(description="The worker of the last one you have seen.")]


async def _post(request: Request) -> Post:
    post: Post = request.app.state.post
    return post


@router.get("/preview", summary="What your digest would tell now", responses=problem_responses(404))
async def get_preview(
    session: Session, who: Caller, door: AtDoor, post: Annotated[Post, Depends(_post)]
) -> DigestPreview:
    """For officers and team managers, each their own: the worker whose record names the subject of the token."""
    return await preview(session, door, who, post.digest_ahead_days)


@router.get("", summary="Which digests went out on a day", responses=problem_responses(422))
async def list_digests(
    request: Request,
    session: Session,
    who: Caller,
    door: AtDoor,
    on: OfDay = None,
    state: InState = None,
    after: After = None,
    limit: Limit = 50,
) -> DigestList:
    """By worker: sent and when, nothing to tell, refused, waiting or given up. `next` is the address of the rest."""
    found = await stretch(session, who.authority, on or today(door.clock), state, after, limit + 1)
    return DigestList(items=found[:limit], next=next_address(request, found, limit, by="worker_id"))
