"""A referral to Cafcass, its own rules, the children it names, the steps it has taken, and what was sent."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Self
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from services.escalation_api.cafcass.transitions import REFERRAL, ReferralState, ReferralVerb
from services.escalation_api.escalations.models import Escalation
from shared.db.base import Base, new_id
from shared.refusals import Forbidden, TransitionRefused

REFERRAL_KEY = (
    ["authority_id", "referral_id"],
    ["cafcass_referral.authority_id", "cafcass_referral.id"],
)


class ReferralStep(Base, kw_only=True):
    """Who did what, when (UTC) and why; never changed. `version` is the referral's after the step; `happened_on` the
    London date of what was done or heard, where that is not the moment of its writing."""

    __tablename__ = "cafcass_step"
    __table_args__ = (ForeignKeyConstraint(*REFERRAL_KEY),)

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    referral_id: Mapped[UUID]
    version: Mapped[int]
    verb: Mapped[str]
    taken_by: Mapped[str]
    taken_at: Mapped[datetime]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    happened_on: Mapped[date | None] = mapped_column(default=None)


class ReferralChild(Base, kw_only=True):
    """A child who is referred: the views, the consent (no bar, and recorded) and the advocate. `first_child_id` is the
    record that was referred, once it has moved to another."""

    __tablename__ = "cafcass_child"
    __table_args__ = (ForeignKeyConstraint(*REFERRAL_KEY),)

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_child_id: Mapped[UUID | None] = mapped_column(default=None)
    views: Mapped[str | None] = mapped_column(default=None)
    consent: Mapped[str | None] = mapped_column(default=None)
    advocate_offered: Mapped[bool | None] = mapped_column(default=None)
    advocate: Mapped[str | None] = mapped_column(default=None)


class SentBundle(Base, kw_only=True):
    """The bundle as it was sent at an instant (UTC), never changed: the document (JSON) and the page (HTML), to the
    byte, each with its SHA-256. `about` are the ids of all children of whom it tells anything."""

    __tablename__ = "cafcass_bundle"
    __table_args__ = (ForeignKeyConstraint(*REFERRAL_KEY),)

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    document: Mapped[str]
    document_sha256: Mapped[str]
    page: Mapped[str]
    page_sha256: Mapped[str]
    about: Mapped[list[str]]
    sent_by: Mapped[str]
    sent_at: Mapped[datetime]


class Referral(Base, kw_only=True):
    """A referral under section 25B(3)(a) of the Children Act 1989. Every verb returns the step it took, or raises
    TransitionRefused; instants are UTC, days London's.

    `second_approver` is what the ladder of its escalation asks for. `breach` and `remedy` are the specific breach and
    what is sought; `impact` and `timetable` the child's. Of legal advice it keeps only when it was taken.
    """

    __tablename__ = "cafcass_referral"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    escalation_id: Mapped[UUID]
    second_approver: Mapped[bool]
    begun_by: Mapped[str]
    begun_at: Mapped[datetime]
    state: Mapped[str | None] = mapped_column(nullable=False, init=False, default=None)
    advice_sought_on: Mapped[date | None] = mapped_column(init=False, default=None)
    advice: Mapped[str | None] = mapped_column(init=False, default=None)
    legal_advice_on: Mapped[date | None] = mapped_column(init=False, default=None)
    breach: Mapped[str | None] = mapped_column(init=False, default=None)
    remedy: Mapped[str | None] = mapped_column(init=False, default=None)
    impact: Mapped[str | None] = mapped_column(init=False, default=None)
    timetable: Mapped[str | None] = mapped_column(init=False, default=None)
    approval_asked_by: Mapped[str | None] = mapped_column(init=False, default=None)
    approved_by: Mapped[str | None] = mapped_column(init=False, default=None)
    approved_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    referred_by: Mapped[str | None] = mapped_column(init=False, default=None)
    referred_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    outcome: Mapped[str | None] = mapped_column(init=False, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    version: Mapped[int] = mapped_column(init=False, default=0)

    @classmethod
    def begun(
        cls, escalation: Escalation, second_approver: bool, verb: ReferralVerb, by: str, at: datetime
    ) -> tuple[Self, ReferralStep]:
        """A referral that begins as a draft, or by seeking advice."""
        new = cls(
            authority_id=escalation.authority_id,
            escalation_id=escalation.id,
            second_approver=second_approver,
            begun_by=by,
            begun_at=at,
        )
        return new, new.step(verb, by, at)

    def sought_advice(self, on: date, advice: str | None) -> None:
        """Cafcass was asked on that day, and said this; what it said before stays in the steps."""
        self.advice_sought_on, self.advice = on, advice

    def ask_approval(self, by: str, at: datetime, reason: str | None) -> ReferralStep:
        """A second person shall look at it."""
        step = self.step(ReferralVerb.ASK_APPROVAL, by, at, reason)
        self.approval_asked_by = by
        return step

    def approve(self, by: str, at: datetime, reason: str | None) -> ReferralStep:
        """A second person agrees. Raises Forbidden for the one who asked."""
        step = self.step(ReferralVerb.APPROVE, by, at, reason)
        if by == self.approval_asked_by:
            raise Forbidden("A second person approves a referral: never the one who asked for it.")
        self.approved_by, self.approved_at = by, at
        return step

    def send_back(self, by: str, at: datetime, reason: str) -> ReferralStep:
        """It is a draft again, and has to be approved anew."""
        step = self.step(ReferralVerb.SEND_BACK, by, at, reason)
        self.approval_asked_by = self.approved_by = self.approved_at = None
        return step

    def refer(self, by: str, at: datetime, reason: str | None) -> ReferralStep:
        """It is sent. Raises TransitionRefused where a second person has yet to approve it."""
        if self.state == ReferralState.DRAFTED and self.second_approver:
            raise TransitionRefused(
                "This council wants a second person to approve a referral before it is sent: ask for approval.",
                code="second_approver_needed",
            )
        step = self.step(ReferralVerb.REFER, by, at, reason)
        self.referred_by, self.referred_at = by, at
        return step

    def close(self, by: str, at: datetime, outcome: str, on: date) -> ReferralStep:
        """The last has been said between Cafcass and the officer."""
        step = self.step(ReferralVerb.CLOSE, by, at, outcome, on)
        self.outcome, self.closed_at = outcome, at
        return step

    def step(
        self, verb: ReferralVerb, by: str, at: datetime, reason: str | None = None, on: date | None = None
    ) -> ReferralStep:
        """Do it. Raises TransitionRefused, saying what is possible instead."""
        before, after = self.state, REFERRAL.next(self.state, verb)
        self.state, self.version = after, self.version + 1
        return ReferralStep(
            authority_id=self.authority_id,
            referral_id=self.id,
            version=self.version,
            verb=verb,
            taken_by=by,
            taken_at=at,
            from_state=before,
            to_state=after,
            reason=reason,
            happened_on=on,
        )

    @property
    def possible(self) -> list[str]:
        """What a person can do with it now."""
        waits = self.state == ReferralState.DRAFTED and self.second_approver
        return [verb for verb in REFERRAL.possible(self.state) if not (waits and verb == ReferralVerb.REFER)]

    @classmethod
    def ids_about(cls, children: Collection[UUID]) -> Select[UUID]:
        """Those that name any of these children, or whose escalation is about any."""
        its, named = cls.__table__.c, ReferralChild.__table__.c
        naming = select(named.referral_id).where(named.child_id.in_(children))
        about = its.escalation_id.in_(Escalation.ids_about(children))
        return select(its.id).where(or_(its.id.in_(naming), about))
