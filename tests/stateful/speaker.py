"""How a story is told: a step asks a service, and whatever was accepted is told to the model too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from shared.auth.principal import Role
from shared.timescales.facts import Fact
from shared.timescales.london import london_date
from tests.stateful.model import Model
from tests.town import Town

Answer = dict[str, Any]


@dataclass
class Speaker:
    """Days are counted back from today; a negative one lies ahead. `histories` are the ids of those that were opened,
    by their references, and `refused` are the steps that were not taken."""

    town: Town
    model: Model
    histories: dict[str, UUID] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.town.clock.now()

    @property
    def today(self) -> date:
        return london_date(self.now)

    def ago(self, days: int | None) -> date | None:
        return None if days is None else self.today - timedelta(days=days)

    def _at(self, day: date | None) -> datetime:
        """An instant on that day, and none that is still to come."""
        assert day is not None
        return min(datetime.combine(day, time(10, 30), UTC), self.now)

    def _fact(
        self,
        kind: str,
        answer: Answer,
        on: date | None,
        at: datetime | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> Fact:
        assert on is not None
        return Fact(kind, UUID(answer["id"]), on, at, codes or {})

    async def _put(self, path: str, body: Answer) -> Answer:
        return await self._ask("reviews", "PUT", path, body, if_match="*")

    async def _post(
        self, path: str, body: Answer, service: str = "reviews", role: Role = Role.CASE_SYSTEM
    ) -> Answer:
        return await self._ask(service, "POST", path, body, role=role)

    async def _ask(self, service: str, method: str, path: str, body: Any, **how: Any) -> Answer:
        """The answer; nothing where the step was refused."""
        answer = await self.town.ask(service, method, path, body, **how)
        assert answer.status_code < 500, answer.text
        if answer.is_success:
            return dict(answer.json())
        self.refused.append(f"{method} {path}: {answer.text}")
        return {}
