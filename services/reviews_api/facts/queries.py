"""Finding what a fact is about, and what is about it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.facts.rules import check_about, ends_what_began
from services.reviews_api.facts.schemas import FactBody, ReportedView, ToldView
from services.reviews_api.histories.queries import Home, check_reader
from services.reviews_api.record import get
from services.reviews_api.reviews.queries import open_deadlines
from shared.auth.principal import Principal
from shared.refusals import Contradiction, TransitionRefused


@dataclass(frozen=True, slots=True)
class About:
    """What a fact is about: its reference and its id, and the London date from which it has been so where that is
    known. None of each for a fact about nothing but itself."""

    reference: str | None = None
    record_id: UUID | None = None
    since: date | None = None


async def about_of(session: AsyncSession, authority: str, home: Home, body: FactBody) -> About:
    """What the body says that the fact is about. Raises NotFound, Contradiction or TransitionRefused where that
    cannot be."""
    about = check_about(body)
    if about is None or body.about is None:
        return About()
    began = await get(session, ReportedFact, authority, body.about)
    if began.history_id != home.id or began.kind != about:
        raise Contradiction(f"This is about no {about} of this history.", pointer="/about")
    if began.withdrawn_at is not None:
        raise TransitionRefused("The fact that this is about was withdrawn: put that one again first.")
    return About(began.reference, began.record_id, began.happened_on)


async def check_alone(session: AsyncSession, fact: ReportedFact) -> None:
    """Raise TransitionRefused where another fact of the kind stands about the same record."""
    if fact.record_id == fact.id:
        return  # about nothing but itself
    twin = await session.scalar(
        select(ReportedFact.id)
        .where(ReportedFact.authority_id == fact.authority_id, ReportedFact.history_id == fact.history_id)
        .where(ReportedFact.kind == fact.kind, ReportedFact.record_id == fact.record_id)
        .where(ReportedFact.withdrawn_at.is_(None), ReportedFact.id != fact.id)
    )
    if twin is not None:
        raise TransitionRefused(
            "Another fact of this kind stands about the same record: amend that one, or withdraw it first.",
            code="already_reported",
        )


async def dependants(session: AsyncSession, fact: ReportedFact) -> list[ReportedFact]:
    """The standing facts that are about this one."""
    if not fact.may_be_asked_about:
        return []
    found = await session.scalars(
        select(ReportedFact)
        .where(ReportedFact.authority_id == fact.authority_id, ReportedFact.history_id == fact.history_id)
        .where(ReportedFact.record_id == fact.record_id, ReportedFact.id != fact.id)
        .where(ReportedFact.withdrawn_at.is_(None))
    )
    return list(found)


async def check_order(session: AsyncSession, fact: ReportedFact, since: date | None, *, new: bool) -> None:
    """Raise Contradiction for what would have ended before it began; `since` is when what the fact is about began, and
    nothing is about one that is `new`."""
    refusal = Contradiction("It cannot end before it begins.", code="ends_before_it_begins")
    if since is not None and ends_what_began(fact.kind) and fact.happened_on < since:
        raise refusal
    for other in [] if new else await dependants(session, fact):
        if ends_what_began(other.kind) and other.happened_on < fact.happened_on:
            raise refusal


async def reported_view(session: AsyncSession, who: Principal, reference: str) -> ReportedView:
    """A reported fact. Raises NotFound."""
    fact = await get(session, ReportedFact, who.authority, reference)
    check_reader(who, fact.child_id, fact.noun)
    return ReportedView.model_validate(fact)


async def told_view(session: AsyncSession, fact: ReportedFact) -> ToldView:
    """A reported fact, and the deadlines now open in its history, earliest first."""
    deadlines = await open_deadlines(session, fact.authority_id, fact.history_id)
    return ToldView(**ReportedView.model_validate(fact).model_dump(), deadlines=deadlines)
