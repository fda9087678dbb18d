"""The kinds of record that rows may tell of, in the order in which they rest on each other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.actions import put_allocation, withdraw_allocation
from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.actions import put_care_period, withdraw_care_period
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.actions import put_child, withdraw_child
from services.reviews_api.children.models import Child
from services.reviews_api.exemptions.actions import put_exemption, withdraw_exemption
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.facts.actions import put_fact, withdraw_fact
from services.reviews_api.facts.models import ReportedFact
from services.reviews_api.histories.actions import put_history
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.midpoint_checks.actions import put_midpoint_check, withdraw_midpoint_check
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.record import Recorded, Written
from services.reviews_api.reviews.actions import put_review, withdraw_review
from services.reviews_api.reviews.models import Review
from services.reviews_api.sourced import SourcedBody
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import Saved

Action = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, and its feature's own actions: whoever puts one row does what whoever puts one record does.

    `patient`: a put refuses before it writes, and reads no other row of its own kind, so that many are written at
    once. `alone`: a put reads deadlines or facts, so that all that came before must be told by then.
    """

    model: type[Recorded]
    put_record: Action
    withdraw_record: Action | None = None
    patient: bool = False
    alone: bool = False

    @property
    def name(self) -> str:
        """As a row says it."""
        return self.model.noun.replace(" ", "_")

    def body_of(self, action: Action) -> type[SourcedBody]:
        """The schema of what the action takes."""
        body: type[SourcedBody] = signature(action).parameters["body"].annotation
        return body

    async def put(
        self, session: AsyncSession, door: Door, who: Principal, reference: str, body: Any
    ) -> Saved:
        """Put a record. Raises whatever the feature's own action refuses."""
        written = await self.put_record(session, door, _caller(self.put_record, who), reference, body, None)
        saved: Saved = written.saved if isinstance(written, Written) else written[1]
        return saved

    async def withdraw(
        self, session: AsyncSession, door: Door, who: Principal, reference: str, body: Any
    ) -> None:
        """Withdraw a record. Raises whatever the feature's own action refuses."""
        assert self.withdraw_record is not None
        await self.withdraw_record(session, door, _caller(self.withdraw_record, who), reference, body, None)


def _caller(action: Action, who: Principal) -> Principal | str:
    return who if "who" in signature(action).parameters else who.authority


KINDS = {
    kind.name: kind
    for kind in (
        Kind(Child, put_child, withdraw_child, patient=True),
        Kind(CarePeriod, put_care_period, withdraw_care_period, patient=True),
        Kind(HistoryRecord, put_history, patient=True),
        Kind(Allocation, put_allocation, withdraw_allocation, patient=True),
        Kind(Review, put_review, withdraw_review, patient=True),
        Kind(MidpointCheck, put_midpoint_check, withdraw_midpoint_check, patient=True),
        Kind(ReportedFact, put_fact, withdraw_fact),
        Kind(Exemption, put_exemption, withdraw_exemption, alone=True),
    )
}
RANK = {name: rank for rank, name in enumerate(KINDS)}
