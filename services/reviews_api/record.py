"""What the records of this service have in common: a reference of the caller's own, a version, and an end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, exists, func, inspect, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from services.reviews_api.known import known, remember
from services.reviews_api.tombstones import check_not_withdrawn_before
from shared.auth.restricted import hidden_in
from shared.db.base import new_id
from shared.http.versions import Saved, check_version
from shared.refusals import Contradiction, NotFound, TransitionRefused

STANDING: Mapping[str, Any] = {"withdrawn_at": None, "withdrawn_because": None}


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller knows of the version that a write replaces: the ETag they have read, or where the write stands
    in the order of the versions at its source."""

    if_match: str | None = None
    source_order: int | None = None

    def is_late(self, held: int | None) -> bool:
        """Whether the source has told of this version, or of a later one, before."""
        return self.source_order is not None and held is not None and self.source_order <= held

    def check(self, version: int) -> None:
        """Raise VersionRequired or Stale, unless the order at the source says enough."""
        if self.if_match is not None or self.source_order is None:
            check_version(self.if_match, version)


class Recorded(MappedAsDataclass, kw_only=True):
    """A row that the case system names by its own reference, unique within an authority and a kind. One that was
    withdrawn was a mistake, kept with the reason; `source_order` is the latest of the source's versions."""

    noun: ClassVar[str]

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    reference: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str | None] = mapped_column(default=None)
    source_order: Mapped[int | None] = mapped_column(BigInteger, default=None)

    @property
    def stands(self) -> bool:
        """Whether nobody has said that it was a mistake."""
        return self.withdrawn_at is None

    def change(self, values: Mapping[str, Any], given: Given) -> Saved:
        """Take other content, if the caller has read what it replaces or the source says that it comes later. The
        same content changes nothing, and neither does what the source told before."""
        if all(getattr(self, name) == value for name, value in values.items()):
            self._note(given)
            return Saved.UNCHANGED
        if given.is_late(self.source_order):
            return Saved.SUPERSEDED
        given.check(self.version)
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        self._note(given)
        return Saved.CHANGED

    def withdraw(self, because: str, at: datetime, given: Given) -> Saved:
        """It was a mistake, as is known from this UTC instant on. Raises TransitionRefused where that was said
        before, and not by a source that repeats itself."""
        if given.is_late(self.source_order):
            return Saved.SUPERSEDED
        if not self.stands and given.source_order is None:
            raise TransitionRefused(
                f"This {self.noun} was withdrawn before. To bring it back, PUT it with its ETag as If-Match."
            )
        if given.if_match is not None:
            check_version(given.if_match, self.version)
        saved = Saved.CHANGED if self.stands else Saved.UNCHANGED
        if self.stands:
            self.withdrawn_at, self.withdrawn_because = at, because
            self.version += 1
        self._note(given)
        return saved

    def must_stand(self, pointer: str | None = None) -> None:
        """Raise Contradiction for one that was withdrawn."""
        if not self.stands:
            raise Contradiction(f"This {self.noun} was withdrawn.", code="withdrawn", pointer=pointer)

    def _note(self, given: Given) -> None:
        if given.source_order is not None:
            self.source_order = max(given.source_order, self.source_order or 0)


R = TypeVar("R", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Written(Generic[R]):
    """A record that was put: what that did, and the values that it replaced. They are empty for one that is new, or
    that had been withdrawn."""

    record: R
    saved: Saved
    before: Mapping[str, Any]

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return self.saved in (Saved.CREATED, Saved.CHANGED)


async def write(
    session: AsyncSession,
    kind: type[R],
    authority: str,
    reference: str,
    fixed: Mapping[str, Any],
    values: Mapping[str, Any],
    given: Given,
) -> Written[R]:
    """Create or replace a record, or bring back a withdrawn one. `fixed` are what never changes of it.

    Raises Contradiction where it belongs to another, VersionRequired or Stale for a change of what was not read.
    """
    record = await find_to_put(session, kind, authority, reference, given)
    if record is None:
        named: dict[str, Any] = {"authority_id": authority, "reference": reference}
        record = kind(**named, **fixed, **values, source_order=given.source_order)
        session.add(record)
        remember(session, record)
        await session.flush()
        return Written(record, Saved.CREATED, {})
    _check_the_same(record, fixed)
    before = {name: getattr(record, name) for name in values} if record.stands else {}
    saved = record.change({**values, **STANDING}, given)
    await session.flush()
    return Written(record, saved, before)


def _check_the_same(record: Recorded, fixed: Mapping[str, Any]) -> None:
    for name, value in fixed.items():
        if getattr(record, name) != value:
            field = name.removesuffix("_id")
            words = field.replace("_", " ")
            raise Contradiction(f"This {record.noun} belongs to another {words}.", pointer=f"/{field}")


async def find(
    session: AsyncSession, kind: type[R], authority: str, reference: str, *, lock: bool = False
) -> R | None:
    """The record with this reference, or with this id; None where there is none that may be seen."""
    if (kind, reference) in known(session):
        found: R | None = known(session)[kind, reference]
        return found
    query = (
        select(kind)
        .where(kind.authority_id == authority)
        .where(_named(kind, reference))
        .order_by((kind.reference == reference).desc())
        .limit(1)
    )
    return (await session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()


def _named(kind: type[R], reference: str) -> ColumnElement[bool]:
    named, ours = kind.reference == reference, own_id(reference)
    return named if ours is None else or_(named, kind.id == ours)  # each has its index


def own_id(reference: str) -> UUID | None:
    """The id of ours that a reference may be; None for one that can only be the caller's own."""
    try:
        return UUID(reference)
    except ValueError:
        return None


async def find_to_put(
    session: AsyncSession, kind: type[R], authority: str, reference: str, given: Given | None = None
) -> R | None:
    """The record that a PUT of this reference is about, locked; two PUTs of one reference take turns. Raises
    TransitionRefused where the source said, in a version that comes after this one, that there is none."""
    if (kind, reference) not in known(session):
        name = turn_of(kind, authority, reference)
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    found = await find(session, kind, authority, reference, lock=True)
    if found is None and hidden_in(session):
        await _check_not_hidden(session, kind, authority, reference)
    if found is None and given is not None:
        await check_not_withdrawn_before(session, authority, kind.noun, reference, given.source_order)
    return found


async def _check_not_hidden(session: AsyncSession, kind: type[R], authority: str, reference: str) -> None:
    """Raise NotFound where this reference is of a record that the caller may not see."""
    record = inspect(kind).local_table.c
    taken = exists().where(record.authority_id == authority, record.reference == reference)
    if await session.scalar(select(taken)):
        raise NotFound(kind.noun)


def turn_of(kind: type[Recorded], authority: str, reference: str) -> str:
    """What two writers of one reference take turns by."""
    return f"{authority}:{kind.noun}:{reference}"


async def get(
    session: AsyncSession, kind: type[R], authority: str, reference: str, *, lock: bool = False
) -> R:
    """The record with this reference or id, also one that was withdrawn. Raises NotFound."""
    found = await find(session, kind, authority, reference, lock=lock)
    if found is None:
        raise NotFound(kind.noun)
    return found


async def get_standing(
    session: AsyncSession,
    kind: type[R],
    authority: str,
    reference: str,
    pointer: str | None = None,
    *,
    lock: bool = False,
) -> R:
    """The record with this reference or id, for another to rest on. Raises NotFound, or Contradiction for one that
    was withdrawn."""
    found = await get(session, kind, authority, reference, lock=lock)
    found.must_stand(pointer)
    return found
