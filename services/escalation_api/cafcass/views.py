"""What is shown of referrals to Cafcass."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from services.escalation_api.cafcass.consent import Consent
from services.escalation_api.cafcass.models import Referral, ReferralChild, ReferralStep
from services.escalation_api.cafcass.transitions import ReferralState, ReferralVerb
from shared.http.fields import View

CHILD: dict[str, Any] = {
    "child": "C-1042",
    "child_id": "01936b7a-51b2-7f10-8d0e-6f0e4b1f7a02",
    "views": "She wants somebody from outside to look at it.",
    "consent": "given",
    "advocate_offered": True,
    "advocate": None,
}
EXAMPLE: dict[str, Any] = {
    "id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c21",
    "escalation_id": "01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c11",
    "state": "drafted",
    "possible": ["rewrite", "seek_advice", "ask_approval", "note_legal_advice", "withdraw"],
    "children": [CHILD],
    "second_approver": True,
    "begun_by": "iro-07",
    "begun_at": "2026-11-23T12:00:00Z",
    "advice_sought_on": "2026-11-20",
    "advice": "Asked whether drift in the plan is enough for a referral.",
    "legal_advice_on": None,
    "breach": "The care plan of June was not carried out.",
    "remedy": "That the child is visited, and the plan reviewed.",
    "impact": None,
    "timetable": None,
    "approval_asked_by": None,
    "approved_by": None,
    "approved_at": None,
    "referred_by": None,
    "referred_at": None,
    "outcome": None,
    "closed_at": None,
    "version": 2,
}
STEP: dict[str, Any] = {
    "verb": "seek_advice",
    "taken_by": "iro-07",
    "taken_at": "2026-11-23T12:00:00Z",
    "from_state": None,
    "to_state": "advice_sought",
    "reason": "Asked whether drift in the plan is enough for a referral.",
    "happened_on": "2026-11-20",
}


class ReferredChild(View):
    """A child who is referred: the views, the consent, and the advocate."""

    child: str
    child_id: UUID
    views: str | None
    consent: Consent | None
    advocate_offered: bool | None
    advocate: str | None

    @classmethod
    def of(cls, reference: str, row: ReferralChild) -> Self:
        """What is told of the child with this reference."""
        told = ("child_id", "views", "consent", "advocate_offered", "advocate")
        return cls.model_validate({"child": reference} | {name: getattr(row, name) for name in told})


class ReferralStepView(View):
    """One step: who, when, from which state to which, and why. `happened_on` is the London date of what was done or
    heard, where it is not the moment of writing."""

    verb: ReferralVerb
    taken_by: str
    taken_at: datetime
    from_state: ReferralState | None
    to_state: ReferralState
    reason: str | None
    happened_on: date | None


class ReferralLine(View):
    """A referral as a list shows it. Of legal advice it says only when it was taken."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})
    elsewhere: ClassVar[frozenset[str]] = frozenset({"children", "steps"})

    id: UUID
    escalation_id: UUID
    state: ReferralState
    possible: list[ReferralVerb]
    children: list[ReferredChild]
    second_approver: bool
    begun_by: str
    begun_at: datetime
    advice_sought_on: date | None
    advice: str | None
    legal_advice_on: date | None
    breach: str | None
    remedy: str | None
    impact: str | None
    timetable: str | None
    approval_asked_by: str | None
    approved_by: str | None
    approved_at: datetime | None
    referred_by: str | None
    referred_at: datetime | None
    outcome: str | None
    closed_at: datetime | None
    version: int

    @classmethod
    def of(cls, referral: Referral, children: list[ReferredChild], **more: Any) -> Self:
        """The line of a referral of these children."""
        own = {name: getattr(referral, name) for name in cls.model_fields.keys() - cls.elsewhere}
        return cls.model_validate(own | {"children": children} | more)


class ReferralView(ReferralLine):
    """A referral and every step it has taken, the first one first."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE | {"steps": [STEP]}})

    steps: list[ReferralStepView]

    @classmethod
    def whole(cls, referral: Referral, children: list[ReferredChild], steps: Iterable[ReferralStep]) -> Self:
        """The whole of a referral."""
        return cls.of(referral, children, steps=[ReferralStepView.model_validate(each) for each in steps])


class ReferralList(View):
    """A stretch of the list, and where the next begins; null at the end."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [EXAMPLE], "next": None}})

    items: list[ReferralLine]
    next: str | None = Field(None, description="The address of the next stretch.")


Referred = Mapping[UUID, list[ReferredChild]]
"""The children of referrals, by the referral's id, in the order of their references."""
