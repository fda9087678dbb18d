"""A deadline's page: how it stands, and who may see it."""

from uuid import uuid4

import pytest

from shared.auth.principal import Role

FIRST = "lac-review-first"
PAGES = ["", "/explanation", "/history"]


async def test_a_deadline_says_what_is_promised_by_when_and_on_whose_authority(desk):
    await desk.looked_after()
    page = await desk.ask(FIRST)
    assert (page["title"], page["basis"]) == ("First looked-after review", "statutory")
    assert (page["starts_on"], page["due_on"], page["due_at"]) == (
        "2026-11-16",
        "2026-12-14",
        "2026-12-15T00:00:00Z",
    )
    assert (page["standing"], page["outcome"], page["breached"]) == ("in_time", "open", False)
    assert "reg 33" in page["source"] and page["confirmed"]
    assert page["reason"] == (await desk.deadline()).reason


async def test_where_it_stands_is_worked_out_when_somebody_looks(desk):
    await desk.looked_after()
    desk.town.pass_time(days=16)
    assert (await desk.ask(FIRST))["standing"] == "due_soon"
    desk.town.pass_time(days=6)
    page = await desk.ask(FIRST)
    assert (page["standing"], page["breached"]) == ("overdue", False)
    await desk.sweep()
    assert (await desk.ask(FIRST))["breached"]
    await desk.held("2026-12-15")
    page = await desk.ask(FIRST)
    assert (page["standing"], page["closed_on"], page["breached"]) == ("met_late", "2026-12-15", True)


async def test_silence_that_agreed_has_passed_and_breached_nothing(desk):
    await desk.looked_after(started_on="2026-09-14")
    issued = {"care_period": "CP-1", "held_on": "2026-10-05", "decisions_issued_on": "2026-10-07"}
    await desk.town.put("/v1/reviews/R-1", issued)
    await desk.sweep()
    page = await desk.ask("review-decisions-manager-challenge")
    assert (page["standing"], page["passing"], page["breached"]) == ("passed", "agreement", False)


@pytest.mark.parametrize("page", PAGES)
async def test_what_is_not_there_and_what_is_anothers_look_the_same(desk, page):
    await desk.looked_after()
    absent = await desk.get(uuid4(), page)
    assert (absent.status_code, absent.json()["detail"]) == (404, "There is no such deadline.")
    owner = (await desk.deadline()).id
    desk.town.authority, own = "T-another", desk.town.authority
    hidden = await desk.get(owner, page)
    desk.town.authority = own
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert (await desk.get("7", page)).status_code == 422


@pytest.mark.parametrize("page", PAGES)
async def test_an_officers_own_deadlines_are_hidden_from_social_workers(desk, page):
    await desk.town.put("/v1/workers/iro-7", {"role": "iro", "started_on": "2026-11-02"})
    deadline = (await desk.deadline("iro-supervision")).id
    assert (await desk.get(deadline, page, Role.IRO_MANAGER)).status_code == 200
    assert (await desk.get(deadline, page, Role.SOCIAL_WORKER)).status_code == 404


async def test_the_operator_who_runs_the_machine_needs_no_childs_story(desk):
    await desk.looked_after()
    deadline = (await desk.deadline()).id
    for page in PAGES:
        assert (await desk.get(deadline, page, Role.OPERATOR)).status_code == 403


async def test_a_deadline_whose_rule_is_gone_still_has_its_page(desk):
    await desk.looked_after()
    async with desk.town.owner.begin() as connection:
        await connection.exec_driver_sql(f"SET LOCAL duecare.authority = '{desk.town.authority}'")
        await connection.exec_driver_sql(
            "UPDATE deadline SET timescale = 'lac-review-of-old' WHERE timescale = 'lac-review-first'"
        )
    page = await desk.ask("lac-review-of-old")
    assert (page["title"], page["source"]) == ("lac-review-of-old", None)
    assert (await desk.why("lac-review-of-old"))["recomputed"] is False
    assert len((await desk.story("lac-review-of-old"))["revisions"]) == 1
