"""The part of a story that is of the child's protection: discussions, conferences, plans, core groups."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shared.timescales.facts import Fact
from tests.stateful.records import Records
from tests.stateful.speaker import Answer

HOME = "protection"
"""The reference of the one history that all of it is told in."""


@dataclass
class Protection(Records):
    """The steps of a case system that writes records of child protection."""

    plans: dict[str, tuple[Answer, date, date | None]] = field(default_factory=dict)

    async def strategy(self, number: int, held: int, section47: str) -> None:
        on = self.ago(held)
        body = {"child": "C-1", "held_on": str(on), "section47": section47}
        if answer := await self._put(f"/v1/strategy_discussions/S-{number}", body):
            fact = self._fact("strategy_discussion.held", answer, on, codes={"section47": section47})
            self.model.tell(self.histories[HOME], f"S-{number}", [fact])

    async def conference(self, number: int, kind: str, scheduled: int, held: int | None) -> None:
        days = {"scheduled_on": self.ago(scheduled), "held_on": self.ago(held)}
        body: dict[str, Any] = {key: day and str(day) for key, day in days.items()}
        body |= {"conference_type": kind, "children": [{"child": "C-1"}]}
        body |= {"late_reason": "other"} if held is not None else {}
        if answer := await self._put(f"/v1/conferences/K-{number}", body):
            codes = {"conference_type": kind}
            told = [
                self._fact(f"conference.{name.removesuffix('_on')}", answer, on, codes=codes)
                for name, on in days.items()
                if on
            ]
            self.model.tell(self.histories[HOME], f"K-{number}", told)

    async def plan(self, number: int, started: int, ended: int | None) -> None:
        first, last = self.ago(started), self.ago(ended)
        assert first is not None
        body = {"child": "C-1", "started_on": str(first), "ended_on": last and str(last)}
        if answer := await self._put(f"/v1/protection_plans/P-{number}", body | {"initial_category": "NEG"}):
            self.plans[f"P-{number}"] = answer, first, last
            self._tell_plans()

    async def core_group(self, number: int, held: int) -> None:
        on = self.ago(held)
        if answer := await self._put(f"/v1/core_groups/G-{number}", {"child": "C-1", "held_on": str(on)}):
            fact = self._fact("core_group.held", answer, on)
            self.model.tell(self.histories[HOME], f"G-{number}", [fact])

    def _tell_birth(self) -> None:
        super()._tell_birth()
        self._tell_plans()

    def _tell_plans(self) -> None:
        for name, (answer, first, last) in self.plans.items():
            unborn = {} if self.born is None else {"unborn": "yes" if first < self.born else "no"}
            told: list[Fact] = [self._fact("plan.started", answer, first, codes=unborn)]
            told += [self._fact("plan.ended", answer, last)] if last else []
            self.model.tell(self.histories[HOME], name, told)
