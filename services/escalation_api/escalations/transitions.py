"""What can be done with an escalation, in every state: one table."""

from enum import StrEnum

from shared.lifecycle import Lifecycle


class State(StrEnum):
    """Where an escalation stands. One that is suggested, dismissed or lapsed was never raised; one that is recorded or
    retracted is praise, and climbs nothing."""

    SUGGESTED = "suggested"
    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    RECORDED = "recorded"
    RETRACTED = "retracted"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


UNDER_WAY = (State.OPEN, State.ANSWERED, State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED)
"""The states in which somebody still owes the child something."""


class Verb(StrEnum):
    """What is done with an escalation as a whole."""

    SUGGEST = "suggest"
    RAISE = "raise"
    RECORD = "record"
    ACCEPT = "accept"
    DISMISS = "dismiss"
    LAPSE = "lapse"
    ANSWER = "answer"
    ACCEPT_ANSWER = "accept_answer"
    ACCEPT_PARTLY = "accept_partly"
    REJECT = "reject"
    ADVANCE = "advance"
    ASK_AGAIN = "ask_again"
    RESOLVE = "resolve"
    RESOLVE_PARTLY = "resolve_partly"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"
    RETRACT = "retract"


_ENDS: dict[str, str] = {
    Verb.RESOLVE: State.RESOLVED,
    Verb.RESOLVE_PARTLY: State.PARTLY_RESOLVED,
    Verb.WITHDRAW: State.WITHDRAWN,
    Verb.SUPERSEDE: State.SUPERSEDED,
}
_GOES_UP: dict[str, str] = {Verb.ADVANCE: State.OPEN}
_COMES_BACK: dict[str, str] = {Verb.REOPEN: State.OPEN}

ESCALATION = Lifecycle(
    noun="escalation",
    steps={
        None: {Verb.SUGGEST: State.SUGGESTED, Verb.RAISE: State.OPEN, Verb.RECORD: State.RECORDED},
        State.SUGGESTED: {
            Verb.ACCEPT: State.OPEN,
            Verb.DISMISS: State.DISMISSED,
            Verb.LAPSE: State.LAPSED,
        },
        State.OPEN: {Verb.ANSWER: State.ANSWERED, **_GOES_UP, **_ENDS},
        # An answer is decided on before the matter can be resolved.
        State.ANSWERED: {
            Verb.ACCEPT_ANSWER: State.ACCEPTED,
            Verb.ACCEPT_PARTLY: State.PARTLY_ACCEPTED,
            Verb.REJECT: State.REJECTED,
            **_GOES_UP,
            Verb.WITHDRAW: State.WITHDRAWN,
            Verb.SUPERSEDE: State.SUPERSEDED,
        },
        State.ACCEPTED: {**_GOES_UP, **_ENDS},
        State.PARTLY_ACCEPTED: {**_GOES_UP, **_ENDS},
        State.REJECTED: {**_GOES_UP, Verb.ASK_AGAIN: State.OPEN, **_ENDS},
        State.RESOLVED: _COMES_BACK,
        State.PARTLY_RESOLVED: _COMES_BACK,
        State.WITHDRAWN: _COMES_BACK,
        State.SUPERSEDED: _COMES_BACK,
        State.RECORDED: {Verb.RETRACT: State.RETRACTED},
        State.RETRACTED: {},
        State.DISMISSED: {},
        State.LAPSED: {},
    },
    done={
        Verb.SUGGEST: "suggested",
        Verb.RAISE: "raised",
        Verb.RECORD: "recorded",
        Verb.ACCEPT: "accepted",
        Verb.DISMISS: "dismissed",
        Verb.LAPSE: "let lapse",
        Verb.ANSWER: "answered",
        Verb.ACCEPT_ANSWER: "settled by accepting the answer",
        Verb.ACCEPT_PARTLY: "settled in part by accepting the answer",
        Verb.REJECT: "sent up by rejecting the answer",
        Verb.ADVANCE: "advanced to a higher stage",
        Verb.ASK_AGAIN: "asked again at the same stage",
        Verb.RESOLVE: "resolved",
        Verb.RESOLVE_PARTLY: "partly resolved",
        Verb.WITHDRAW: "withdrawn",
        Verb.SUPERSEDE: "superseded",
        Verb.REOPEN: "reopened",
        Verb.RETRACT: "retracted",
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
