"""A looked-after review and its own rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from services.reviews_api.reviews.states import REVIEW, ReviewStatus, Verb
from shared.db.base import Base
from shared.deadlines.facts import NewFact
from shared.refusals import Contradiction, TransitionRefused


class Mode(StrEnum):
    """How a meeting is held."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class Answer(StrEnum):
    """What the manager said to the decisions; silence has no code, and agrees when its time has gone by."""

    AGREED = "agreed"
    DISAGREED = "disagreed"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who allowed something, and why, by the code of the list of reasons."""

    approved_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """How a review went: the London date on which it was held or completed, and what is known besides."""

    held_on: date
    participation: str | None = None
    mode: str | None = None
    attended: dict[str, int] = field(default_factory=dict)
    late_reason: str | None = None


FACTS = {
    "invitations_sent_on": "review.invitations_sent",
    "report_received_on": "review.report_received",
    "began_on": "review.began",
    "adjourned_on": "review.adjourned",
    "cancelled_on": "review.cancelled",
    "decisions_issued_on": "review.decisions_issued",
    "decisions_answered_on": "review.decisions_answered",
    "record_completed_on": "review.record_completed",
    "record_distributed_on": "review.record_distributed",
}
"""The fact that each of these dates tells the engine."""


class Review(Recorded, Base, kw_only=True):
    """All dates are London's. `meetings` are those of a series, each with its `on` and its `mode`, in their order:
    the first is `began_on`, and `held_on` is the day on which the review was held, or its series completed.
    `attended` counts who was there, by their codes."""

    __tablename__ = "review"
    noun: ClassVar[str] = "review"
    tells: ClassVar[tuple[str, ...]] = ("review.scheduled", "review.held", *FACTS.values())

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default=ReviewStatus.PLANNED)
    scheduled_on: Mapped[date | None] = mapped_column(default=None)
    mode: Mapped[str | None] = mapped_column(default=None)
    postponed_from: Mapped[date | None] = mapped_column(default=None)
    postponed_reason: Mapped[str | None] = mapped_column(default=None)
    postponed_by: Mapped[str | None] = mapped_column(default=None)
    brought_forward_from: Mapped[date | None] = mapped_column(default=None)
    brought_forward_reason: Mapped[str | None] = mapped_column(default=None)
    invitations_sent_on: Mapped[date | None] = mapped_column(default=None)
    report_received_on: Mapped[date | None] = mapped_column(default=None)
    iro_spoke_on: Mapped[date | None] = mapped_column(default=None)
    iro_spoke_alone: Mapped[bool | None] = mapped_column(default=None)
    my_report_returned: Mapped[bool | None] = mapped_column(default=None)
    my_report_returned_on: Mapped[date | None] = mapped_column(default=None)
    meetings: Mapped[list[dict[str, str | None]]] = mapped_column(JSONB, default_factory=list)
    began_on: Mapped[date | None] = mapped_column(default=None)
    adjourned_on: Mapped[date | None] = mapped_column(default=None)
    adjourned_because: Mapped[str | None] = mapped_column(default=None)
    held_on: Mapped[date | None] = mapped_column(default=None)
    participation: Mapped[str | None] = mapped_column(default=None)
    attended: Mapped[dict[str, int]] = mapped_column(JSONB, default_factory=dict)
    late_reason: Mapped[str | None] = mapped_column(default=None)
    decisions_issued_on: Mapped[date | None] = mapped_column(default=None)
    decisions_answered_on: Mapped[date | None] = mapped_column(default=None)
    decisions_answer: Mapped[str | None] = mapped_column(default=None)
    record_completed_on: Mapped[date | None] = mapped_column(default=None)
    record_distributed_on: Mapped[date | None] = mapped_column(default=None)
    cancelled_because: Mapped[str | None] = mapped_column(default=None)
    cancelled_on: Mapped[date | None] = mapped_column(default=None)
    cancelled_reason: Mapped[str | None] = mapped_column(default=None)
    cancelled_by: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="case_system")

    @property
    def day(self) -> date | None:
        """The London date that places it among the child's reviews: held, else begun, else planned for."""
        return self.held_on or self.began_on or self.scheduled_on

    @property
    def last_met_on(self) -> date | None:
        """The London date of the last meeting of a series."""
        return date.fromisoformat(str(self.meetings[-1]["on"])) if self.meetings else None

    def hold(self, account: Account) -> None:
        """The review was held in one meeting. Like every verb here, it raises TransitionRefused where the state
        does not allow it."""
        self._step(Verb.HOLD)
        self._take(account)

    def meet(self, on: date, mode: Mode | None) -> None:
        """Another meeting of the series took place. Raises Contradiction for a day that comes before the last."""
        self._step(Verb.MEET)
        if self.adjourned_on is not None and not self.meetings:
            self._met(self.adjourned_on, None)
        if self.last_met_on is not None and on <= self.last_met_on:
            raise Contradiction("The meetings of a review are told in their order, one a day.", pointer="/on")
        self._met(on, mode)

    def adjourn(self, on: date, mode: Mode | None, because: str) -> None:
        """A meeting of that day broke off, to be gone on with. Once only. Raises Contradiction for a day before the
        last meeting."""
        self._step(Verb.ADJOURN)
        if self.last_met_on is not None and on < self.last_met_on:
            raise Contradiction("The review has met since then.", pointer="/adjourned_on")
        if on != self.last_met_on:
            self._met(on, mode)
        self.adjourned_on, self.adjourned_because = on, because

    def complete(self, account: Account) -> None:
        """The series of meetings, or the review that was adjourned, came to its end."""
        self._step(Verb.COMPLETE)
        self._take(account)

    def postpone(self, to: date, approval: Approval) -> None:
        """The planned day is put off to a later one. Raises Contradiction for one that is not later."""
        self._step(Verb.POSTPONE)
        if self.scheduled_on is None or to <= self.scheduled_on:
            raise Contradiction(
                "A review is postponed to a day after the one planned.", pointer="/scheduled_on"
            )
        self.postponed_from, self.scheduled_on = self.scheduled_on, to
        self.postponed_reason, self.postponed_by = approval.reason, approval.approved_by

    def bring_forward(self, to: date, reason: str) -> None:
        """The planned day is brought forward to an earlier one. Raises Contradiction for one that is not earlier."""
        self._step(Verb.BRING_FORWARD)
        if self.scheduled_on is None or to >= self.scheduled_on:
            raise Contradiction(
                "A review is brought forward to a day before the one planned.", pointer="/scheduled_on"
            )
        self.brought_forward_from, self.scheduled_on = self.scheduled_on, to
        self.brought_forward_reason = reason

    def cancel(self, on: date, approval: Approval, because: str | None) -> None:
        """The review will not take place, as is known from this London date on."""
        self._step(Verb.CANCEL)
        self.cancelled_on, self.cancelled_because = on, because
        self.cancelled_reason, self.cancelled_by = approval.reason, approval.approved_by

    def issue_decisions(self, on: date) -> None:
        """The decisions went to the manager. Once: another day is a correction."""
        self._step(Verb.ISSUE_DECISIONS)
        if self.decisions_issued_on is not None:
            raise TransitionRefused(f"Its decisions were issued before. {REVIEW.advice}")
        self.decisions_issued_on = on

    def answer_decisions(self, on: date, answer: Answer) -> None:
        """The manager agreed or disagreed. Once, and only to decisions that were issued."""
        self._step(Verb.ANSWER_DECISIONS)
        if self.decisions_issued_on is None or self.decisions_answered_on is not None:
            said = "have not been issued" if self.decisions_issued_on is None else "were answered before"
            raise TransitionRefused(f"Its decisions {said}. {REVIEW.advice}")
        self.decisions_answered_on, self.decisions_answer = on, answer

    def facts(self) -> Iterator[NewFact]:
        """What the review tells the engine: the days on which it was planned, held, and all that surrounds it."""
        if self.scheduled_on is not None and (
            self.status != ReviewStatus.CANCELLED or self.cancelled_on is not None
        ):
            yield self._fact("review.scheduled", self.scheduled_on)
        if self.held_on is not None:
            yield self._fact("review.held", self.held_on, source=self.source)
        for name, kind in FACTS.items():
            on = getattr(self, name)
            if on is not None:
                yield self._fact(kind, on)

    def _fact(self, kind: str, on: date, **codes: str) -> NewFact:
        return NewFact(self.care_period_id, self.child_id, kind, self.id, on, codes=codes)

    def _step(self, verb: Verb) -> None:
        self.status = REVIEW.next(self.status, verb)
        self.version += 1

    def _met(self, on: date, mode: Mode | None) -> None:
        self.meetings = [*self.meetings, {"on": on.isoformat(), "mode": mode}]
        self.began_on = self.began_on or on

    def _take(self, account: Account) -> None:
        self.held_on, self.participation = account.held_on, account.participation
        self.mode = account.mode or self.mode
        self.attended = account.attended or self.attended
        self.late_reason = account.late_reason
