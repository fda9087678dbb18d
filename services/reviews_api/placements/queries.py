"""Reading placements, one by one and by what people ask of them, and seeing that no two overlap."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.placements.models import AT_A_DISTANCE_MILES, Placement
from services.reviews_api.placements.schemas import PlacementLine, PlacementView, Theme
from shared.auth.principal import Principal
from shared.refusals import Contradiction

ADOPTION_CODES = ("A3", "A4", "A5", "A6")
LONG_TERM_CODES = ("U1", "U4")
REMANDED = "J1"


async def check_alone(session: AsyncSession, placement: Placement) -> None:
    """Raise Contradiction where the child lives elsewhere at the same time in this care period. On the day of a move
    one placement ends and another starts."""
    query = (
        select(Placement.id)
        .where(Placement.authority_id == placement.authority_id)
        .where(Placement.care_period_id == placement.care_period_id, Placement.id != placement.id)
        .where(Placement.withdrawn_at.is_(None))
        .where(or_(Placement.ended_on.is_(None), Placement.ended_on > placement.started_on))
    )
    if placement.ended_on is not None:
        query = query.where(Placement.started_on < placement.ended_on)
    if await session.scalar(query.limit(1)) is not None:
        raise Contradiction(
            "The child has another placement in that time: end that one first, or correct its dates.",
            code="overlapping_placement",
            pointer="/started_on",
        )


async def stretch(
    session: AsyncSession, who: Principal, on: date, theme: Theme | None, after: UUID | None, limit: int
) -> list[PlacementLine]:
    """Up to `limit` placements of a London date after the one named, in the order in which they were recorded. On the
    day of a move the child is in the later one."""
    query = (
        select(Placement, Child.reference, CarePeriod.reference)
        .join(Child, and_(Child.authority_id == Placement.authority_id, Child.id == Placement.child_id))
        .join(
            CarePeriod,
            and_(
                CarePeriod.authority_id == Placement.authority_id, CarePeriod.id == Placement.care_period_id
            ),
        )
        .where(Placement.authority_id == who.authority, Placement.withdrawn_at.is_(None))
        .where(Placement.started_on <= on, or_(Placement.ended_on.is_(None), Placement.ended_on > on))
        .where(or_(CarePeriod.ended_on.is_(None), CarePeriod.ended_on > on))
    )
    if theme is not None:
        query = query.where(is_of(theme, on))
    if after is not None:
        query = query.where(Placement.id > after)
    rows = await session.execute(query.order_by(Placement.id).limit(limit))
    return [_line(placement, child, period) for placement, child, period in rows]


def _line(placement: Placement, child: str, period: str) -> PlacementLine:
    shown = PlacementView.model_validate(placement).model_dump()
    return PlacementLine(**shown, child=child, care_period=period)


def is_of(theme: Theme, on: date) -> ColumnElement[bool]:
    """Whether a placement is of this theme on this London date."""
    if theme is Theme.LONG_TERM_FOSTER:
        return _long_term(on)
    if theme is Theme.REMAND:
        return _on_remand(on)
    return _PLAIN[theme]


_PLAIN: Mapping[Theme, ColumnElement[bool]] = MappingProxyType(
    {
        Theme.UNREGISTERED: Placement.unregistered.is_(True),
        Theme.UNREGULATED: Placement.unregulated.is_(True),
        Theme.OUT_OF_AREA: Placement.out_of_area.is_(True),
        Theme.AT_A_DISTANCE: Placement.distance_miles >= AT_A_DISTANCE_MILES,
        Theme.ADOPTION: Placement.placement_code.in_(ADOPTION_CODES),
    }
)


def _long_term(on: date) -> ColumnElement[bool]:
    later = and_(Placement.designated_on <= on, Placement.designated_codes.has_key("long_term_foster"))
    return or_(
        and_(later, Placement.designated_codes["long_term_foster"].astext == "yes"),
        and_(
            later.is_not(True),
            or_(Placement.long_term_foster.is_(True), Placement.placement_code.in_(LONG_TERM_CODES)),
        ),
    )


def _on_remand(on: date) -> ColumnElement[bool]:
    status, newer = LegalStatus, aliased(LegalStatus)
    same = and_(
        newer.authority_id == status.authority_id,
        newer.care_period_id == status.care_period_id,
        newer.withdrawn_at.is_(None),
    )
    superseded = exists().where(same, newer.from_on > status.from_on, newer.from_on <= on)
    return exists().where(
        status.authority_id == Placement.authority_id,
        status.care_period_id == Placement.care_period_id,
        status.withdrawn_at.is_(None),
        status.status == REMANDED,
        status.from_on <= on,
        ~superseded,
    )
