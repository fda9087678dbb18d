"""The tables of states: whole, and the page of the docs made from them."""

from pathlib import Path

import pytest

from services.cli.lifecycles import LIFECYCLES
from services.cli.states import states_page
from shared.refusals import TransitionRefused

BY_NOUN = {life.noun: life for life in LIFECYCLES}


def test_the_page_in_the_docs_is_the_one_that_the_tables_make():
    assert Path("docs/states.md").read_text() == states_page(), "make docs"


@pytest.mark.parametrize("noun", BY_NOUN)
def test_every_state_is_reached_and_every_verb_has_its_word(noun):
    life = BY_NOUN[noun]
    reached = {state for verbs in life.steps.values() for state in verbs.values()}
    assert reached == {state for state in life.steps if state is not None}
    assert {verb for verbs in life.steps.values() for verb in verbs} == set(life.done)


@pytest.mark.parametrize("noun", BY_NOUN)
def test_a_step_that_is_not_in_the_table_is_refused_with_what_is_possible(noun):
    life = BY_NOUN[noun]
    for state, verbs in life.steps.items():
        for verb in life.done.keys() - verbs.keys():
            with pytest.raises(TransitionRefused) as refusal:
                life.next(state, verb)
            wanted = [life.done[each] for each in life.possible(state)] or [life.advice]
            assert all(word in refusal.value.detail for word in wanted)
