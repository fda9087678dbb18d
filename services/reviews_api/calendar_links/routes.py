"""Links under which a calendar program subscribes to an officer's dates."""

from uuid import UUID

from fastapi import APIRouter, Request

from services.reviews_api.calendar_links import queries
from services.reviews_api.calendar_links.actions import make_link, revoke_link
from services.reviews_api.calendar_links.schemas import LinkList, LinkMade, LinkView, NewLink
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute, keep_instead
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/calendar_links", tags=["calendar_links"], route_class=TransactionalRoute)
FEED = "/v1/calendar_links/feed/{secret}.ics"


@router.post(
    "",
    status_code=201,
    summary="Make a link to an officer's calendar",
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def post(request: Request, body: NewLink, session: Session, who: Caller, door: AtDoor) -> LinkMade:
    """Officers make links for themselves, managers and the case system for any officer. To change a link, make
    another and delete the old one."""
    link, secret = await make_link(session, door, who, body)
    shown = LinkView.model_validate(link).model_dump()
    keep_instead(request, LinkMade(**shown, path=None))
    return LinkMade(**shown, path=FEED.format(secret=secret.word))


@router.get("", summary="Links to calendars")
async def list_links(
    request: Request, session: Session, who: Caller, after: After = None, limit: Limit = 200
) -> LinkList:
    """An officer's own; for managers, the case system and auditors those of every officer. Without their secrets.
    `next` is the address of what follows."""
    found = await queries.links(session, who, after, limit + 1)
    return LinkList(links=found[:limit], next=next_address(request, found, limit))


@router.delete("/{link_id}", status_code=204, summary="Revoke a link", responses=problem_responses(404, 422))
async def delete(link_id: UUID, session: Session, who: Caller, door: AtDoor) -> None:
    """From now on the link leads nowhere; the record of it stays. Twice is as once."""
    await revoke_link(session, door, who, link_id)
