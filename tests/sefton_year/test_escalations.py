"""The made-up escalations: as many of each as the report says, and each climbs its ladder as people would let it."""

from datetime import date
from itertools import groupby, pairwise

import pytest

from services.cli.sefton_year.deeds import Line, Step
from services.cli.sefton_year.escalations import CORPORATE_PARENTING
from services.cli.sefton_year.generator import make_year
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.auth.principal import Role
from shared.timescales.calendar import england

SEEDS = (1, 2021)
CALENDAR = england()
OFFICERS, MANAGERS = {Role.IRO, Role.CP_CHAIR}, {Role.TEAM_MANAGER, Role.SENIOR_MANAGER}
DECIDED = {"accept", "accept_partly", "reject", "resolve", "withdraw", "supersede", "advance"}


@pytest.fixture(scope="module", params=SEEDS)
def deeds(request):
    """Everything that is told, of one seed and another."""
    return make_year(request.param)


@pytest.fixture(scope="module")
def stories(deeds):
    """The steps of each escalation, in the order in which they are taken."""
    steps = [deed for deed in deeds if isinstance(deed, Step)]
    assert steps
    return [[*each] for _, each in groupby(steps, key=lambda step: step.alert)]


@pytest.fixture(scope="module")
def children(deeds):
    """What was last told of each child, and from when to when the child was in care."""
    lines = [deed for deed in deeds if isinstance(deed, Line)]
    told = {line.reference: dict(line.fields) for line in lines if line.record == "child"}
    for line in lines:
        if line.record == "care_period":
            told[line.fields["child"]] |= {name: line.fields.get(name) for name in ("started_on", "ended_on")}
    return told


def whom(story):
    body = story[0].body
    return body.get("children") or [body["child"]]


def kind(story):
    return story[0].body.get("kind", "informal_resolution")


def went_formal(story):
    up = [step for step in story if step.verb in ("advance", "reject")]
    return kind(story) == "practice_alert" or (kind(story) == "informal_resolution" and bool(up))


def by(role, stories):
    return [story for story in stories if story[0].role is role]


def test_596_informal_resolutions_are_raised_and_262_are_corporate_parentings(stories, children):
    informal = [each for each in stories if kind(each) == "informal_resolution"]
    theirs = [each for each in informal if children[whom(each)[0]]["team"] == CORPORATE_PARENTING]
    assert (len(informal), len(theirs)) == (596, 262)
    assert {each[0].role for each in informal} == {Role.IRO}


def test_106_practice_alerts_are_officers_for_children_in_care_and_29_corporate_parentings(stories, children):
    formal = [each for each in by(Role.IRO, stories) if went_formal(each)]
    theirs = [each for each in formal if children[whom(each)[0]]["team"] == CORPORATE_PARENTING]
    assert (len(formal), len(theirs)) == (106, 29)
    assert sum(kind(each) == "informal_resolution" for each in formal) == 40


def test_25_are_chairs_about_children_on_plans_and_begin_formally_with_a_reason(stories, deeds):
    chairs = by(Role.CP_CHAIR, stories)
    cases = {
        (line.fields["child"], line.fields["officer"]): line
        for line in deeds
        if isinstance(line, Line) and line.fields.get("role") == "cp_chair" and "ended_at" not in line.fields
    }
    assert len(chairs) == 25
    for story in chairs:
        assert kind(story) == "practice_alert" and story[0].body["because"]
        for child in whom(story):
            assert cases[child, story[0].subject].on < story[0].on


def test_alerts_are_about_single_children_and_about_siblings_of_one_family(stories, children):
    several = [story for story in stories if len(whom(story)) > 1]
    assert 0.1 < len(several) / len(stories) < 0.4
    for story in several:
        families = {children[child].get("family") for child in whom(story)}
        assert len(families) == 1 and None not in families


def test_nobody_is_worried_about_before_they_are_in_care_or_once_they_have_left(stories, children):
    for story in by(Role.IRO, stories):
        for child in whom(story):
            assert f"{story[0].on}" > children[child]["started_on"]
            assert f"{story[0].on}" < (children[child]["ended_on"] or "9999")


def test_what_is_open_when_the_child_leaves_care_is_superseded(stories, children):
    superseded = [story for story in stories if story[-1].verb == "supersede"]
    assert superseded
    for story in stories:
        ended_on = children[whom(story)[0]].get("ended_on") or "9999"
        late = [step.verb for step in story if f"{step.on}" >= ended_on]
        assert late in ([], ["supersede"])


def test_steps_are_taken_in_order_in_working_hours_of_the_year(stories):
    for story in stories:
        assert story[0].verb == "raise" and all(step.verb != "raise" for step in story[1:])
        assert all(FIRST_DAY <= step.on <= LAST_DAY and 9 <= step.hour <= 16 for step in story)
        assert all(CALENDAR.is_working_day(step.on) for step in story)
        assert all((a.on, a.hour) < (b.on, b.hour) for a, b in pairwise(story))


def test_managers_answer_and_only_the_officer_who_raised_it_decides(stories):
    for story in stories:
        assert {step.subject for step in story if step.role in OFFICERS} == {story[0].subject}
        assert {step.role for step in story if step.verb in DECIDED} <= OFFICERS
        assert {step.role for step in story if step.verb == "send"} <= MANAGERS


def test_silence_is_acted_on_once_the_ten_working_days_are_over(stories):
    for story in stories:
        for before, step in pairwise(story):
            if step.body.get("because") == "Nobody has answered.":
                assert step.on > CALENDAR.working_day(before.on, 10)


def test_what_is_said_to_arise_from_a_review_follows_that_review(stories, deeds):
    held = {
        line.reference: date.fromisoformat(line.fields["held_on"])
        for line in deeds
        if isinstance(line, Line) and line.record == "review"
    }
    sources = [
        (story[0], story[0].body["arises_from"]) for story in stories if "arises_from" in story[0].body
    ]
    of_reviews = [(step, source["record"]) for step, source in sources if source["kind"] == "review"]
    assert len(of_reviews) > 100
    assert all(held[record] < step.on for step, record in of_reviews)
    assert all(f"C-{record[2:6]}" in whom([step]) for step, record in of_reviews)
