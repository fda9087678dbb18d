"""A whole council of made-up histories, stored under any law, and held against what the engine says from scratch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.cli.recount import Recount
from services.scheduler.calendar.mover import Mover
from services.scheduler.sweep import sweep
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.facts import NewFact, open_histories, record_facts, standing_facts
from shared.deadlines.law import Law, law_in_force
from shared.deadlines.reconcile import reconcile
from shared.timescales.engine import deadlines
from shared.timescales.facts import Fact
from tests.town import Town

HELD = "SELECT id, outcome, closed_on, revision, due_at, alarms FROM deadline"
RUNNING = "SELECT * FROM deadline WHERE outcome = 'open' AND next_alarm_at IS NOT NULL"


@dataclass(frozen=True)
class Told:
    """One history: its kind, its id, the child's, and what happened."""

    kind: str
    id: UUID
    child: UUID
    facts: Sequence[Fact]


@dataclass
class Council:
    """Everybody in it was told of a month ago."""

    town: Town
    law: Law

    @property
    def now(self) -> datetime:
        return self.town.clock.now()

    async def settle(self, histories: Sequence[Any]) -> None:
        """Store these histories, work their deadlines out, and notice everything that is due."""
        authority = self.town.authority
        engine = connect(self.town.database_url, "duecare_reviews", name="tests", pool_size=1)
        async with authority_session(engine, authority) as session:
            for kind in {each.kind for each in histories}:
                pairs = [(each.id, each.child) for each in histories if each.kind == kind]
                await open_histories(session, authority, kind, pairs)
            facts = [
                NewFact(each.id, each.child, fact.kind, fact.record, fact.on, fact.at, fact.codes)
                for each in histories
                for fact in each.facts
            ]
            await record_facts(session, authority, facts, self.now - timedelta(days=30))
            await reconcile(session, authority, [each.id for each in histories], self.law, self.now)
        await engine.dispose()
        await sweep(self.town.apps["scheduler"].state.door.engine, authority, self.now)

    async def follow(self, batch: int = 250) -> int:
        door = self.town.apps["scheduler"].state.door
        return await Mover(door.engine, self.town.authority, self.law, door.clock, batch).move_all()

    async def check(self) -> None:
        """What is stored is what the facts give from scratch: the same recount as `duecare verify`'s, and whatever
        runs is warned of when the engine says, but for what was warned of before."""
        engine = connect(self.town.database_url, "duecare_auditor", name="tests", pool_size=1)
        counts = await Recount(engine, self.law, self.now).count(self.town.authority)
        await engine.dispose()
        assert counts["deadlines_that_differ"] == 0
        found = await self._worked_out()
        for row in await self.town.rows(RUNNING):
            deadline = found[row.history_id, row.timescale, row.anchor_id]
            waiting = [at for at in row.alarms if self.now < at < row.due_at]
            ahead = [at for at in deadline.warnings if at > self.now]
            assert not waiting or waiting == ahead[-len(waiting) :]
            assert row.alarms[-1] == row.due_at and row.next_alarm_at == min(row.alarms)

    async def _worked_out(self) -> dict[Any, Any]:
        engine, authority = self.town.apps["scheduler"].state.door.engine, self.town.authority
        async with authority_session(engine, authority) as session:
            law = await law_in_force(session, authority, self.law)
            histories = [row.id for row in await self.town.rows("SELECT id FROM history")]
            facts = await standing_facts(session, authority, histories)
        return {
            (history, each.timescale, each.anchor): each
            for history, told in facts.items()
            for each in deadlines(told, law.catalogue, law.calendar)
        }
