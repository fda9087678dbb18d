"""Reporting, amending and withdrawing facts that have no record of their own."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.facts.models import ReportedFact, Telling
from services.reviews_api.facts.queries import About, about_of, check_alone, check_order, dependants
from services.reviews_api.facts.rules import check_codes, check_day, check_kind, day_of
from services.reviews_api.facts.schemas import FactBody, FactWithdrawal
from services.reviews_api.histories.queries import Home, check_reader, check_writer, home_of
from services.reviews_api.known import remember
from services.reviews_api.record import STANDING, find_to_put
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import to_withdraw
from shared.auth.principal import Principal
from shared.db.base import new_id
from shared.deadlines.turns import take_turn
from shared.events.language import Event
from shared.events.record_events import FactReported, FactWithdrawn
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction, TransitionRefused


async def put_fact(
    session: AsyncSession, door: Door, who: Principal, reference: str, body: FactBody, if_match: str | None
) -> tuple[ReportedFact, Saved]:
    """Report a fact, amend it, or bring it back after it was withdrawn; the deadlines follow.

    Raises NotFound for what it belongs to or is about, Contradiction for what cannot be, TransitionRefused where
    another such fact stands, Forbidden for an officer's history.
    """
    home = await home_of(session, who.authority, body.history)
    check_reader(who, home.child_id, "history")
    check_writer(who, home.child_id)
    day = check(door, home, body)
    fact = await find_to_put(session, ReportedFact, who.authority, reference, body.given(if_match))
    await take_turn(session, who.authority, [home.id])
    check_the_same(fact, home, body)
    about = await about_of(session, who.authority, home, body)
    before = fact.record_id if fact is not None else None
    if fact is None:
        fact, saved = _new(who.authority, reference, home, body, about, day), Saved.CREATED
        session.add(fact)
        remember(session, fact)
    else:
        saved = fact.change(_values(body, about, day, fact.id), body.given(if_match))
    if saved in (Saved.CREATED, Saved.CHANGED):
        await check_alone(session, fact)
        await check_order(session, fact, about.since, new=saved is Saved.CREATED)
        await session.flush()
        await _tell(session, door, fact, before)
    return fact, saved


async def withdraw_fact(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: FactWithdrawal,
    if_match: str | None,
) -> ReportedFact:
    """It was not so. Raises NotFound, TransitionRefused, or Forbidden for an officer's history."""
    fact = await to_withdraw(session, ReportedFact, who.authority, reference, body)
    check_reader(who, fact.child_id, fact.noun)
    check_writer(who, fact.child_id)
    await take_turn(session, who.authority, [fact.history_id])
    if await dependants(session, fact):
        raise TransitionRefused("Other facts are about this one: withdraw those first.", code="asked_about")
    saved = fact.withdraw(body.because, door.clock.now(), body.given(if_match))
    await session.flush()
    if saved is Saved.CHANGED:
        await _tell(session, door, fact, fact.record_id)
    return fact


def check(door: Door, home: Home, body: FactBody) -> date:
    """The London date on which it happened. Raises Contradiction for a fact that cannot be."""
    check_kind(body, home)
    check_codes(body)
    day = day_of(body)
    check_day(door, home, body, day)
    return day


def check_the_same(fact: ReportedFact | None, home: Home, body: FactBody) -> None:
    """Raise Contradiction for another history or kind than the fact's own."""
    if fact is None:
        return
    if fact.history_id != home.id:
        raise Contradiction("This fact belongs to another history, which never changes.", pointer="/history")
    if fact.kind != body.kind:
        raise Contradiction("This fact is of another kind, which never changes.", pointer="/kind")


def _new(authority: str, reference: str, home: Home, body: FactBody, about: About, day: date) -> ReportedFact:
    own_id = new_id()
    return ReportedFact(
        authority_id=authority,
        id=own_id,
        reference=reference,
        history_id=home.id,
        child_id=home.child_id,
        kind=body.kind,
        source_order=body.given(None).source_order,
        **_values(body, about, day, own_id),
    )


def _values(body: FactBody, about: About, day: date, own_id: UUID) -> dict[str, Any]:
    """The fact as the body has it, and standing: what was withdrawn comes back."""
    return {
        **STANDING,
        "about": about.reference,
        "record_id": about.record_id or own_id,
        "happened_on": day,
        "happened_at": body.happened_at,
        "codes": body.codes,
    }


async def _tell(session: AsyncSession, door: Door, fact: ReportedFact, before: UUID | None) -> None:
    """Tell the timeline; `before` is the record that the fact was about until now."""
    moved = [] if before in (None, fact.record_id) else [Telling(fact.authority_id, before, (fact.kind,))]
    await tell(session, door, fact.telling(), [fact.history_id], happenings(fact), moved)


def happenings(fact: ReportedFact) -> Iterator[Event]:
    """What was said, in the past tense."""
    named: dict[str, Any] = {"subject_id": fact.id, "child_id": fact.child_id, "occasion": new_id()}
    if fact.withdrawn_at is None:
        yield FactReported(**named, kind=fact.kind, happened_on=fact.happened_on)
    else:
        yield FactWithdrawn(**named, kind=fact.kind)
