"""Finding midpoint checks, and what they are of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.care_periods.queries import period_of
from services.reviews_api.children.models import Child
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.histories.queries import Home
from services.reviews_api.histories.schemas import CARE_PERIOD
from services.reviews_api.midpoint_checks.findings import Finding
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.midpoint_checks.raising import prefills
from services.reviews_api.midpoint_checks.schemas import MidpointCheckView
from services.reviews_api.midpoint_checks.states import CheckStatus
from services.reviews_api.record import get_standing
from shared.refusals import Contradiction

PROTECTION = "protection"


async def home_of_check(
    session: AsyncSession, authority: str, care_period: str | None, protection: str | None
) -> Home:
    """The care period or the protection with this reference or id: one of the two. Raises NotFound, or
    Contradiction where both or none are given, and for what a check cannot be of."""
    if (care_period is None) == (protection is None):
        raise Contradiction(
            "A check is of a care period or of a child's protection: give one.", pointer="/care_period"
        )
    if care_period is not None:
        period = await period_of(session, authority, care_period)
        return Home(period.id, CARE_PERIOD, period.child_id, period)
    history = await get_standing(session, HistoryRecord, authority, str(protection), "/protection")
    if history.kind != PROTECTION:
        raise Contradiction(
            "A chair checks a child's protection, and no such history.", pointer="/protection"
        )
    return Home(history.id, history.kind, history.child_id)


async def stretch(
    session: AsyncSession,
    authority: str,
    child: str | None,
    officer: str | None,
    status: CheckStatus | None,
    finding: Finding | None,
    after: UUID | None,
    limit: int,
) -> list[MidpointCheckView]:
    """Up to `limit` standing checks after the one named, in the order in which they were first recorded.

    Raises NotFound for an unknown child.
    """
    of = await stretches.id_of(session, Child, authority, child)
    where = stretches.standing(MidpointCheck, child_id=of, officer=officer, status=status, finding=finding)
    return await views(
        session, authority, await stretches.stretch(session, MidpointCheck, authority, after, limit, *where)
    )


async def view(session: AsyncSession, check: MidpointCheck) -> MidpointCheckView:
    """One check, with what can be raised of it."""
    (shown,) = await views(session, check.authority_id, [check])
    return shown


async def views(
    session: AsyncSession, authority: str, checks: Sequence[MidpointCheck]
) -> list[MidpointCheckView]:
    """Checks, each with what can be raised of it."""
    children = await session.execute(
        select(Child.id, Child.reference)
        .where(Child.authority_id == authority)
        .where(Child.id.in_({check.child_id for check in checks if check.found_drift}))
    )
    references = {child.id: child.reference for child in children}
    return [_view(check, references.get(check.child_id, "")) for check in checks]


def _view(check: MidpointCheck, child: str) -> MidpointCheckView:
    own = {
        name: getattr(check, name) for name in MidpointCheckView.model_fields if name != "escalation_prefill"
    }
    return MidpointCheckView(**own, escalation_prefill=list(prefills(check, child)))
