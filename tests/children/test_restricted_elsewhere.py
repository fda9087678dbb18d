"""A restricted child's deadlines, events and escalations are there for few, too."""

import json

import pytest

from services.scheduler.feed import queries as feed
from services.scheduler.feed.filters import EVERYTHING
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Principal, Role

NAMED, STRANGER = "iro-jo", "iro-stranger"
SEEN = {"restricted": True, "restricted_to": [NAMED]}
CONCERN = {"theme": "no_evidence_of_visits", "concern": "No visit since the last review."}


@pytest.fixture
async def hidden(town):
    """A restricted child with a late review, between the events of two children whom all may see."""
    for reference, body in (("C-0", {}), ("C-1", SEEN), ("C-2", {})):
        await town.put(f"/v1/children/{reference}", body)
        await town.put(f"/v1/care_periods/{reference}", {"child": reference, "started_on": "2026-09-01"})
    both = {"conference_type": "initial", "scheduled_on": "2026-11-20"}
    await town.put("/v1/conferences/K-1", both | {"children": [{"child": "C-1"}, {"child": "C-2"}]})
    engine = town.apps["scheduler"].state.door.engine
    await sweep(engine, town.authority, town.clock.now())
    await relay(engine, town.authority, town.clock.now())
    return town


async def look(town, service, path, subject=STRANGER, role=Role.IRO, method="GET", body=None):
    bearer = f"Bearer {town.token(role, subject)}"
    return await town.ask(service, method, path, body, authorization=bearer)


async def ids_of(town, table):
    [[child]] = await town.rows("SELECT id FROM child WHERE reference = 'C-1'")
    return child, [
        each for (each,) in await town.rows(f"SELECT id FROM {table} WHERE child_id = :c", c=child)
    ]


@pytest.mark.parametrize("part", ["", "/explanation", "/history"])
async def test_a_deadline_of_a_restricted_child_is_there_for_the_officer_named(hidden, part):
    _, deadlines = await ids_of(hidden, "deadline")
    for deadline in deadlines:
        path = f"/v1/deadlines/{deadline}{part}"
        assert (await look(hidden, "scheduler", path)).status_code == 404
        assert (await look(hidden, "scheduler", path, NAMED)).status_code == 200
        assert (await look(hidden, "scheduler", path, role=Role.AUDITOR)).status_code == 200


async def test_nobody_else_tries_out_what_would_move_for_a_restricted_child(hidden):
    _, [history, *_] = await ids_of(hidden, "history")
    body = {"history_id": str(history), "calendar_days": [{"on": "2026-12-24", "name": "A day off"}]}
    asked = ("scheduler", "/v1/timescales/what-if")
    assert (await look(hidden, *asked, method="POST", body=body)).status_code == 404
    assert (await look(hidden, *asked, NAMED, method="POST", body=body)).status_code == 200


async def test_the_feed_leaves_out_the_events_of_a_restricted_child_and_comes_to_its_end(hidden):
    child, _ = await ids_of(hidden, "deadline")
    all_of_it = (await look(hidden, "scheduler", "/v1/events?limit=1000", NAMED)).json()
    assert str(child) in json.dumps(all_of_it)
    seen, after = [], 0
    for _ in range(1000):
        page = (await look(hidden, "scheduler", f"/v1/events?after={after}&limit=2")).json()
        seen, after = seen + page["events"], page["next"]
        if after == page["head"]:
            break
    assert after == all_of_it["head"]
    assert seen == [each for each in all_of_it["events"] if str(child) not in json.dumps(each)]


async def test_a_stream_that_leaves_events_out_waits_at_the_end_of_the_feed(hidden):

    engine = hidden.apps["scheduler"].state.door.engine
    stranger = Principal(STRANGER, hidden.authority, frozenset({Role.IRO}))
    [[head]] = await hidden.rows("SELECT position FROM feed_head", role="duecare_scheduler")
    batch, _ = await feed.look(engine, stranger, 0, 1000, EVERYTHING)
    assert batch.until == head and 0 < len(batch.events) < head
    assert (await feed.look(engine, stranger, head, 1000, EVERYTHING))[0].until == head


async def test_an_escalation_about_a_restricted_child_is_there_for_the_officer_named(hidden):
    raised = await look(
        hidden, "escalation", "/v1/escalations", NAMED, method="POST", body=CONCERN | {"child": "C-1"}
    )
    assert raised.status_code == 201
    path = f"/v1/escalations/{raised.json()['id']}"
    assert (await look(hidden, "escalation", path)).status_code == 404
    assert (await look(hidden, "escalation", path, NAMED)).status_code == 200
    listed = {
        subject: len((await look(hidden, "escalation", "/v1/escalations", subject)).json()["items"])
        for subject in (STRANGER, NAMED)
    }
    assert listed == {STRANGER: 0, NAMED: 1}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/escalations", CONCERN | {"child": "C-1"}),
        ("GET", "/v1/escalations?child=C-1", None),
    ],
)
async def test_to_others_there_is_no_such_child_to_escalate_about(hidden, method, path, body):
    assert (await look(hidden, "escalation", path, method=method, body=body)).status_code == 404
    assert (await look(hidden, "escalation", path, NAMED, method=method, body=body)).status_code in (200, 201)


async def test_a_merge_or_split_with_a_restricted_child_is_told_to_few(hidden):
    [[child]] = await hidden.rows("SELECT id FROM child WHERE reference = 'C-1'")
    body = {"records": ["C-0"], "to": {"reference": "C-1"}, "because": "Recorded for the wrong child."}
    split = await hidden.ask("reviews", "POST", "/v1/children/C-0/split", body)
    assert split.status_code == 200, split.text
    engine = hidden.apps["scheduler"].state.door.engine
    await relay(engine, hidden.authority, hidden.clock.now())
    for service, path in (("reviews", "/v1/children/C-0/merges"), ("scheduler", "/v1/events?limit=1000")):
        assert str(child) not in (await look(hidden, service, path)).text
        assert str(child) in (await look(hidden, service, path, NAMED)).text


async def test_what_was_recorded_of_a_record_merged_into_a_restricted_child_is_hidden_with_it(hidden):
    [[merged]] = await hidden.rows("SELECT id FROM child WHERE reference = 'C-0'")
    body = {"into": "C-1", "because": "Referred twice."}
    assert (await hidden.ask("reviews", "POST", "/v1/children/C-0/merge", body)).status_code == 200
    engine = hidden.apps["scheduler"].state.door.engine
    await relay(engine, hidden.authority, hidden.clock.now())
    assert str(merged) not in (await look(hidden, "scheduler", "/v1/events?limit=1000")).text
    for path in ("/v1/children/C-0", "/v1/care_periods/C-0"):
        assert (await look(hidden, "reviews", path)).status_code == 404
    assert (await look(hidden, "escalation", "/v1/escalations?child=C-0")).status_code == 404
