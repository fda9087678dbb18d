"""The transition table, whole: every state with every verb."""

from datetime import UTC, date, datetime

import pytest

from services.escalation_api.escalations.events import SAID_OF
from services.escalation_api.escalations.models import Breached, Escalation
from services.escalation_api.escalations.transitions import (
    ESCALATION,
    State,
    Verb,
    next_state,
    possible,
)
from shared.db.base import new_id
from shared.refusals import TransitionRefused

TRANSITIONS, DONE = ESCALATION.steps, ESCALATION.done
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROAD_TO = {
    State.SUGGESTED: [],
    State.OPEN: [Verb.ACCEPT],
    State.RESOLVED: [Verb.ACCEPT, Verb.RESOLVE],
    State.DISMISSED: [Verb.DISMISS],
    State.LAPSED: [Verb.LAPSE],
}
PEOPLES_VERBS = [Verb.ACCEPT, Verb.DISMISS, Verb.RESOLVE]


def take(escalation, verb):
    match verb:
        case Verb.ACCEPT:
            return escalation.accept("iro-1", NOON, "Still not done.")
        case Verb.DISMISS:
            return escalation.dismiss("iro-1", NOON, "Done in time.")
        case Verb.LAPSE:
            return escalation.lapse(NOON, "Withdrawn.")
        case Verb.RESOLVE:
            return escalation.resolve("iro-1", NOON, "Visited.")


def an_escalation(state):
    breached = Breached(new_id(), new_id(), 1, "lac-review-first", date(2026, 11, 16), "Late.")
    escalation, _ = Escalation.suggested("E1", breached, NOON)
    for verb in ROAD_TO[state]:
        take(escalation, verb)
    return escalation


def test_every_state_and_every_verb_is_in_the_tables():
    assert set(TRANSITIONS) == {None, *State}
    assert set(DONE) == set(SAID_OF) == set(Verb)
    assert {verb for row in TRANSITIONS.values() for verb in row} == set(Verb)
    assert {state for row in TRANSITIONS.values() for state in row.values()} == set(State)


@pytest.mark.parametrize("verb", [*PEOPLES_VERBS, Verb.LAPSE])
@pytest.mark.parametrize("state", State)
def test_a_verb_does_what_the_table_says_or_is_refused_and_changes_nothing(state, verb):
    escalation = an_escalation(state)
    version = escalation.version
    if verb in TRANSITIONS[state]:
        step = take(escalation, verb)
        assert (step.from_state, step.to_state) == (state, TRANSITIONS[state][verb])
        assert (escalation.state, escalation.version, step.version) == (
            step.to_state,
            version + 1,
            version + 1,
        )
    else:
        with pytest.raises(TransitionRefused) as refusal:
            take(escalation, verb)
        assert f"that is {state} cannot be {DONE[verb]}" in refusal.value.detail
        assert (escalation.state, escalation.version) == (state, version)


@pytest.mark.parametrize("state", State)
def test_a_refusal_says_what_is_possible(state):
    for verb in set(Verb) - set(TRANSITIONS[state]):
        with pytest.raises(TransitionRefused) as refusal:
            next_state(state, verb)
        wanted = [DONE[each] for each in possible(state)] or ["Nothing more"]
        assert all(word in refusal.value.detail for word in wanted)


def test_only_what_a_person_raised_or_accepted_counts_as_raised():
    raised = {state for state in State if an_escalation(state).raised_at is not None}
    assert raised == {State.OPEN, State.RESOLVED}
