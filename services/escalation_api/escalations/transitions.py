"""What can be done with an escalation, in every state: one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shared.refusals import TransitionRefused


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


# None: it does not exist yet.
TRANSITIONS: Mapping[State | None, Mapping[Verb, State]] = MappingProxyType(
    {
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
    }
)

# Duecare's own reactions to an event, which nobody can ask for.
REACTIONS = frozenset({Verb.SUGGEST, Verb.LAPSE})

DONE: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.SUGGEST: "suggested",
        Verb.RAISE: "raised",
        Verb.ACCEPT: "accepted",
        Verb.DISMISS: "dismissed",
        Verb.LAPSE: "let lapse",
        Verb.RESOLVE: "resolved",
    }
)


def next_state(state: State | None, verb: Verb) -> State:
    """The state that `verb` leads to. Raises TransitionRefused, saying what is possible instead."""
    found = TRANSITIONS[state].get(verb)
    if found is None:
        raise TransitionRefused(
            f"An escalation that is {state} cannot be {DONE[verb]}. {_possible_in_words(state)}"
        )
    return found


def possible(state: State | None) -> list[Verb]:
    """What a person can do with an escalation in this state."""
    return [verb for verb in TRANSITIONS[state] if verb not in REACTIONS]


def _possible_in_words(state: State | None) -> str:
    words = " or ".join(DONE[verb] for verb in possible(state))
    return f"It can be {words}." if words else "Nothing more can be done with it; raise a new one if need be."
