"""Answering a checklist for a child, and taking that back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.checklist_answers.models import ChecklistAnswer
from services.reviews_api.checklist_answers.schemas import ChecklistAnswerBody
from services.reviews_api.checklists.models import Checklist
from services.reviews_api.checklists.queries import versions
from services.reviews_api.children.models import Child
from services.reviews_api.record import Written, find_to_put, get_standing, write
from services.reviews_api.reviews.models import Review
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.assurance_events import ChecklistAnswered
from shared.events.outbox import publish
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_answers(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ChecklistAnswerBody,
    if_match: str | None,
) -> Written[ChecklistAnswer]:
    """Record or correct what a checklist was answered with; a correction keeps the version that was asked.

    Raises NotFound for an unknown checklist, child or review, Contradiction for items that it has not.
    """
    day_not_in_the_future(door, "answered_on", body.answered_on)
    checklist = await get_standing(session, Checklist, authority, body.checklist, "/checklist")
    child = await get_standing(session, Child, authority, body.child, "/child")
    held = await find_to_put(session, ChecklistAnswer, authority, reference)
    version = body.checklist_version or (held.checklist_version if held else checklist.version)
    check_items(body.answers, await _items_of(session, checklist, version))
    values: dict[str, Any] = {
        "review_id": await _review_of(session, child, body.review),
        "answered_on": body.answered_on,
        "answers": {code: str(answer) for code, answer in body.answers.items()},
        "checklist_version": version,
    }
    fixed = {"checklist_id": checklist.id, "child_id": child.id}
    written = await write(session, ChecklistAnswer, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await publish(session, authority, [happening(written.record)], door.clock.now())
    return written


async def withdraw_answers(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> ChecklistAnswer:
    """It was not so answered. Raises NotFound, TransitionRefused."""
    answer = await to_withdraw(session, ChecklistAnswer, authority, reference, body)
    await withdraw(session, door, answer, answer.child_id, [], body.because, body.given(if_match))
    return answer


def check_items(answered: Collection[str], items: Collection[str]) -> None:
    """Raise Contradiction, naming the items there are, for an answer to one that there is not."""
    if not set(answered) <= set(items):
        raise Contradiction(
            f"That version of the checklist has these items and no others: {', '.join(items)}.",
            code="unknown_item",
            pointer="/answers",
        )


async def _items_of(session: AsyncSession, checklist: Checklist, version: int) -> list[str]:
    for each in await versions(session, checklist.authority_id, checklist.id):
        if each.version == version:
            return [item["code"] for item in each.items]
    raise Contradiction(
        "The checklist had no such version.", code="unknown_version", pointer="/checklist_version"
    )


async def _review_of(session: AsyncSession, child: Child, reference: str | None) -> UUID | None:
    if reference is None:
        return None
    review = await get_standing(session, Review, child.authority_id, reference, "/review")
    if review.child_id != child.id:
        raise Contradiction("This review is another child's.", pointer="/review")
    return review.id


def happening(answer: ChecklistAnswer) -> ChecklistAnswered:
    """What was answered, in the past tense."""
    return ChecklistAnswered(
        subject_id=answer.id,
        child_id=answer.child_id,
        occasion=new_id(),
        checklist_id=answer.checklist_id,
        checklist_version=answer.checklist_version,
        answered_on=answer.answered_on,
    )
