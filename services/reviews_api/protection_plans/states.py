"""What can be done with a child protection plan, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class PlanStatus(StrEnum):
    """A plan runs until it ends."""

    RUNNING = "running"
    ENDED = "ended"


class Verb(StrEnum):
    """What is done with a plan. It starts with a PUT."""

    START = "start"
    END = "end"


PLAN = Lifecycle(
    noun="protection plan",
    steps={
        None: {Verb.START: PlanStatus.RUNNING},
        PlanStatus.RUNNING: {Verb.END: PlanStatus.ENDED},
        PlanStatus.ENDED: {},
    },
    done={Verb.START: "started", Verb.END: "ended"},
    advice="To correct what was recorded, PUT the plan with its ETag as If-Match; another time on a plan is another "
    "plan.",
)
