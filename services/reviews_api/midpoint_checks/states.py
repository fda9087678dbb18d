"""What can be done with a midpoint check, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class CheckStatus(StrEnum):
    """Planned, completed, or cancelled: it was missed, or not needed any more."""

    PLANNED = "planned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CheckVerb(StrEnum):
    """What is done with a midpoint check."""

    PLAN = "plan"
    COMPLETE = "complete"
    CANCEL = "cancel"


MIDPOINT_CHECK = Lifecycle(
    noun="midpoint check",
    steps={
        None: {CheckVerb.PLAN: CheckStatus.PLANNED, CheckVerb.COMPLETE: CheckStatus.COMPLETED},
        CheckStatus.PLANNED: {
            CheckVerb.COMPLETE: CheckStatus.COMPLETED,
            CheckVerb.CANCEL: CheckStatus.CANCELLED,
        },
        CheckStatus.COMPLETED: {},
        CheckStatus.CANCELLED: {},
    },
    done={CheckVerb.PLAN: "planned", CheckVerb.COMPLETE: "completed", CheckVerb.CANCEL: "cancelled"},
    advice="To correct what was recorded, PUT the check with its ETag as If-Match.",
)
