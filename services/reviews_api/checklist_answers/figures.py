"""How a checklist was answered, over all children: the latest answer of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.checklist_answers.models import ChecklistAnswer, ItemAnswer
from services.reviews_api.checklist_answers.queries import narrowed
from services.reviews_api.checklists.models import Checklist
from services.reviews_api.checklists.queries import versions
from services.reviews_api.checklists.schemas import ChecklistFigures, ItemFigures
from services.reviews_api.figures import parts

UNANSWERED = "unanswered"
Answers = Sequence[Mapping[str, str]]


async def checklist_figures(
    session: AsyncSession, checklist: Checklist, days: tuple[date | None, date | None], *, sees_all: bool
) -> ChecklistFigures:
    """The latest standing answer of each child within these London days, item by item; those that the checklist
    once had come last, if anybody answered them."""
    found = await _latest(session, checklist, days)
    titles = await _titles(session, checklist)
    now = [item["code"] for item in checklist.items]
    once = sorted({code for answers in found for code in answers} - set(now))
    items = [
        ItemFigures(
            code=code,
            title=titles[code],
            asked_now=code in now,
            answers=parts(_counts(found, code), sees_all=sees_all),
        )
        for code in (*now, *once)
    ]
    return ChecklistFigures(from_on=days[0], to_on=days[1], children=len(found), items=items)


async def _latest(
    session: AsyncSession, checklist: Checklist, days: tuple[date | None, date | None]
) -> Answers:
    query = (
        select(ChecklistAnswer.answers)
        .where(ChecklistAnswer.authority_id == checklist.authority_id, ChecklistAnswer.withdrawn_at.is_(None))
        .where(*narrowed(checklist.id, None, days))
        .ext(distinct_on(ChecklistAnswer.child_id))
        .order_by(ChecklistAnswer.child_id, ChecklistAnswer.answered_on.desc(), ChecklistAnswer.id.desc())
    )
    return (await session.scalars(query)).all()


async def _titles(session: AsyncSession, checklist: Checklist) -> dict[str, str]:
    """What each item was called last."""
    newest_last = reversed(await versions(session, checklist.authority_id, checklist.id))
    return {item["code"]: item["title"] for version in newest_last for item in version.items}


def _counts(found: Answers, code: str) -> dict[str, int]:
    given = Counter(answers.get(code, UNANSWERED) for answers in found)
    return {str(name): given[name] for name in (*ItemAnswer, UNANSWERED)}
