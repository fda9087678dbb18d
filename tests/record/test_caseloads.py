"""An officer's children, the most urgent first."""

import json

from sqlalchemy import text

from bench.usual import usual_caseload
from services.reviews_api.caseloads.schemas import CaseloadView
from shared.db.session import authority_session

STARTS = {"C-1": "2026-11-20", "C-2": "2026-10-01", "C-3": "2026-11-02"}


async def allocated(town, child: str, started_on: str, officer: str = "iro-1", **fields) -> None:
    await town.put(f"/v1/children/{child}", {"display_name": f"Child {child}"})
    await town.put(f"/v1/care_periods/P-{child}", {"child": child, "started_on": started_on})
    body = {"care_period": f"P-{child}", "officer": officer, "allocated_at": f"{started_on}T10:00:00Z"}
    await town.put(f"/v1/allocations/A-{child}-{officer}", body | fields)


async def caseload(town, officer: str = "iro-1"):
    return (await town.ask("reviews", "GET", f"/v1/caseloads/{officer}")).json()


async def test_the_child_overdue_longest_comes_first_and_the_counts_agree(town):
    for child, started_on in STARTS.items():
        await allocated(town, child, started_on)
    town.pass_time(days=1)
    day = await caseload(town)
    assert [each["child"] for each in day["children"]] == ["C-2", "C-3", "C-1"]
    standings = [line["standing"] for each in day["children"] for line in each["deadlines"]]
    assert (day["children_count"], day["overdue"], day["due_soon"]) == (
        3,
        standings.count("overdue"),
        standings.count("due_soon"),
    )
    assert day["overdue"] >= 1 and day["due_soon"] >= 1


async def test_an_officer_without_children_has_an_empty_caseload(town):
    assert (await caseload(town, "nobody"))["children"] == []


async def test_an_ended_allocation_or_an_ended_period_is_no_longer_in_it(town):
    await allocated(town, "C-1", "2026-10-01", ended_at="2026-11-23T12:00:00Z")
    await allocated(town, "C-2", "2026-10-01", ended_at="2026-11-23T12:00:01Z")
    await allocated(town, "C-3", "2026-10-01")
    ended = {"child": "C-3", "started_on": "2026-10-01", "ended_on": "2026-11-22"}
    await town.put("/v1/care_periods/P-C-3", ended, if_match='"1"')
    assert [each["child"] for each in (await caseload(town))["children"]] == ["C-2"]


async def test_a_child_allocated_twice_to_one_officer_is_shown_once(town):
    await allocated(town, "C-1", "2026-10-01")
    again = {"care_period": "P-C-1", "officer": "iro-1", "allocated_at": "2026-11-01T10:00:00Z"}
    await town.put("/v1/allocations/A-again", again)
    (shown,) = (await caseload(town))["children"]
    assert shown["allocated_at"] == "2026-11-01T10:00:00Z"


async def test_a_deadline_that_was_met_is_no_longer_shown(town):
    await allocated(town, "C-1", "2026-10-01")
    await town.put("/v1/reviews/R-1", {"care_period": "P-C-1", "held_on": "2026-10-20"})
    (shown,) = (await caseload(town))["children"]
    assert "lac-review-first" not in [line["timescale"] for line in shown["deadlines"]]
    assert "lac-review-second" in [line["timescale"] for line in shown["deadlines"]]


async def test_the_text_is_byte_for_byte_what_the_view_would_be(town):
    for child, started_on in STARTS.items():
        await allocated(town, child, started_on)
    await town.put("/v1/children/C-2", {"display_name": 'Zoë "Zo" \\ Ω'}, if_match='"1"')
    page = (await town.ask("reviews", "GET", "/v1/children/C-2")).json()
    granted = 0
    for line in page["deadlines"]:
        pause = {"deadline": line["id"], "kind": "pause", "from_on": "2026-11-24", "until_on": "2026-11-30"}
        pause |= {"because": "On leave.", "approved_by": "manager-1"}
        answer = await town.ask("reviews", "PUT", f"/v1/exemptions/X-{line['id']}", pause)
        granted += answer.is_success
    town.pass_time(days=1, microseconds=5)
    for officer in ("iro-1", "nobody"):
        content = (await town.ask("reviews", "GET", f"/v1/caseloads/{officer}")).content
        assert CaseloadView.model_validate_json(content).model_dump_json().encode() == content
        door = town.apps["reviews"].state.door
        async with authority_session(door.engine, town.authority) as session:
            usual = await usual_caseload(session, door, town.authority, officer)
        assert usual.model_dump_json().encode() == content


async def test_a_reason_with_quotes_and_backslashes_is_passed_on_as_it_is(town):
    await allocated(town, "C-1", "2026-10-01")
    odd = ['She said "no", "never", ', "a\\", "\u00e9\n", ""]
    async with town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": town.authority})
        sql = text("UPDATE deadline SET reason = CAST(:odd AS jsonb) WHERE authority_id = :a")
        await connection.execute(sql, {"a": town.authority, "odd": json.dumps(odd)})
    content = (await town.ask("reviews", "GET", "/v1/caseloads/iro-1")).content
    shown = CaseloadView.model_validate_json(content)
    assert {tuple(line.reason) for child in shown.children for line in child.deadlines} == {tuple(odd)}
    assert shown.model_dump_json().encode() == content
