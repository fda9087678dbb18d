"""Drawing a dip sample, answering for each child, and closing it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.dip_samples.lot import check_size, draw
from services.reviews_api.dip_samples.models import DipSample, DipSampleChild, Population
from services.reviews_api.dip_samples.populations import population_of
from services.reviews_api.dip_samples.queries import drawn_child, shown
from services.reviews_api.dip_samples.schemas import AnswerBody, CloseBody, DipSampleBody, DrawnChild
from services.reviews_api.dip_samples.states import DIP_SAMPLE, State, Verb
from services.reviews_api.record import Written, find_to_put, get, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.auth.principal import Principal
from shared.db.base import new_id
from shared.events.assurance_events import DipSampleDrawn
from shared.events.outbox import publish
from shared.http.door import Door
from shared.http.versions import Saved, check_version, check_version_if_sent
from shared.refusals import Contradiction


async def put_dip_sample(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: DipSampleBody,
    if_match: str | None,
) -> Written[DipSample]:
    """Draw a sample, or draw it anew where the body asks otherwise; another title draws nothing.

    Raises Contradiction for a day to come or a sample of everybody, TransitionRefused for drawing anew once there
    is an answer.
    """
    day_not_in_the_future(door, "drawn_on", body.drawn_on)
    if body.officer is not None and body.population is not Population.IN_CARE:
        raise Contradiction("An officer is of children in care.", pointer="/officer")
    held = await find_to_put(session, DipSample, authority, reference)
    given, values = body.given(if_match), body.values()
    late = held is not None and given.is_late(held.source_order)
    children: list[UUID] = []
    if held is None or (held.is_another_lot(values) and not late):
        population = await population_of(session, authority, body)
        check_size(len(population), body.size, body.whole)
        children = draw(population, body.seed, body.size)
        values |= _drawn(held, len(population))
    written = await write(session, DipSample, authority, reference, {}, values, given)
    if children and written.changed:
        await _record(session, door, written.record, children)
    return written


def _drawn(held: DipSample | None, population: int) -> dict[str, Any]:
    if held is None:
        return {"state": State(DIP_SAMPLE.next(None, Verb.DRAW)), "draw": 1, "drawn_from": population}
    state = State(DIP_SAMPLE.next(held.state, Verb.REDRAW))
    return {"state": state, "draw": held.draw + 1, "drawn_from": population}


async def _record(session: AsyncSession, door: Door, sample: DipSample, children: Iterable[UUID]) -> None:
    rows = [
        DipSampleChild(
            authority_id=sample.authority_id,
            dip_sample_id=sample.id,
            draw=sample.draw,
            child_id=child,
            position=position,
        )
        for position, child in enumerate(children, start=1)
    ]
    session.add_all(rows)
    await session.flush()
    told = DipSampleDrawn(
        subject_id=sample.id,
        child_id=None,
        occasion=new_id(),
        question=sample.question,
        drawn_on=sample.drawn_on,
        sampled=len(rows),
    )
    await publish(session, sample.authority_id, [told], door.clock.now())


async def answer_for_child(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    child: str,
    body: AnswerBody,
    if_match: str | None,
) -> tuple[DrawnChild, Saved]:
    """Say what was found on a child's record, or correct it. Raises NotFound for a child who was not drawn,
    TransitionRefused once the sample is closed, VersionRequired or Stale for a change of what was not read."""
    sample = await get_standing(session, DipSample, who.authority, reference, lock=True)
    found = await get(session, Child, who.authority, child)
    row = await drawn_child(session, sample, found.id)
    drawn, findings = row[0], sorted(set(body.findings))
    if drawn.says(body.answer, findings):
        return shown(row), Saved.UNCHANGED
    sample.answer()
    if drawn.version > 0:
        check_version(if_match, drawn.version)
    drawn.look(body.answer, findings, door.clock.now(), who.subject)
    await session.flush()
    return shown(row), Saved.CREATED if drawn.version == 1 else Saved.CHANGED


async def close_dip_sample(
    session: AsyncSession, door: Door, authority: str, reference: str, body: CloseBody, if_match: str | None
) -> DipSample:
    """Take no more answers. Raises NotFound, TransitionRefused, or Contradiction for the date."""
    sample = await get_standing(session, DipSample, authority, reference, lock=True)
    check_version_if_sent(if_match, sample.version)
    day_not_in_the_future(door, "closed_on", body.closed_on)
    if body.closed_on < sample.drawn_on:
        raise Contradiction("It cannot be closed before the day it is of.", pointer="/closed_on")
    sample.close(body.closed_on)
    await session.flush()
    return sample


async def withdraw_dip_sample(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> DipSample:
    """It was a mistake: kept with its children and answers. Raises NotFound, TransitionRefused."""
    sample = await to_withdraw(session, DipSample, authority, reference, body)
    await withdraw(session, door, sample, None, [], body.because, body.given(if_match))
    return sample
