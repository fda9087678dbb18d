"""The spine as stored: histories, their facts, the deadlines these give, and the breaches noticed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base


class History(Base):
    """What deadlines are worked out from as a whole: one care period, one escalation."""

    __tablename__ = "history"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    child_id: Mapped[UUID | None]
    law: Mapped[str | None] = mapped_column(default=None)
    """The rules under which its deadlines were last worked out as a whole."""


class FactRow(Base):
    """Something that happened, as it was told. Append-only: a correction withdraws one row and adds another."""

    __tablename__ = "fact"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    history_id: Mapped[UUID]
    child_id: Mapped[UUID | None]
    kind: Mapped[str]
    record_id: Mapped[UUID]
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None]
    codes: Mapped[dict[str, str]]
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str | None] = mapped_column(default=None)


class DeadlineRow(Base):
    """What a timescale says about one history, and why. Always recomputable from the facts.

    `version` counts what a breach can be about: a new date, or a breach withdrawn. `revision` counts every
    change. `passing` says what it means when the date passes, and `law` under which wording of the rule it was
    worked out. `alarms` are the instants still to come at which the sweep has something to say.
    """

    __tablename__ = "deadline"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    history_id: Mapped[UUID]
    child_id: Mapped[UUID | None]
    timescale: Mapped[str]
    anchor_id: Mapped[UUID]
    version: Mapped[int]
    revision: Mapped[int]
    starts_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    provisional: Mapped[bool]
    outcome: Mapped[str]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str | None]
    reason: Mapped[list[str]]
    passing: Mapped[str]
    law: Mapped[str]
    historic: Mapped[bool]
    changed_at: Mapped[datetime]
    alarms: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)))
    next_alarm_at: Mapped[datetime | None]


class Breach(Base):
    """The recorded moment at which one version of a deadline passed unmet."""

    __tablename__ = "breach"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    deadline_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    historic: Mapped[bool]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str | None] = mapped_column(default=None)


class DeadlineRevision(Base):
    """A deadline as it was until something changed it: `superseded_because` of facts, the calendar or the law."""

    __tablename__ = "deadline_revision"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    deadline_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    starts_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    provisional: Mapped[bool]
    outcome: Mapped[str]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str | None]
    reason: Mapped[list[str]]
    changed_at: Mapped[datetime]
    superseded_at: Mapped[datetime]
    superseded_because: Mapped[str]


class CalendarDay(Base):
    """A bank holiday that this council was told of after the calendar in use was made.

    `known_from` and `withdrawn_on` are London dates. `moved_at` is the UTC instant at which every running deadline
    had followed; until then `moved_through` is the last history that has.
    """

    __tablename__ = "calendar_day"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    on: Mapped[date]
    name: Mapped[str]
    announced_on: Mapped[date]
    source: Mapped[str]
    instead_of: Mapped[date | None]
    known_from: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_because: Mapped[str | None] = mapped_column(default=None)
    moved_through: Mapped[UUID | None] = mapped_column(default=None)
    moved_at: Mapped[datetime | None] = mapped_column(default=None)


TIMELINE_MODELS = (History, FactRow, DeadlineRow, Breach, DeadlineRevision, CalendarDay)
