"""What can be done with a dip sample, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class State(StrEnum):
    """Where a dip sample stands: drawn and not looked at yet, being answered, closed."""

    DRAWN = "drawn"
    ANSWERING = "answering"
    CLOSED = "closed"


class Verb(StrEnum):
    """What is done with a dip sample. It is drawn anew only while nobody has answered: no choosing of the children."""

    DRAW = "draw"
    REDRAW = "redraw"
    ANSWER = "answer"
    CLOSE = "close"


DIP_SAMPLE = Lifecycle(
    noun="dip sample",
    steps={
        None: {Verb.DRAW: State.DRAWN},
        State.DRAWN: {Verb.REDRAW: State.DRAWN, Verb.ANSWER: State.ANSWERING},
        State.ANSWERING: {Verb.ANSWER: State.ANSWERING, Verb.CLOSE: State.CLOSED},
        State.CLOSED: {},
    },
    done={
        Verb.DRAW: "drawn",
        Verb.REDRAW: "drawn anew",
        Verb.ANSWER: "answered",
        Verb.CLOSE: "closed",
    },
    advice="Nothing more can be done with it; draw another one if need be.",
)
