"""Assembling the bundle of a referral to Cafcass from what is on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.bundles.alerts import alerts_of
from services.escalation_api.bundles.chronology import Chronology, chronology_of
from services.escalation_api.bundles.missing import missing
from services.escalation_api.bundles.record import care_periods_of, midpoint_checks_of, reviews_of
from services.escalation_api.bundles.record_views import CarePeriodPart, LegalStatusPart
from services.escalation_api.bundles.views import (
    Bundle,
    BundleChild,
    BundleContacts,
    BundleReferral,
)
from services.escalation_api.cafcass import queries
from services.escalation_api.cafcass.models import Referral
from services.escalation_api.cafcass.views import ReferredChild
from shared.http.door import Door
from shared.timescales.london import london_date

NAME = text("SELECT name FROM authority WHERE authority_id = :authority")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A bundle, and the ids of all the children of whom it tells anything: those of siblings' alerts too."""

    bundle: Bundle
    about: frozenset[UUID]


async def assemble(session: AsyncSession, door: Door, referral: Referral) -> Assembled:
    """The bundle as it stands now, of what the caller may see. Nobody's notes and no legal advice enter it."""
    now, authority = door.clock.now(), referral.authority_id
    named = (await queries.children_of(session, authority, [referral.id]))[referral.id]
    children, about = [], {each.child_id for each in named}
    for each in named:
        child, others = await _child(session, door, referral, each, now)
        children.append(child)
        about |= others
    said = BundleReferral.model_validate(referral)
    contacts = BundleContacts.model_validate(door.contacts)
    bundle = Bundle(
        council=await session.scalar(NAME, {"authority": authority}) or authority,
        authority=authority,
        as_of=now,
        contacts=contacts,
        referral=said,
        children=children,
        missing=[*missing(said, contacts, children)],
    )
    return Assembled(bundle, frozenset(about))


async def _child(
    session: AsyncSession, door: Door, referral: Referral, named: ReferredChild, now: datetime
) -> tuple[BundleChild, frozenset[UUID]]:
    authority, child, today = referral.authority_id, named.child_id, london_date(now)
    alerts = await alerts_of(session, door, authority, child, referral.escalation_id, today)
    told = await chronology_of(session, door, authority, child, alerts.ids, now)
    periods = await care_periods_of(session, authority, child)
    now_in = next((each for each in periods if each.started_on <= today <= (each.ended_on or today)), None)
    part = BundleChild(
        **named.model_dump(),
        looked_after=now_in is not None,
        care_periods=periods,
        legal_status=_status(told, now_in),
        legal_statuses=told.legal_statuses,
        chronology=told.entries,
        alerts=alerts.shown,
        reviews=await reviews_of(session, authority, child, today),
        midpoint_checks=await midpoint_checks_of(session, authority, child),
    )
    return part, alerts.about


def _status(told: Chronology, period: CarePeriodPart | None) -> LegalStatusPart | None:
    """The latest legal status of the period in which the child is looked after."""
    if period is None:
        return None
    its = [each for each in told.legal_statuses if each.from_on >= period.started_on]
    return its[-1] if its else None
