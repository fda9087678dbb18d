"""Granting an exemption, and taking it back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.exemptions.queries import pauses_beside
from services.reviews_api.exemptions.rules import (
    check_allowed,
    check_apart,
    check_approver,
    check_grant,
    check_open,
    check_shape,
)
from services.reviews_api.exemptions.schemas import ExemptionBody, ExemptionWithdrawal
from services.reviews_api.exemptions.working import Working
from services.reviews_api.histories.queries import check_reader
from services.reviews_api.record import STANDING, find_to_put
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import to_withdraw
from shared.auth.principal import Principal
from shared.db.base import new_id
from shared.deadlines.facts import standing_facts
from shared.deadlines.law import law_in_force
from shared.deadlines.models import DeadlineRow
from shared.deadlines.turns import take_turn
from shared.events.language import Event
from shared.events.record_events import ExemptionGranted, ExemptionWithdrawn
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Contradiction, NotFound
from shared.timescales.london import london_date


async def put_exemption(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: ExemptionBody,
    if_match: str | None,
) -> tuple[Exemption, Saved]:
    """Grant an exemption, or amend one. With other days or another approver, or after it was withdrawn, it is
    granted anew today, as if never granted before; other words for its reason leave it as it was granted.

    Raises NotFound for an unknown deadline, TransitionRefused where the timescale or the deadline's state does not
    allow it, Contradiction for days or an approver that cannot be.
    """
    check_shape(body)
    check_approver(who, body.approved_by)
    exemption = await find_to_put(session, Exemption, who.authority, reference, body.given(if_match))
    deadline = await _deadline(session, who, body.deadline)
    values, anew = _values(exemption, body, door.clock.now())
    if exemption is None:
        exemption, saved = _new(reference, deadline, body, values), Saved.CREATED
        session.add(exemption)
    else:
        check_the_same(exemption, body)
        saved = exemption.change(values, body.given(if_match))
        anew = anew and saved is Saved.CHANGED
    if anew:
        await _check_grant(session, door, exemption, deadline)
    await session.flush()
    if anew:
        await tell(session, door, exemption, [exemption.history_id], happenings(exemption))
    return exemption, saved


async def withdraw_exemption(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    body: ExemptionWithdrawal,
    if_match: str | None,
) -> Exemption:
    """Take it back: the deadline is what it would have been without it. Raises NotFound or TransitionRefused."""
    exemption = await to_withdraw(session, Exemption, who.authority, reference, body)
    check_reader(who, exemption.child_id, exemption.noun)
    saved = exemption.withdraw(body.because, door.clock.now(), body.given(if_match))
    await session.flush()
    if saved is Saved.CHANGED:
        await tell(session, door, exemption, [exemption.history_id], happenings(exemption))
    return exemption


def check_the_same(exemption: Exemption, body: ExemptionBody) -> None:
    """Raise Contradiction for another deadline or kind than the exemption's own."""
    if exemption.deadline_id != body.deadline:
        raise Contradiction(
            "This exemption is for another deadline, which never changes.", pointer="/deadline"
        )
    if exemption.kind != body.kind:
        raise Contradiction("This exemption is of another kind, which never changes.", pointer="/kind")


async def _deadline(session: AsyncSession, who: Principal, id: UUID) -> DeadlineRow:
    """The deadline, once it is this transaction's turn to write its history. Raises NotFound."""
    query = select(DeadlineRow).where(DeadlineRow.authority_id == who.authority, DeadlineRow.id == id)
    found = await session.scalar(query)
    if found is None:
        raise NotFound("deadline")
    check_reader(who, found.child_id, "deadline")
    await take_turn(session, who.authority, [found.history_id])
    return found


async def _check_grant(
    session: AsyncSession, door: Door, exemption: Exemption, deadline: DeadlineRow
) -> None:
    row = check_allowed(door.law.catalogue.find(exemption.timescale), exemption.kind)
    check_open(deadline.outcome)
    check_apart(exemption, await pauses_beside(session, exemption))
    law = await law_in_force(session, exemption.authority_id, door.law)
    facts = await standing_facts(session, exemption.authority_id, [exemption.history_id])
    working = Working(law, facts[exemption.history_id], exemption.timescale, exemption.anchor_id)
    check_grant(exemption, row, working, door.clock.now())


def _values(exemption: Exemption | None, body: ExemptionBody, now: datetime) -> tuple[dict[str, Any], bool]:
    """The exemption as the body has it, and whether that is granted anew."""
    if exemption is not None and exemption.grants(body.from_on, body.until_on, body.approved_by):
        return {"because": body.because}, False
    values = body.model_dump(include={"from_on", "until_on", "because", "approved_by"})
    granted = {"granted_on": london_date(now), "granted_at": now}
    return {**values, **granted, **STANDING}, True


def _new(reference: str, deadline: DeadlineRow, body: ExemptionBody, values: dict[str, Any]) -> Exemption:
    return Exemption(
        authority_id=deadline.authority_id,
        reference=reference,
        deadline_id=deadline.id,
        history_id=deadline.history_id,
        child_id=deadline.child_id,
        timescale=deadline.timescale,
        anchor_id=deadline.anchor_id,
        kind=body.kind,
        source_order=body.given(None).source_order,
        **values,
    )


def happenings(exemption: Exemption) -> Iterator[Event]:
    """What was granted or taken back, in the past tense."""
    named: dict[str, Any] = {
        "subject_id": exemption.id,
        "child_id": exemption.child_id,
        "occasion": new_id(),
        "deadline_id": exemption.deadline_id,
        "timescale": exemption.timescale,
    }
    if exemption.withdrawn_at is None:
        yield ExemptionGranted(**named, kind=exemption.kind)
    else:
        yield ExemptionWithdrawn(**named)
