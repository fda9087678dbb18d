"""What a bundle holds: all that Cafcass is told of the children who are referred, and what is missing."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from services.escalation_api.bundles.alert_views import BundleAlert
from services.escalation_api.bundles.example import EXAMPLE
from services.escalation_api.bundles.record_views import (
    CarePeriodPart,
    LegalStatusPart,
    MidpointCheckPart,
    ReviewPart,
)
from services.escalation_api.cafcass.consent import Consent
from services.escalation_api.cafcass.transitions import ReferralState
from shared.http.fields import View


class Missing(View):
    """Something that Cafcass will ask for; where it `blocks`, nothing is sent without it. `child` is the reference of
    the child in whose part it is missing, null where it is of the whole."""

    code: str
    words: str
    blocks: bool
    child: str | None = None


class BundleContacts(View):
    """How the officers, their manager and Cafcass are reached, as the council has set it; null: not set."""

    officer: str | None
    manager: str | None
    cafcass: str | None


class BundleReferral(View):
    """The referral itself. Of legal advice it holds only when it was taken."""

    id: UUID
    escalation_id: UUID
    state: ReferralState
    begun_by: str
    begun_at: datetime
    advice_sought_on: date | None
    advice: str | None
    legal_advice_on: date | None
    breach: str | None
    remedy: str | None
    impact: str | None
    timetable: str | None
    approved_by: str | None
    approved_at: datetime | None
    referred_by: str | None
    referred_at: datetime | None


class Entry(View):
    """Something dated in the child's chronology: a fact, a deadline or a breach of one. `on` is the London date: of a
    deadline, the day by which it was due. `code` is the kind of the fact, or the timescale."""

    on: date
    at: datetime | None
    what: str
    code: str
    words: str
    standing: str | None = None
    closed_on: date | None = Field(
        None, description="The London date on which a deadline was met, or came to nothing."
    )
    source: str | None = Field(None, description="On whose authority a timescale stands.")


class BundleChild(View):
    """All that is told of one child who is referred."""

    child: str
    child_id: UUID
    looked_after: bool
    care_periods: list[CarePeriodPart]
    legal_status: LegalStatusPart | None
    legal_statuses: list[LegalStatusPart]
    views: str | None
    consent: Consent | None
    advocate_offered: bool | None
    advocate: str | None
    chronology: list[Entry]
    alerts: list[BundleAlert]
    reviews: list[ReviewPart]
    midpoint_checks: list[MidpointCheckPart]


class Bundle(View):
    """A bundle as it stands at `as_of` (UTC); once the referral is sent, as it was sent, for ever."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    council: str
    authority: str
    as_of: datetime
    contacts: BundleContacts
    referral: BundleReferral
    children: list[BundleChild]
    missing: list[Missing]
