"""What Duecare says of referrals to Cafcass: ids and codes, never what anybody wrote."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from shared.events.language import RecordEvent, example
from shared.events.words import Said

ESCALATION = UUID("0199d3c1-44be-7f0d-8e57-b2c9160ad3f8")


@dataclass(frozen=True, slots=True)
class CafcassEvent(RecordEvent):
    """A step of a referral. Of siblings, the child is the first; read the referral for the others."""

    noun: ClassVar[str] = "cafcass_referral"

    escalation_id: Annotated[UUID, Said("The escalation that led to it.")]


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassAdviceSought(CafcassEvent):
    """The officer asked Cafcass for advice, before anything is referred."""

    type: ClassVar[str] = "cafcass.advice_sought"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassApprovalAsked(CafcassEvent):
    """A referral waits for a second person's approval."""

    type: ClassVar[str] = "cafcass.approval_asked"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassApproved(CafcassEvent):
    """A second person approved a referral; it is not sent yet."""

    type: ClassVar[str] = "cafcass.approved"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassReferred(CafcassEvent):
    """A child, or siblings, were referred to Cafcass, with a bundle."""

    type: ClassVar[str] = "cafcass.referred"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassDeclined(CafcassEvent):
    """Cafcass will not act."""

    type: ClassVar[str] = "cafcass.declined"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassActing(CafcassEvent):
    """Cafcass acts for the child."""

    type: ClassVar[str] = "cafcass.acting"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassClosed(CafcassEvent):
    """A referral came to its end, with a final word between Cafcass and the officer."""

    type: ClassVar[str] = "cafcass.closed"


@example(escalation_id=ESCALATION)
@dataclass(frozen=True, slots=True)
class CafcassWithdrawn(CafcassEvent):
    """A referral was given up before it was sent."""

    type: ClassVar[str] = "cafcass.withdrawn"
