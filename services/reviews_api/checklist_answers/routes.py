"""How checklists were answered, child by child."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.checklist_answers.actions import put_answers, withdraw_answers
from services.reviews_api.checklist_answers.models import ChecklistAnswer
from services.reviews_api.checklist_answers.queries import narrowed
from services.reviews_api.checklist_answers.schemas import (
    ChecklistAnswerBody,
    ChecklistAnswerList,
    ChecklistAnswerView,
    OfChecklist,
    OfChild,
)
from services.reviews_api.checklists.models import Checklist
from services.reviews_api.checklists.schemas import FromOn, ToOn
from services.reviews_api.children.models import Child
from services.reviews_api.record import get as get_record
from services.reviews_api.sourced import WITHDRAWAL_KEPT, WithdrawalBody
from services.reviews_api.stretches import id_of, stretch
from shared.http.fields import Reference
from shared.http.pages import After, Limit, next_address
from shared.http.routes import AtDoor, Caller, Session, TransactionalRoute
from shared.http.service import created, problem_responses
from shared.http.versions import IfMatch, mark

router = APIRouter(prefix="/v1/checklist_answers", tags=["checklist_answers"], route_class=TransactionalRoute)
AnswerReference = Annotated[Reference, Path(description="Your own reference of the answers, or our id.")]


@router.put(
    "/{reference}",
    summary="Answer a checklist for a child, or correct that",
    responses=created(ChecklistAnswerView) | problem_responses(404, 412, 413, 415, 422, 428),
)
async def put(
    reference: AnswerReference,
    body: ChecklistAnswerBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChecklistAnswerView:
    """Only items that the checklist has; the answers keep the version that was asked."""
    written = await put_answers(session, door, who.authority, reference, body, if_match)
    mark(response, written.record.version, written.saved)
    return ChecklistAnswerView.model_validate(written.record)


@router.get("", summary="List checklist answers", responses=problem_responses(404, 422))
async def list_answers(
    request: Request,
    session: Session,
    who: Caller,
    checklist: OfChecklist = None,
    child: OfChild = None,
    from_on: FromOn = None,
    to_on: ToOn = None,
    after: After = None,
    limit: Limit = 50,
) -> ChecklistAnswerList:
    """In the order in which they were first told, also those withdrawn. `next` is the address of what follows."""
    asked = await id_of(session, Checklist, who.authority, checklist)
    of = await id_of(session, Child, who.authority, child)
    wanted = narrowed(asked, of, (from_on, to_on))
    found = await stretch(session, ChecklistAnswer, who.authority, after, limit + 1, *wanted)
    items = [ChecklistAnswerView.model_validate(each) for each in found[:limit]]
    return ChecklistAnswerList(items=items, next=next_address(request, found, limit))


@router.get(
    "/{reference}", summary="A checklist's answers for a child", responses=problem_responses(404, 422)
)
async def get(
    reference: AnswerReference, response: Response, session: Session, who: Caller
) -> ChecklistAnswerView:
    """The answers of one child, with their version as the ETag."""
    answer = await get_record(session, ChecklistAnswer, who.authority, reference)
    mark(response, answer.version)
    return ChecklistAnswerView.model_validate(answer)


@router.post(
    "/{reference}/withdraw",
    summary="Say that a checklist's answers were a mistake",
    responses=WITHDRAWAL_KEPT | problem_responses(404, 409, 412, 413, 415, 422),
)
async def withdraw(
    reference: AnswerReference,
    body: WithdrawalBody,
    response: Response,
    session: Session,
    who: Caller,
    door: AtDoor,
    if_match: IfMatch = None,
) -> ChecklistAnswerView:
    """They are kept with the reason, and counted no more; a PUT brings them back."""
    answer = await withdraw_answers(session, door, who.authority, reference, body, if_match)
    mark(response, answer.version)
    return ChecklistAnswerView.model_validate(answer)
