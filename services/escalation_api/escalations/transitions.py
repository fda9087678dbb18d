"""What can be done with an escalation, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class State(StrEnum):
    """Where an escalation stands. One that is suggested, dismissed or lapsed was never raised."""

    SUGGESTED = "suggested"
    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


class Verb(StrEnum):
    """What is done with an escalation."""

    SUGGEST = "suggest"
    RAISE = "raise"
    ACCEPT = "accept"
    DISMISS = "dismiss"
    LAPSE = "lapse"
    RESOLVE = "resolve"


ESCALATION = Lifecycle(
    noun="escalation",
    steps={
        None: {Verb.SUGGEST: State.SUGGESTED, Verb.RAISE: State.OPEN},
        State.SUGGESTED: {
            Verb.ACCEPT: State.OPEN,
            Verb.DISMISS: State.DISMISSED,
            Verb.LAPSE: State.LAPSED,
        },
        State.OPEN: {Verb.RESOLVE: State.RESOLVED},
        State.RESOLVED: {},
        State.DISMISSED: {},
        State.LAPSED: {},
    },
    done={
        Verb.SUGGEST: "suggested",
        Verb.RAISE: "raised",
        Verb.ACCEPT: "accepted",
        Verb.DISMISS: "dismissed",
        Verb.LAPSE: "let lapse",
        Verb.RESOLVE: "resolved",
    },
    reactions=frozenset({Verb.SUGGEST, Verb.LAPSE}),
    advice="Nothing more can be done with it; raise a new one if need be.",
)


def next_state(state: State | None, verb: Verb) -> State:
    """The state that `verb` leads to. Raises TransitionRefused, saying what is possible instead."""
    return State(ESCALATION.next(state, verb))


def possible(state: State | None) -> list[Verb]:
    """What a person can do with an escalation in this state."""
    return [Verb(verb) for verb in ESCALATION.possible(state)]
