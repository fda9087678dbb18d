"""What follows when a stage passes its time unanswered: it is told of, and where policy says so the matter goes up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import DateTime, Integer, Text, Uuid, column, exists, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.climbing import put_at
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.recording import record
from services.escalation_api.escalations.stages import EscalationStage, Why
from services.escalation_api.escalations.transitions import State, Verb
from shared.events.escalation_events import AlertUnanswered
from shared.events.outbox import publish
from shared.http.door import Door
from shared.timescales.ladder import Ladder, Silence, Stage

# The spine's; the visit of a stage is what its deadline runs from.
_DEADLINE = table(
    "deadline",
    column("authority_id", Text),
    column("id", Uuid),
    column("version", Integer),
    column("anchor_id", Uuid),
    column("timescale", Text),
    column("due_at", DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The breach of a stage's clock: of which escalation, on which ladder and stage; `due_on` is London's date."""

    escalation_id: UUID
    child_id: UUID | None
    ladder: Ladder
    stage: Stage
    deadline_id: UUID
    deadline_version: int
    due_on: date


async def hear_silence(
    session: AsyncSession, door: Door, authority: str, unanswered: Sequence[Unanswered]
) -> None:
    """Tell of each; and take those up whose stage says that silence does. A second time changes nothing."""
    if not unanswered:
        return
    escalations = [each.escalation_id for each in unanswered]
    about = select(Escalation.id, Escalation.team).filter_by(authority_id=authority)
    found = await session.execute(about.where(Escalation.id.in_(escalations)))
    teams = {row.id: row.team for row in found}
    told = [_event(each, teams.get(each.escalation_id)) for each in unanswered]
    await publish(session, authority, told, door.clock.now())
    for each in unanswered:
        if each.stage.silence is Silence.PERFORM:
            await _go_up(session, door, authority, each)


async def was_left_unanswered(
    session: AsyncSession, ladder: Ladder, visit: EscalationStage, now: datetime
) -> bool:
    """Whether the time of this visit of a stage has run out, at `now` (UTC), without an answer."""
    stage = ladder.find(visit.stage)
    if stage is None or visit.answered_at is not None:
        return False
    run_out = exists().where(
        _DEADLINE.c.authority_id == visit.authority_id,
        _DEADLINE.c.anchor_id == visit.id,
        _DEADLINE.c.timescale == ladder.clock_of(stage),
        _DEADLINE.c.due_at <= now,
    )
    return bool(await session.scalar(select(run_out)))


async def _go_up(session: AsyncSession, door: Door, authority: str, each: Unanswered) -> None:
    above = each.ladder.after(each.stage.code)
    if above is None:
        return  # silence never closes: at the top it stays open, and overdue
    escalation = await session.get(Escalation, (authority, each.escalation_id), with_for_update=True)
    if escalation is None or escalation.state != State.OPEN:
        return
    query = select(_DEADLINE.c.anchor_id, _DEADLINE.c.version).where(
        _DEADLINE.c.authority_id == authority, _DEADLINE.c.id == each.deadline_id
    )
    now = (await session.execute(query)).one_or_none()
    if now is None or tuple(now) != (escalation.stage_id, each.deadline_version):
        return  # it went on meanwhile, or has more time: a bank holiday was proclaimed
    step = escalation.step(Verb.ADVANCE, None, door.clock.now(), "Nobody answered in time.")
    await put_at(session, escalation, each.ladder, above, Why.SILENCE, step)
    await record(session, door, escalation, step)


def _event(each: Unanswered, team: str | None) -> AlertUnanswered:
    return AlertUnanswered(
        subject_id=each.escalation_id,
        child_id=each.child_id,
        ladder=each.ladder.code,
        stage=each.stage.code,
        deadline_id=each.deadline_id,
        deadline_version=each.deadline_version,
        timescale=each.ladder.clock_of(each.stage),
        due_on=each.due_on,
        team=team,
    )
