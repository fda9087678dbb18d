"""What can be done with a conference, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class ConferenceStatus(StrEnum):
    """Asked for without a day, planned for one, held, or cancelled."""

    REQUESTED = "requested"
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What is done with a conference. It is requested and scheduled with a PUT."""

    REQUEST = "request"
    SCHEDULE = "schedule"
    POSTPONE = "postpone"
    HOLD = "hold"
    CANCEL = "cancel"


CONFERENCE = Lifecycle(
    noun="conference",
    steps={
        None: {Verb.REQUEST: ConferenceStatus.REQUESTED, Verb.SCHEDULE: ConferenceStatus.PLANNED},
        ConferenceStatus.REQUESTED: {
            Verb.SCHEDULE: ConferenceStatus.PLANNED,
            Verb.HOLD: ConferenceStatus.HELD,
            Verb.CANCEL: ConferenceStatus.CANCELLED,
        },
        ConferenceStatus.PLANNED: {
            Verb.POSTPONE: ConferenceStatus.PLANNED,
            Verb.HOLD: ConferenceStatus.HELD,
            Verb.CANCEL: ConferenceStatus.CANCELLED,
        },
        ConferenceStatus.HELD: {},
        ConferenceStatus.CANCELLED: {},
    },
    done={
        Verb.REQUEST: "requested",
        Verb.SCHEDULE: "scheduled",
        Verb.POSTPONE: "postponed",
        Verb.HOLD: "held",
        Verb.CANCEL: "cancelled",
    },
    advice="To correct what was recorded, PUT the conference with its ETag as If-Match.",
)
