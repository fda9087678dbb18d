"""A failed commit is never a success: whoever hears 2xx can rely on it, and whoever does not can ask again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from services.reviews_api.app import create_app
from tests.faults.proxy import Proxy
from tests.town import Town

HOLD = ("reviews", "POST", "/v1/reviews/R-1/hold", {"held_on": "2026-11-20"})


@pytest.fixture
async def line(town: Town) -> AsyncIterator[Proxy]:
    """The town's reviews_api, at the far end of a cable from its database; a review is planned."""
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-11-02"})
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "scheduled_on": "2026-11-20"})
    async with Proxy.to(town.database_url) as one:
        direct = town.apps["reviews"]
        town.apps["reviews"] = create_app(
            town.settings.model_copy(update={"database_url": one.url}), town.clock
        )
        yield one
        await town.apps["reviews"].state.door.engine.dispose()
        town.apps["reviews"] = direct


async def times_held(town: Town) -> int:
    return len(await town.rows("SELECT 1 FROM outbox_event WHERE type = 'review.held'"))


@pytest.mark.parametrize(("moment", "happened"), [("before", 0), ("after", 1)])
async def test_a_commit_that_is_not_confirmed_is_no_success_and_a_retry_holds_the_review_once(
    town, line, moment, happened
):
    line.cut = moment
    lost = await town.ask(*HOLD, idempotency_key="one")
    assert (lost.status_code, lost.headers["content-type"]) == (503, "application/problem+json")
    assert lost.headers["retry-after"] and lost.headers["cache-control"] == "no-store"
    assert "Idempotency-Key" in lost.json()["detail"]
    assert (line.cuts, await times_held(town)) == (1, happened)
    again = await town.ask(*HOLD, idempotency_key="one")
    assert (again.status_code, again.json()["status"], again.headers["etag"]) == (200, "held", '"2"')
    assert await times_held(town) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_put_whose_commit_was_lost_can_be_sent_again(town, line, moment):
    body = {"care_period": "CP-1", "held_on": "2026-11-20"}
    line.cut = moment
    assert (await town.ask("reviews", "PUT", "/v1/reviews/R-2", body)).status_code == 503
    again = await town.ask("reviews", "PUT", "/v1/reviews/R-2", body)
    assert again.status_code == (201 if moment == "before" else 200)
    assert await times_held(town) == 1


async def test_eight_lost_commits_with_retries_hold_eight_reviews_once_each(town, line):
    for n in range(4):
        for moment in ("before", "after"):
            path, key = f"/v1/reviews/{moment}-{n}", f"{moment}-{n}"
            await town.put(path, {"care_period": "CP-1", "scheduled_on": "2026-11-20"})
            line.cut = moment
            sent = ("reviews", "POST", f"{path}/hold", {"held_on": "2026-11-20"})
            assert (await town.ask(*sent, idempotency_key=key)).status_code == 503
            assert (await town.ask(*sent, idempotency_key=key)).status_code == 200
    assert (line.cuts, await times_held(town)) == (8, 8)


async def test_a_rule_that_fails_only_at_commit_is_no_success(town):
    async with town.owner.begin() as owner:
        for statement in (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'CANARY ' || NEW.reference; END $$",
            "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON child DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW WHEN (NEW.reference = 'refused-at-commit') EXECUTE FUNCTION refuse()",
        ):
            await owner.execute(text(statement))
    try:
        answer = await town.ask("reviews", "PUT", "/v1/children/refused-at-commit", {})
    finally:
        async with town.owner.begin() as owner:
            await owner.execute(text("DROP TRIGGER refuse ON child"))
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "CANARY" not in answer.text and answer.headers["x-request-id"]
    assert await town.rows("SELECT 1 FROM child") == await town.rows("SELECT 1 FROM outbox_event") == []


async def test_a_cut_cable_is_an_outage_and_not_a_fault_of_ours(town, line):
    line.cut = "before"
    answers = await asyncio.gather(*(town.ask("reviews", "GET", "/v1/children/C-1") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 503]
