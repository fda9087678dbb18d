"""The clocks of an escalation: its rows tell facts, and what is due follows from those as for any other history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.parts import promises_of, stages_of
from services.escalation_api.escalations.promises import Promise
from services.escalation_api.escalations.stages import EscalationStage
from services.escalation_api.escalations.transitions import State
from shared.deadlines.facts import NewFact, fact_at, open_histories, replace_facts
from shared.deadlines.reconcile import reconcile
from shared.deadlines.turns import take_turn
from shared.http.door import Door
from shared.timescales.escalation_kinds import (
    ACCEPTED,
    ACTION_DONE,
    ACTION_DROPPED,
    ACTION_PROMISED,
    ANSWERED,
    CLOSED,
    DECIDED,
    ESCALATION,
    NEEDED,
    SETTLED,
    STAGE_CLOSED,
    STAGE_OPENED,
    WENT_FORMAL,
)

OF_A_STAGE = (STAGE_OPENED, ANSWERED, DECIDED, ACCEPTED, STAGE_CLOSED)
OF_ITSELF = (WENT_FORMAL, SETTLED, CLOSED, NEEDED)
OF_A_PROMISE = (ACTION_PROMISED, ACTION_DONE, ACTION_DROPPED)


async def begin_clocks(session: AsyncSession, escalation: Escalation) -> None:
    """Open the history that its clocks are worked out from; its id is the escalation's. One that is there already, as
    after a migration that was taken back, is gone on with."""
    if not await take_turn(session, escalation.authority_id, [escalation.id]):
        opened = [(escalation.id, escalation.child_id)]
        await open_histories(session, escalation.authority_id, ESCALATION, opened)


async def keep_clocks(session: AsyncSession, door: Door, escalation: Escalation) -> None:
    """Let its clocks say what its rows say now. A second time changes nothing."""
    authority, now = escalation.authority_id, door.clock.now()
    children = await take_turn(session, authority, [escalation.id])
    telling = Telling(escalation.id, children[escalation.id])
    stages = await stages_of(session, escalation)
    promises = await promises_of(session, escalation)
    said: dict[tuple[UUID, str], list[NewFact]] = {
        **{(each.id, kind): [] for each in stages for kind in OF_A_STAGE},
        **{(each.id, kind): [] for each in promises for kind in OF_A_PROMISE},
        **{(escalation.id, kind): [] for kind in OF_ITSELF},
    }
    for fact in telling.all(escalation, stages, promises):
        said[fact.record_id, fact.kind].append(fact)
    await replace_facts(session, authority, said, now)
    await reconcile(session, authority, [escalation.id], door.law, now)


@dataclass(frozen=True, slots=True)
class Telling:
    """Makes the facts of one escalation's history, which are about its child, if any."""

    history: UUID
    child: UUID | None

    def all(
        self, escalation: Escalation, stages: Sequence[EscalationStage], promises: Sequence[Promise]
    ) -> Iterator[NewFact]:
        """Every fact that stands."""
        yield from self._of_itself(escalation)
        for stage in stages:
            yield from self._of_a_stage(stage)
        for promise in promises:
            yield self._on(ACTION_PROMISED, promise.id, promise.due_on)
            if promise.done_on is not None:
                yield self._on(ACTION_DONE, promise.id, promise.done_on)
            if promise.dropped_on is not None:
                yield self._on(ACTION_DROPPED, promise.id, promise.dropped_on)

    def _of_itself(self, escalation: Escalation) -> Iterator[NewFact]:
        put_right = escalation.state == State.RESOLVED
        closing = {"closing": "put_right" if put_right else "let_go"}
        yield from self._at(WENT_FORMAL, escalation.id, escalation.formal_at)
        yield from self._at(SETTLED, escalation.id, escalation.settled_at)
        yield from self._at(CLOSED, escalation.id, escalation.closed_at, **closing)
        if escalation.needed_on is not None:
            yield self._on(NEEDED, escalation.id, escalation.needed_on)

    def _of_a_stage(self, stage: EscalationStage) -> Iterator[NewFact]:
        on_it = f"{stage.ladder}.{stage.stage}"
        yield from self._at(STAGE_OPENED, stage.id, stage.opened_at, ladder_stage=on_it)
        yield from self._at(ANSWERED, stage.id, stage.answered_at, ladder=stage.ladder)
        yield from self._at(DECIDED, stage.id, stage.decided_at)
        yield from self._at(ACCEPTED, stage.id, stage.accepted_at, ladder=stage.ladder)
        yield from self._at(STAGE_CLOSED, stage.id, stage.closed_at)

    def _at(self, kind: str, record: UUID, at: datetime | None, **codes: str) -> Iterator[NewFact]:
        if at is not None:
            yield fact_at(self.history, self.child, kind, record, at, **codes)

    def _on(self, kind: str, record: UUID, on: date) -> NewFact:
        return NewFact(self.history, self.child, kind, record, on)
