"""Two records that are one child's, and one that is two children's."""

from fastapi import APIRouter

from services.reviews_api.children.routes import ChildReference
from services.reviews_api.merges.actions import merge_child, split_child
from services.reviews_api.merges.queries import merges_of
from services.reviews_api.merges.schemas import MergeBody, MergeList, MergeView, SplitBody
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import problem_responses

router = APIRouter(prefix="/v1/children", tags=["children"], route_class=TransactionalRoute)


@router.post(
    "/{reference}/merge",
    summary="Merge a child's record into another of the same child",
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def merge(
    reference: ChildReference, body: MergeBody, session: Session, who: Caller, door: AtDoor
) -> MergeView:
    """Everything recorded under this reference moves to the other: care, placements, reviews, officers, histories,
    facts, exemptions and deadlines, with their ids. The old reference goes on answering, with the surviving child."""
    return MergeView.model_validate(await merge_child(session, door, who, reference, body))


@router.post(
    "/{reference}/split",
    summary="Split a record that is of two children",
    responses=problem_responses(404, 409, 413, 415, 422),
)
async def split(
    reference: ChildReference, body: SplitBody, session: Session, who: Caller, door: AtDoor
) -> MergeView:
    """The care periods and histories named move to another child, with all that belongs to them. Given a record that
    was merged into this one, it undoes the merge."""
    return MergeView.model_validate(await split_child(session, door, who, reference, body))


@router.get(
    "/{reference}/merges",
    summary="The merges and splits of a child's record",
    responses=problem_responses(404, 422),
)
async def merges(reference: ChildReference, session: Session, who: Caller) -> MergeList:
    """Who merged or split it, when and why, the earliest first; nothing is ever deleted by that."""
    return await merges_of(session, who, reference)
