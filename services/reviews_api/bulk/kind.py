"""A kind of record that rows may tell of, and its feature's own actions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import signature
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.record import Recorded, Written
from services.reviews_api.sourced import SourcedBody
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.versions import Saved

Action = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, and its feature's own actions: whoever puts one row does what whoever puts one record does.

    `patient`: a put refuses before it writes, and reads no other row of its own kind, so that many are written at
    once. `alone`: a put reads deadlines or facts, so that all that came before must be told by then. `names`: the
    fields, besides those called as a kind is, by which a row names a record that it rests on, and of which kind.
    """

    model: type[Recorded]
    put_record: Action
    withdraw_record: Action | None = None
    patient: bool = False
    alone: bool = False
    called: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As a row says it."""
        return self.called or self.model.noun.replace(" ", "_")

    def body_of(self, action: Action) -> type[SourcedBody]:
        """The schema of what the action takes."""
        body: type[SourcedBody] = _parameters(action)["body"].annotation
        return body

    async def put(
        self, session: AsyncSession, door: Door, who: Principal, reference: str, body: Any
    ) -> Saved:
        """Put a record. Raises whatever the feature's own action refuses."""
        written = await _do(self.put_record, session, door, who, reference, body)
        saved: Saved = written.saved if isinstance(written, Written) else written[1]
        return saved

    async def withdraw(
        self, session: AsyncSession, door: Door, who: Principal, reference: str, body: Any
    ) -> None:
        """Withdraw a record. Raises whatever the feature's own action refuses."""
        assert self.withdraw_record is not None
        await _do(self.withdraw_record, session, door, who, reference, body)


@cache
def _parameters(action: Action) -> Mapping[str, Any]:
    return signature(action).parameters


async def _do(
    action: Action, session: AsyncSession, door: Door, who: Principal, reference: str, body: Any
) -> Any:
    caller = who if "who" in _parameters(action) else who.authority
    return await action(session, door, caller, reference, body, None)
