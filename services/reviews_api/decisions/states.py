"""What can be done with a decision of a review, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class DecisionState(StrEnum):
    """How far a decision has been carried out."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class Verb(StrEnum):
    """What is done with a decision."""

    MAKE = "make"
    START = "start"
    FINISH = "finish"
    DROP = "drop"


UNDONE = (DecisionState.OPEN, DecisionState.IN_PROGRESS)
"""The states in which something is still to be done."""

DECISION = Lifecycle(
    noun="decision",
    steps={
        None: {Verb.MAKE: DecisionState.OPEN},
        DecisionState.OPEN: {
            Verb.START: DecisionState.IN_PROGRESS,
            Verb.FINISH: DecisionState.DONE,
            Verb.DROP: DecisionState.DROPPED,
        },
        DecisionState.IN_PROGRESS: {Verb.FINISH: DecisionState.DONE, Verb.DROP: DecisionState.DROPPED},
        DecisionState.DONE: {},
        DecisionState.DROPPED: {},
    },
    done={Verb.MAKE: "made", Verb.START: "started", Verb.FINISH: "finished", Verb.DROP: "dropped"},
    advice="To correct what was recorded, PUT the decision with its ETag as If-Match.",
)
