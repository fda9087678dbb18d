"""Putting what a census says as the case system would, and keeping account of what became of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.actions import put_conference, withdraw_conference
from services.reviews_api.imports.cin.held import SOURCE, Held, Key, Record, year_of
from services.reviews_api.imports.findings import MESSAGES, Refused, Verdicts
from services.reviews_api.protection_plans.actions import put_plan, withdraw_plan
from services.reviews_api.record import Written
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.strategy_discussions.actions import (
    put_strategy_discussion,
    withdraw_strategy_discussion,
)
from services.reviews_api.timeline import Told
from shared.http.door import Door
from shared.http.versions import Saved
from shared.refusals import Refusal, Unavailable

Put = Callable[..., Awaitable[Written[Any]]]
PUT: dict[str, Put] = {
    "section47": put_strategy_discussion,
    "conferences": put_conference,
    "plans": put_plan,
    "plan_reviews": put_conference,
}
WITHDRAW: dict[str, Callable[..., Awaitable[Any]]] = {
    "section47": withdraw_strategy_discussion,
    "conferences": withdraw_conference,
    "plans": withdraw_plan,
    "plan_reviews": withdraw_conference,
}
COLUMNS = {
    "child_identifiers": "LAchildID",
    "section47": "S47ActualStartDate",
    "conferences": "DateOfInitialCPC",
    "plans": "CPPstartDate",
    "plan_reviews": "CPPreviewDate",
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes records in the open transaction. `order` is where the return stands among returns; `told` gathers what
    is told at the end of the batch."""

    session: AsyncSession
    door: Door
    authority: str
    order: int
    told: list[Told]
    verdicts: Verdicts

    async def put(self, kind: str, rows: Sequence[int], put: Put, reference: str, body: Any) -> bool:
        """Put a record; whether it stands as these rows say. A refusal leaves nothing behind."""
        before = len(self.told)
        try:
            async with self.session.begin_nested():
                written = await put(self.session, self.door, self.authority, reference, body, None)
        except Unavailable:
            raise
        except Refusal as refusal:
            del self.told[before:]
            code = refusal.code if refusal.code in MESSAGES else "refused"
            self.verdicts.reject(kind, rows, Refused(COLUMNS[kind], code))
            return False
        return self._account(kind, rows, written.saved)

    def _account(self, kind: str, rows: Sequence[int], saved: Saved) -> bool:
        if saved is Saved.SUPERSEDED:
            self.verdicts.reject(kind, rows, Refused(COLUMNS[kind], "newer_return"))
            return False
        changed = saved is not Saved.UNCHANGED
        if changed:
            self.verdicts.accept(kind)
        self.verdicts.leave(kind, len(rows) - changed)
        return True

    def leave_to_case_system(self, kind: str, rows: Sequence[int], same: bool) -> bool:
        """The case system has its own account of this, which stands."""
        if same:
            self.verdicts.leave(kind, len(rows))
        else:
            self.verdicts.reject(kind, rows, Refused(COLUMNS[kind], "case_system_differs"))
        return same

    async def withdraw_what_is_gone(self, held: Held, said: set[Key]) -> None:
        """What a return for the same date said, and this one does not, was a mistake. What the case system or a
        return for another date says stands."""
        ours = self.order // 10**10
        body = WithdrawalBody(because="It is not in the corrected return.", source_version=self.order)
        for key, record in list(held.of_returns()):
            if key not in said and year_of(record) == ours:
                await self._withdraw(key[0], record, body)
                del held.records[key]

    async def _withdraw(self, kind: str, record: Record, body: WithdrawalBody) -> None:
        assert record.source == SOURCE
        withdraw = WITHDRAW[kind]
        await withdraw(self.session, self.door, self.authority, record.reference, body, None)
