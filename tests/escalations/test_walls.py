"""Who may not: other roles, other councils, and SQL under the service's own role."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.escalation_api.access import ACCESS
from shared.auth.principal import Role
from shared.db.session import authority_session
from tests.escalations.story import CONCERN

BODIES = {"accept": {}, "dismiss": {"reason": "No."}, "resolve": {"outcome": "Done."}}
FORBIDDEN = [(route, role) for route, allowed in ACCESS.items() for role in Role if role not in allowed]


def test_a_social_worker_may_not_raise_and_a_team_manager_may_not_close():
    assert Role.SOCIAL_WORKER not in ACCESS["POST /v1/escalations"]
    assert Role.TEAM_MANAGER not in ACCESS["POST /v1/escalations/{id}/resolve"]


async def test_a_role_without_a_row_is_refused_on_every_route(story):
    raised = (await story.raised())["id"]
    for route, role in FORBIDDEN:
        method, path = route.replace("{id}", raised).split()
        answer = await story.town.ask(
            "escalation", method, path, CONCERN if method == "POST" else None, role=role
        )
        assert answer.status_code == 403, (route, role)
    assert (await story.read(f"/{raised}")).json()["state"] == "open"


async def test_another_council_finds_nothing_on_any_route(story, neighbour):
    raised = (await story.raised())["id"]
    absent = (await neighbour.read(f"/{uuid4()}")).json()
    for verb, body in BODIES.items():
        answer = await neighbour.post(f"/{raised}/{verb}", body)
        assert (answer.status_code, answer.json()) == (404, absent)
    assert (await neighbour.read(f"/{raised}")).json() == absent
    assert (await neighbour.post("", CONCERN)).status_code == 404
    assert (await neighbour.read("?child=C-1")).status_code == 404
    assert await neighbour.listed() == []
    assert await neighbour.listed(after="00000000-0000-0000-0000-000000000000") == []


async def test_another_council_sees_no_row_in_sql(story, neighbour):
    await story.raised()
    count = "SELECT (SELECT count(*) FROM escalation) + (SELECT count(*) FROM escalation_step)"
    assert (await story.town.rows(count, role="duecare_escalation"))[0][0] == 2
    assert (await neighbour.town.rows(count, role="duecare_escalation"))[0][0] == 0
    engine = neighbour.town.apps["escalation"].state.door.engine
    async with engine.connect() as connection:
        assert await connection.scalar(text(count)) == 0


async def test_nobody_writes_a_row_for_another_council(story, neighbour):
    await story.raised()
    (mine,) = await story.town.rows("SELECT * FROM escalation")
    copy = text(
        "INSERT INTO escalation (authority_id, id, child_id, kind, state, theme, raised_by, raised_at, version)"
        " VALUES (:authority, :id, :child, 'informal_resolution', 'open', 'no_core_group', 'x', now(), 1)"
    )
    values = {"authority": story.town.authority, "id": uuid4(), "child": mine.child_id}
    engine = neighbour.town.apps["escalation"].state.door.engine
    with pytest.raises(DBAPIError, match="row-level security"):
        async with authority_session(engine, neighbour.town.authority) as session:
            await session.execute(copy, values)


DENIED = (
    ("duecare_escalation", "UPDATE escalation_step SET reason = 'other' RETURNING 1"),
    ("duecare_escalation", "DELETE FROM escalation_step RETURNING 1"),
    ("duecare_escalation", "DELETE FROM escalation RETURNING 1"),
    ("duecare_escalation", "UPDATE escalation SET theme = 'other' RETURNING 1"),
    ("duecare_escalation", "DELETE FROM escalation_stage RETURNING 1"),
    ("duecare_escalation", "SELECT display_name FROM child"),
    ("duecare_reviews", "SELECT concern FROM escalation"),
    ("duecare_reviews", "SELECT 1 FROM escalation_step"),
    ("duecare_scheduler", "SELECT 1 FROM escalation_step"),
)


async def test_no_service_edits_the_history_or_reads_what_it_need_not(story):
    await story.raised()
    for role, sql in DENIED:
        with pytest.raises(DBAPIError, match="permission denied"):
            await story.town.rows(sql, role=role)
