"""Somebody who tells one child's story through the public doors: a case system, an operator, and time itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.cli.recount import Recount
from services.scheduler.calendar.mover import Mover
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.timescales.calendar import ProclaimedDay
from tests.stateful.granting import Facts
from tests.stateful.model import Shown
from tests.stateful.protecting import Protection
from tests.stateful.records import CHILD
from tests.stateful.speaker import Answer


@dataclass
class Teller(Protection, Facts):
    """Every step of a story is one of its methods."""

    async def wait(self, hours: int) -> None:
        self.town.pass_time(hours=hours)

    async def sweep(self) -> None:
        await sweep(self._engine, self.town.authority, self.now)
        self.model.noticed(self.now)

    async def proclaim(self, ahead: int, instead_of: str | None) -> None:
        on = self.today + timedelta(days=ahead)
        said = {"name": "A day off", "announced_on": str(self.today), "source": "A proclamation"}
        body = {"on": str(on), "instead_of": instead_of} | said
        if await self._post("/v1/calendar/days", body, "scheduler", Role.OPERATOR):
            moved = instead_of and date.fromisoformat(instead_of)
            held = [day for day in self.model.days if day.on == on and day.withdrawn_on is None]
            if not held:
                self.model.proclaim(ProclaimedDay(on, "A day off", self.today, "", moved or None, self.today))
        await self._follow()

    async def take_back(self, nth: int) -> None:
        days = (await self._ask("scheduler", "GET", "/v1/calendar", None))["days"]
        standing = [day for day in days if day["withdrawn_on"] is None]
        if standing:
            day = standing[nth % len(standing)]
            path, body = f"/v1/calendar/days/{day['id']}/withdraw", {"because": "A mistake."}
            if await self._post(path, body, "scheduler", Role.OPERATOR):
                self.model.take_back(date.fromisoformat(day["on"]), self.today)
        await self._follow()

    async def shown(self) -> dict[UUID, Shown]:
        """The deadlines on the child's page, by their ids; not those that were promised by mistake."""
        page = await self._ask("reviews", "GET", CHILD, None)
        return {
            UUID(each["id"]): _as_shown(each) for each in page["deadlines"] if each["standing"] != "withdrawn"
        }

    async def recounted(self) -> dict[str, int]:
        """The faults that `duecare verify` finds once everything was noticed and told; not those that are none."""
        await self.sweep()
        await relay(self._engine, self.town.authority, self.now, 10_000)
        recount = Recount(self.town.owner, self.model.law, self.now)
        return {fault: n for fault, n in (await recount.count(self.town.authority)).items() if n}

    @property
    def _engine(self) -> Any:
        return self.town.apps["scheduler"].state.door.engine

    async def _follow(self) -> None:
        law = self.town.apps["scheduler"].state.door.law
        await Mover(self._engine, self.town.authority, law, self.town.clock, 2).move_all()


def _as_shown(each: Answer) -> Shown:
    closed = each["closed_on"]
    return (
        each["timescale"],
        date.fromisoformat(each["due_on"]),
        datetime.fromisoformat(each["due_at"]),
        each["provisional"],
        each["standing"],
        closed and date.fromisoformat(closed),
        each["breached"],
    )
