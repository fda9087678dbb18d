"""Whose an event is: the team's and the officer's that it is told to, found as it gets its place."""

from shared.db.base import new_id
from shared.db.session import authority_session
from shared.events.escalation_events import EscalationRaised
from shared.events.outbox import publish
from shared.events.workforce_events import CaseloadReallocated

CHILD = {"team": "north"}
OFFICER = {"role": "iro", "team": "safeguarding", "started_on": "2026-11-03"}
MEETING = {"conference_type": "initial", "scheduled_on": "2026-12-08"}


async def put(bureau, **records):
    """Each record, named by its kind and its reference: `children__C_1={...}`."""
    for name, body in records.items():
        kind, _, reference = name.partition("__")
        await bureau.town.put(f"/v1/{kind}/{reference.replace('_', '-')}", body)
    await bureau.relay()


async def whose(bureau, *types):
    """The team and the officer of the last event of each of these types."""
    rows = await bureau.town.rows("SELECT type, team, officer FROM outbox_event ORDER BY position")
    found = {row.type: (row.team, row.officer) for row in rows}
    return [found[each] for each in types]


async def test_an_event_is_of_the_team_and_the_officer_that_its_child_has_at_the_time(bureau):
    stay = {"child": "C-1", "started_on": "2026-11-20"}
    await put(bureau, children__C_1=CHILD, care_periods__CP_1=stay)
    assert await whose(bureau, "deadline.opened") == [("north", None)]
    first = {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-21T09:00:00Z"}
    later = {"care_period": "CP-1", "officer": "iro-2", "allocated_at": "2026-11-23T11:00:00Z"}
    planned = {"care_period": "CP-1", "scheduled_on": "2026-12-01"}
    await put(bureau, allocations__A_1=first, reviews__R_1=planned)
    assert await whose(bureau, "iro.allocated", "review.scheduled") == [("north", "iro-1")] * 2
    await put(bureau, allocations__A_2=later, reviews__R_2=planned | {"scheduled_on": "2026-12-02"})
    assert await whose(bureau, "iro.allocated", "review.scheduled") == [("north", "iro-2")] * 2


async def test_an_officer_whose_allocation_has_ended_hears_only_where_nobody_came_after(bureau):
    stay = {"child": "C-1", "started_on": "2026-11-02"}
    first = {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:00:00Z"}
    await put(bureau, children__C_1=CHILD, care_periods__CP_1=stay, allocations__A_1=first)
    ended = first | {"ended_at": "2026-11-20T09:00:00Z"}
    await bureau.town.put("/v1/allocations/A-1", ended, if_match="*")
    await put(bureau, reviews__R_1={"care_period": "CP-1", "scheduled_on": "2026-12-01"})
    assert await whose(bureau, "review.scheduled") == [("north", "iro-1")]
    chair = {"child": "C-1", "role": "cp_chair", "officer": "chair-1", "allocated_at": "2026-11-21T09:00:00Z"}
    await put(bureau, allocations__A_2=chair)
    await put(bureau, reviews__R_2={"care_period": "CP-1", "scheduled_on": "2026-12-02"})
    assert await whose(bureau, "review.scheduled") == [("north", "chair-1")]


async def test_a_meeting_is_of_its_first_child_who_may_have_a_chair_and_no_reviewing_officer(bureau):
    chair = {"child": "C-1", "role": "cp_chair", "officer": "chair-1", "allocated_at": "2026-11-21T09:00:00Z"}
    about = MEETING | {"children": [{"child": "C-1"}, {"child": "C-2"}]}
    await put(bureau, children__C_1=CHILD, children__C_2={}, allocations__A_1=chair, conferences__K_1=about)
    assert await whose(bureau, "conference.scheduled") == [("north", "chair-1")]


async def test_what_is_told_of_an_officer_and_their_own_clocks_is_theirs(bureau):
    held = {"officer": "iro-1", "supervisor": "manager-1", "held_on": "2026-11-20", "kind": "one_to_one"}
    await put(bureau, workers__iro_1=OFFICER, supervisions__S_1=held)
    types = ("worker.upserted", "supervision.held", "deadline.opened")
    assert await whose(bureau, *types) == [("safeguarding", "iro-1")] * 3


async def test_an_escalation_is_of_the_team_that_it_is_about(bureau):
    await put(bureau, children__C_1=CHILD)
    [[child]] = await bureau.town.rows("SELECT id FROM child")
    named = {"subject_id": new_id(), "child_id": child, "occasion": new_id(), "kind": "concern"}
    ladder = dict.fromkeys(("deadline_id", "deadline_version", "timescale", "ladder", "stage"))
    event = EscalationRaised(**named, **ladder, theme="no_evidence_of_visits", team="south")
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        await publish(session, bureau.town.authority, [event], bureau.now)
    await bureau.relay()
    assert await whose(bureau, "escalation.raised") == [("south", None)]


async def test_what_is_told_of_an_officer_s_caseload_is_theirs(bureau):
    named = {"subject_id": new_id(), "child_id": None, "occasion": new_id()}
    event = CaseloadReallocated(
        **named, officer="iro-1", role="iro", reason="sickness", at=bureau.now, moved=3, refused=0
    )
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        await publish(session, bureau.town.authority, [event], bureau.now)
    await bureau.relay()
    assert await whose(bureau, "caseload.reallocated") == [(None, "iro-1")]
