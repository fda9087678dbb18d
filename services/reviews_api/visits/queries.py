"""Finding what a visit belongs to."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.histories.queries import Home, home_among
from services.reviews_api.record import get_standing
from services.reviews_api.visits.schemas import VisitBody
from shared.refusals import Contradiction
from shared.timescales.kinds import KINDS

VISITED = KINDS["visit.made"].histories
CHILD_ALONE = "child"


async def home_of_visit(session: AsyncSession, authority: str, body: VisitBody) -> Home:
    """The history that the visit is told of, or the child alone. Raises NotFound, or Contradiction where both or
    none are given, and for a history in which nobody is visited."""
    if (body.history is None) == (body.child is None):
        raise Contradiction(
            "A visit is told of a history, or of the child alone: give one.", pointer="/history"
        )
    if body.history is not None:
        return await home_among(session, authority, body.history, VISITED)
    child = await get_standing(session, Child, authority, str(body.child), "/child")
    return Home(child.id, CHILD_ALONE, child.id)
