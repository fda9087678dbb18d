"""The managed list of what escalations are about."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.escalation_api.themes.actions import put_theme
from services.escalation_api.themes.queries import all_themes, shown
from services.escalation_api.themes.schemas import ThemeBody, ThemeList, ThemeView
from shared.http.fields import Code
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/escalation_themes", tags=["themes"], route_class=TransactionalRoute)


@router.get("", summary="List the themes")
async def list_themes(session: Session, who: Caller) -> ThemeList:
    """What an escalation can be about: the themes that ship, as this council calls them, and its own."""
    return ThemeList(items=await all_themes(session, who.authority))


@router.put(
    "/{code}",
    summary="Add, rename or retire a theme",
    responses=created(ThemeView) | problem_responses(412, 428),
)
async def put(
    code: Annotated[Code, Path(description="The theme's code.")],
    body: ThemeBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ThemeView:
    """A theme that is retired stays with what was raised about it, and cannot be chosen any more."""
    theme, saved = await put_theme(session, door, who, code, body, if_match)
    mark(response, theme.version, saved)
    return shown(code, theme)
