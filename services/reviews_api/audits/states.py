"""What can be done with an audit, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class State(StrEnum):
    """Where an audit stands: planned, done, and with nothing left to do of what it asked for."""

    PLANNED = "planned"
    DONE = "done"
    ACTIONS_CLOSED = "actions_closed"


class Verb(StrEnum):
    """What is done with an audit."""

    PLAN = "plan"
    COMPLETE = "complete"
    CLOSE_ACTIONS = "close_actions"


AUDIT = Lifecycle(
    noun="audit",
    steps={
        None: {Verb.PLAN: State.PLANNED, Verb.COMPLETE: State.DONE},
        State.PLANNED: {Verb.COMPLETE: State.DONE},
        State.DONE: {Verb.CLOSE_ACTIONS: State.ACTIONS_CLOSED},
        State.ACTIONS_CLOSED: {},
    },
    done={
        Verb.PLAN: "planned",
        Verb.COMPLETE: "completed",
        Verb.CLOSE_ACTIONS: "closed with its actions",
    },
    advice="Nothing more can be done with it; to correct what was recorded, PUT it with its ETag as If-Match.",
)
