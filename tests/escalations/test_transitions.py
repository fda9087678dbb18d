"""The transition table, whole: every state with every verb."""

from datetime import UTC, date, datetime

import pytest

from services.escalation_api.escalations.concern import Breached, Concern, RaisedAs
from services.escalation_api.escalations.events import SAID_OF
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.transitions import (
    ESCALATION,
    UNDER_WAY,
    State,
    Verb,
    next_state,
    possible,
)
from shared.db.base import new_id
from shared.refusals import TransitionRefused

TRANSITIONS, DONE = ESCALATION.steps, ESCALATION.done
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWERED = [Verb.ACCEPT, Verb.ANSWER]
ROAD_TO = {
    State.SUGGESTED: [],
    State.OPEN: [Verb.ACCEPT],
    State.ANSWERED: ANSWERED,
    State.ACCEPTED: [*ANSWERED, Verb.ACCEPT_ANSWER],
    State.PARTLY_ACCEPTED: [*ANSWERED, Verb.ACCEPT_PARTLY],
    State.REJECTED: [*ANSWERED, Verb.REJECT],
    State.RESOLVED: [Verb.ACCEPT, Verb.RESOLVE],
    State.PARTLY_RESOLVED: [Verb.ACCEPT, Verb.RESOLVE_PARTLY],
    State.WITHDRAWN: [Verb.ACCEPT, Verb.WITHDRAW],
    State.SUPERSEDED: [Verb.ACCEPT, Verb.SUPERSEDE],
    State.RECORDED: None,
    State.RETRACTED: None,
    State.DISMISSED: [Verb.DISMISS],
    State.LAPSED: [Verb.LAPSE],
}
LATER = [verb for verb in Verb if verb not in (Verb.SUGGEST, Verb.RAISE, Verb.RECORD)]
NEVER_RAISED = {State.SUGGESTED, State.DISMISSED, State.LAPSED}
ENDED = {State.RESOLVED, State.PARTLY_RESOLVED, State.WITHDRAWN, State.SUPERSEDED}


def take(escalation, verb):
    match verb:
        case Verb.ACCEPT:
            return escalation.accept("iro-1", NOON, "Still not done.")
        case Verb.DISMISS:
            return escalation.dismiss("iro-1", NOON, "Done in time.")
        case Verb.LAPSE:
            return escalation.lapse(NOON, "Withdrawn.")
        case Verb.RESOLVE | Verb.RESOLVE_PARTLY:
            return escalation.resolve("iro-1", NOON, "Visited.", partly=verb is Verb.RESOLVE_PARTLY)
        case Verb.WITHDRAW | Verb.SUPERSEDE:
            return escalation.let_go(verb, "iro-1", NOON, "Not needed.")
        case Verb.REOPEN:
            return escalation.reopen("iro-1", NOON, "Not done after all.")
        case _:
            return escalation.step(verb, "iro-1", NOON)


def an_escalation(state):
    if state in (State.RECORDED, State.RETRACTED):
        concern = Concern(theme="no_core_group", concern="Well done.", raised_as=RaisedAs.IRO)
        escalation, _ = Escalation.praise("E1", new_id(), concern, "iro-1", NOON)
        if state is State.RETRACTED:
            take(escalation, Verb.RETRACT)
        return escalation
    breached = Breached(new_id(), new_id(), 1, "lac-review-first", date(2026, 11, 16), "Late.")
    escalation, _ = Escalation.suggested("E1", breached, NOON)
    for verb in ROAD_TO[state]:
        take(escalation, verb)
    return escalation


def test_every_state_and_every_verb_is_in_the_tables():
    assert set(TRANSITIONS) == {None, *State} == {None, *ROAD_TO}
    assert set(DONE) == set(SAID_OF) == set(Verb)
    assert {verb for row in TRANSITIONS.values() for verb in row} == set(Verb)
    assert {state for row in TRANSITIONS.values() for state in row.values()} == set(State)


@pytest.mark.parametrize("verb", LATER)
@pytest.mark.parametrize("state", State)
def test_a_verb_does_what_the_table_says_or_is_refused_and_changes_nothing(state, verb):
    escalation = an_escalation(state)
    version = escalation.version
    if verb in TRANSITIONS[state]:
        step = take(escalation, verb)
        assert (step.from_state, step.to_state) == (state, TRANSITIONS[state][verb])
        assert (escalation.state, escalation.version) == (step.to_state, version + 1)
        assert step.version == version + 1
    else:
        with pytest.raises(TransitionRefused) as refusal:
            take(escalation, verb)
        assert f"that is {state.replace('_', ' ')} cannot be {DONE[verb]}" in refusal.value.detail
        assert (escalation.state, escalation.version) == (state, version)


@pytest.mark.parametrize("state", State)
def test_a_refusal_says_what_is_possible(state):
    for verb in set(Verb) - set(TRANSITIONS[state]):
        with pytest.raises(TransitionRefused) as refusal:
            next_state(state, verb)
        wanted = [DONE[each] for each in possible(state)] or ["Nothing more"]
        assert all(word in refusal.value.detail for word in wanted)


@pytest.mark.parametrize("state", UNDER_WAY)
def test_nothing_that_is_under_way_is_without_a_way_out(state):
    assert {TRANSITIONS[state].get(verb) for verb in LATER} | {
        TRANSITIONS[then].get(verb) for then in TRANSITIONS[state].values() for verb in LATER
    } >= ENDED


def test_only_what_a_person_raised_or_accepted_counts_as_raised():
    raised = {state for state in State if an_escalation(state).raised_at is not None}
    assert raised == set(State) - NEVER_RAISED


def test_what_has_ended_says_when_and_what_is_under_way_does_not():
    assert {state for state in State if an_escalation(state).closed_at is not None} == ENDED
