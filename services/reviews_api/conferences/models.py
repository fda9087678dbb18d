"""A child protection conference: one meeting, and a place at it for each child whom it was about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.conferences.states import CONFERENCE, ConferenceStatus, Verb
from services.reviews_api.record import Recorded
from shared.db.base import JSONB, Base
from shared.deadlines.facts import NewFact
from shared.deadlines.models import History

FACTS = {
    "requested_on": "conference.requested",
    "notified_on": "transfer_in.notified",
    "accepted_on": "transfer_in.accepted",
    "scheduled_on": "conference.scheduled",
    "invitations_sent_on": "conference.invitations_sent",
    "report_shared_on": "conference.report_received",
    "final_core_group_on": "conference.final_core_group_held",
    "held_on": "conference.held",
    "cancelled_on": "conference.cancelled",
    "decisions_sent_on": "conference.decisions_sent",
    "minutes_sent_on": "conference.minutes_sent",
}
"""The fact that each of these dates tells the engine, in the history of every child."""
SAYING = {
    "notified_on": "residence",
    "accepted_on": "residence",
    "scheduled_on": "conference_type",
    "held_on": "conference_type",
}
"""The code that goes with each of these dates."""


class ConferenceType(StrEnum):
    """Initial, of an unborn child too; review; or of a plan that comes from another authority."""

    INITIAL = "initial"
    REVIEW = "review"
    TRANSFER_IN = "transfer_in"


@dataclass(frozen=True, slots=True)
class Place:
    """One child's place at a conference: the history that it tells, and what was decided for the child. Where two
    records of one child, both invited, were merged, `made_for` is the record that this place was first made for."""

    child_id: UUID
    history_id: UUID
    outcome: str | None = None
    category: str | None = None
    made_for: UUID | None = None


class ConferenceChild(Base, kw_only=True):
    """The place of one child, as it is stored. One with `removed_at` (UTC) was a mistake."""

    __tablename__ = "conference_child"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    conference_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    history_id: Mapped[UUID]
    outcome: Mapped[str | None] = mapped_column(default=None)
    category: Mapped[str | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Conference(Recorded, Base, kw_only=True):
    """All dates are London's. `chair`, `cancelled_by` and `postponed_by` are the case system's references of people;
    `attended` counts who was there. `places` are stored apart."""

    __tablename__ = "conference"
    noun: ClassVar[str] = "conference"
    tells: ClassVar[tuple[str, ...]] = tuple(FACTS.values())

    conference_type: Mapped[str]
    status: Mapped[str]
    chair: Mapped[str | None] = mapped_column(default=None)
    requested_on: Mapped[date | None] = mapped_column(default=None)
    notified_on: Mapped[date | None] = mapped_column(default=None)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    residence: Mapped[str | None] = mapped_column(default=None)
    scheduled_on: Mapped[date | None] = mapped_column(default=None)
    invitations_sent_on: Mapped[date | None] = mapped_column(default=None)
    report_shared_on: Mapped[date | None] = mapped_column(default=None)
    final_core_group_on: Mapped[date | None] = mapped_column(default=None)
    held_on: Mapped[date | None] = mapped_column(default=None)
    mode: Mapped[str | None] = mapped_column(default=None)
    quorate: Mapped[bool | None] = mapped_column(default=None)
    reports: Mapped[str | None] = mapped_column(default=None)
    attended: Mapped[dict[str, Any]] = mapped_column(JSONB, default_factory=dict)
    late_reason: Mapped[str | None] = mapped_column(default=None)
    decisions_sent_on: Mapped[date | None] = mapped_column(default=None)
    minutes_sent_on: Mapped[date | None] = mapped_column(default=None)
    postponed_from: Mapped[date | None] = mapped_column(default=None)
    postponed_because: Mapped[str | None] = mapped_column(default=None)
    postponed_by: Mapped[str | None] = mapped_column(default=None)
    cancelled_on: Mapped[date | None] = mapped_column(default=None)
    cancelled_because: Mapped[str | None] = mapped_column(default=None)
    cancelled_by: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None)
    places: Sequence[Place] = ()

    @classmethod
    def ids_about(cls, children: Collection[UUID]) -> Select[UUID]:
        """The conferences of which any of these children is part. Whoever may not see one child of a meeting sees
        none of it, and so takes no part of it away."""
        place, history = ConferenceChild.__table__.c, History.__table__.c
        theirs = select(history.id).where(history.child_id.in_(children))
        return select(place.conference_id).where(place.history_id.in_(theirs), place.removed_at.is_(None))

    @property
    def histories(self) -> list[UUID]:
        """The histories that the conference tells, in order."""
        return sorted({place.history_id for place in self.places})

    @property
    def places_by_child(self) -> list[Place]:
        """One place for each child, in the order of their ids; where two merged records both had one, that of the
        record which stayed."""
        merged_first = sorted(self.places, key=lambda place: place.made_for is None)
        return sorted(
            {place.child_id: place for place in merged_first}.values(), key=lambda place: place.child_id
        )

    @property
    def day(self) -> date | None:
        """The London date on which it was held, or else is planned for."""
        return self.held_on or self.scheduled_on

    def hold(self, values: dict[str, Any], decided: dict[UUID, tuple[str | None, str | None]]) -> None:
        """The meeting took place, as `values` say; `decided` are the outcome and category of some of its children.
        Like every verb here, it raises TransitionRefused where the state does not allow it."""
        self._step(Verb.HOLD)
        for name, value in values.items():
            setattr(self, name, value)
        self.places = tuple(_decided(place, decided) for place in self.places)

    def postpone(self, to: date, because: str, approved_by: str) -> None:
        """The planned day is put off to another."""
        self._step(Verb.POSTPONE)
        self.postponed_from, self.scheduled_on = self.scheduled_on, to
        self.postponed_because, self.postponed_by = because, approved_by

    def cancel(self, on: date, because: str, approved_by: str) -> None:
        """The meeting will not take place, as is known from this London date on."""
        self._step(Verb.CANCEL)
        self.cancelled_on, self.cancelled_because, self.cancelled_by = on, because, approved_by

    def facts(self) -> Iterator[NewFact]:
        """What the conference tells the engine, in the history of each child."""
        for place in self.places:
            for name, kind in FACTS.items():
                on = getattr(self, name)
                if on is not None:
                    code = SAYING.get(name)
                    said = getattr(self, code) if code else None
                    codes = {code: said} if code and said else {}
                    codes |= {"source": self.source} if self.source and kind == "conference.held" else {}
                    yield NewFact(place.history_id, place.child_id, kind, self.id, on, codes=codes)

    def _step(self, verb: Verb) -> None:
        self.status = ConferenceStatus(CONFERENCE.next(self.status, verb))
        self.version += 1


def _decided(place: Place, decided: dict[UUID, tuple[str | None, str | None]]) -> Place:
    if place.child_id not in decided:
        return place
    outcome, category = decided[place.child_id]
    return replace(place, outcome=outcome, category=category)
