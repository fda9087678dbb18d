"""How an event's subject in NATS is spelt, and which places of the feed the mirror lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduler.mirror.seen import Seen
from services.scheduler.mirror.subjects import everything_of, subject


def test_a_reviews_subject_can_be_asked_for_by_its_noun():
    assert subject("E08000014", "review.held") == "duecare.E08000014.review.held"
    assert everything_of("E08000014") == "duecare.E08000014.>"


@pytest.mark.parametrize("code", ["*", ">", "", "E08.>", "a b", "E08000014.review", "E08\r\nPUB x 0", "Ä"])
def test_no_code_of_an_authority_makes_a_subject_of_another_or_of_many(code):
    _, token, *rest = subject(code, "review.held").split(".")
    assert rest == ["review", "held"] and token
    assert not set(token) & set("*> \r\n\t") and token.isascii()


@given(st.text(), st.text(), st.text(), st.text())
def test_two_authorities_or_types_never_share_a_subject(authority, type_, other, other_type):
    same = (authority, type_) == (other, other_type)
    assert (subject(authority, type_) == subject(other, other_type)) is same


@given(st.sets(st.integers(1, 60)), st.integers(0, 60), st.integers(0, 60))
def test_exactly_the_places_that_were_not_found_are_lacking(found, until, after):
    seen = Seen(until)
    seen.mark(found)
    seen.mark(found)
    assert list(seen.lacking(after)) == [n for n in range(after + 1, until + 1) if n not in found]
    assert seen.count == len({n for n in found if n <= until})
