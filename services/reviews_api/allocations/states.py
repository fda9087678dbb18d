"""What can be done with an allocation, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class State(StrEnum):
    """Whether the officer is still the child's."""

    ALLOCATED = "allocated"
    ENDED = "ended"


class Verb(StrEnum):
    """What is done with an allocation."""

    ALLOCATE = "allocate"
    END = "end"


ALLOCATION = Lifecycle(
    noun="allocation",
    steps={
        None: {Verb.ALLOCATE: State.ALLOCATED},
        State.ALLOCATED: {Verb.END: State.ENDED},
        State.ENDED: {},
    },
    done={Verb.ALLOCATE: "allocated", Verb.END: "ended"},
    advice="To correct when it ended, PUT it with its ETag as If-Match; another officer is another allocation.",
)
