"""How long an answer is kept for a retry, and who may read it."""

from sqlalchemy import text

from shared.auth.principal import Role
from shared.db.session import authority_session

PATH = "/v1/subscriptions"
BODY = {"url": "http://127.0.0.1:9/hooks"}
KEPT = "SELECT key FROM idempotency_key ORDER BY key"


async def subscribe(town, key):
    answer = await town.ask("scheduler", "POST", PATH, BODY, role=Role.OPERATOR, idempotency_key=key)
    assert answer.status_code == 201


async def kept(town):
    return [row.key for row in await town.rows(KEPT, "duecare_scheduler")]


async def test_an_answer_is_kept_for_seven_days(town):
    await subscribe(town, "first")
    town.pass_time(days=6, hours=23)
    await subscribe(town, "second")
    assert await kept(town) == ["first", "second"]
    town.pass_time(hours=2)
    await subscribe(town, "third")
    assert await kept(town) == ["second", "third"]


async def test_nobody_waits_while_another_request_forgets_old_answers(town):
    await subscribe(town, "first")
    town.pass_time(days=8)
    engine = town.apps["scheduler"].state.door.engine
    async with authority_session(engine, town.authority) as another:
        await another.execute(text("SELECT FROM idempotency_key FOR UPDATE"))
        await subscribe(town, "second")
    assert await kept(town) == ["first", "second"]


async def test_an_answer_is_seen_by_the_service_that_gave_it_and_no_other(town):
    await subscribe(town, "secret")
    assert len(await town.rows(KEPT, "duecare_scheduler")) == 1
    for other in ("duecare_reviews", "duecare_escalation"):
        assert await town.rows(KEPT, other) == []


async def test_one_key_may_be_used_at_two_services(town):
    await subscribe(town, "same")
    await town.put("/v1/children/C-1", {})
    raised = {"child": "C-1", "theme": "no_evidence_of_visits", "concern": "No visit is on file."}
    answer = await town.ask(
        "escalation", "POST", "/v1/escalations", raised, role=Role.IRO, idempotency_key="same"
    )
    assert answer.status_code == 201, answer.text
