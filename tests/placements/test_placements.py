"""Where a child in care lives: what is owed in a placement, and when it no longer is."""

import pytest

from tests.facts.record import refusal

STANDING = """
    SELECT kind, happened_on, codes FROM fact
    WHERE withdrawn_at IS NULL AND kind LIKE 'placement%' ORDER BY happened_on, kind
"""


async def standing(record):
    return [(row.kind, str(row.happened_on)) for row in await record.town.rows(STANDING)]


async def test_a_placement_its_plan_and_its_visits(record, council):
    await record.placed("PL-1", "2026-09-01")
    assert (
        await record.due("visit-reg28-first")
        == await record.due("placement-plan")
        == [("2026-09-08", "open")]
    )
    await record.placed("PL-1", "2026-09-01", plan_completed_on="2026-09-03")
    assert await record.due("placement-plan") == [("2026-09-08", "met")]
    await record.told("F-visit-1", "visit.made", "2026-09-07", codes={"seen": "yes"})
    assert await record.due("visit-reg28-year1") == [("2026-10-19", "open")]
    await record.told("F-visit-2", "visit.made", "2026-10-30")
    assert await record.due("visit-reg28-year1") == [("2026-10-19", "met_late"), ("2026-12-11", "open")]
    await record.placed("PL-1", "2026-09-01", plan_completed_on="2026-09-03", ended_on="2026-11-20")
    assert await record.due("visit-reg28-year1") == [("2026-10-19", "met_late"), ("2026-12-11", "ended")]
    await record.sweep()
    assert "facts_that_disagree" not in await council.faults()


async def test_a_child_moves_and_each_placement_has_its_own_plan(record):
    await record.placed("PL-1", "2026-10-01", plan_completed_on="2026-10-05", ended_on="2026-11-17")
    await record.placed("PL-2", "2026-11-17", placement_type="connected", plan_completed_on="2026-11-18")
    assert await record.due("placement-plan") == [("2026-10-08", "met"), ("2026-11-24", "met")]
    assert await standing(record) == [
        ("placement.started", "2026-10-01"),
        ("placement_plan.completed", "2026-10-05"),
        ("placement.ended", "2026-11-17"),
        ("placement.started", "2026-11-17"),
        ("placement_plan.completed", "2026-11-18"),
    ]


async def test_a_corrected_start_moves_what_is_owed(record):
    await record.placed("PL-1", "2026-11-20")
    await record.placed("PL-1", "2026-11-18")
    assert await record.due("placement-plan") == [("2026-11-25", "open")]
    assert await record.events("placement.started", "deadline.moved") != ["placement.started"]


async def test_the_same_placement_again_says_nothing_new(record):
    first = await record.placed("PL-1", "2026-11-20", distance_miles=20.1)
    before = await record.events()
    again = await record.placed("PL-1", "2026-11-20", distance_miles=20.1)
    assert again == first and await record.events() == before


async def test_a_placement_designated_long_term_is_visited_as_such_from_that_day(record):
    await record.placed("PL-1", "2026-09-01")
    designation = {"on": "2026-10-05", "long_term_foster": True, "fewer_visits_agreed": True}
    shown = await record.placed("PL-1", "2026-09-01", designation=designation)
    assert (shown["designated_on"], shown["designated_codes"]) == (
        "2026-10-05",
        {"long_term_foster": "yes", "fewer_visits_agreed": "yes"},
    )
    (told,) = [row for row in await record.town.rows(STANDING) if row.kind == "placement.designated"]
    assert told.codes == shown["designated_codes"]


async def test_what_is_not_said_of_a_placement_is_told_as_not_known(record):
    await record.placed("PL-1", "2026-09-01", intended_to_18=False, emergency=True)
    (told,) = await record.town.rows(STANDING)
    assert told.codes == {"placement_type": "foster", "intended_to_18": "no", "emergency": "yes"}


async def test_a_placement_withdrawn_as_a_mistake_leaves_nothing_owed(record, council):
    await record.placed("PL-1", "2026-09-01", notified_on="2026-09-02")
    await record.withdrawn("PL-1", "placements")
    assert await standing(record) == []
    assert await record.due("placement-plan") == [("2026-09-08", "withdrawn")]
    await record.placed("PL-1", "2026-09-01")
    assert await record.due("placement-plan") == [("2026-09-08", "open")]
    await record.sweep()
    assert "facts_that_disagree" not in await council.faults()


async def test_moves_are_heard_of_without_where_to(record):
    await record.placed("PL-1", "2026-09-01", ended_on="2026-11-01", unregistered=True, placement_code="U6")
    said = await record.town.rows(
        "SELECT type, envelope FROM outbox_event WHERE type LIKE 'placement.%' ORDER BY seq"
    )
    assert [row.type for row in said] == ["placement.started", "placement.ended"]
    started, ended = (row.envelope["data"] for row in said)
    assert set(started) == {"placement_id", "child_id", "link", "started_on", "placement_type"}
    assert ended["ended_on"] == "2026-11-01" and "unregistered" not in str(said)


async def test_an_earlier_version_that_arrives_later_changes_nothing(record):
    await record.placed("PL-1", "2026-09-02", source_version=9)
    body = {"care_period": "CP-1", "started_on": "2026-09-05", "placement_type": "foster"}
    late = await record.town.ask("reviews", "PUT", "/v1/placements/PL-1", body | {"source_version": 5})
    assert (late.status_code, late.json()["started_on"]) == (200, "2026-09-02")


async def test_a_child_s_page_shows_placements_and_legal_statuses_in_order(record):
    await record.placed("PL-2", "2026-10-01")
    await record.placed("PL-1", "2026-09-01", ended_on="2026-10-01")
    status = {"care_period": "CP-1", "status": "V2", "from_on": "2026-09-01"}
    await record.town.put("/v1/legal_statuses/LS-1", status)
    page = (await record.town.ask("reviews", "GET", "/v1/children/C-1")).json()
    assert [each["reference"] for each in page["placements"]] == ["PL-1", "PL-2"]
    assert [each["status"] for each in page["legal_statuses"]] == ["V2"]


REFUSED = [
    ({"started_on": "2026-08-31"}, "outside_care_period", "/started_on"),
    ({"started_on": "2026-11-24"}, "in_the_future", "/started_on"),
    ({"ended_on": "2026-11-24"}, "in_the_future", "/ended_on"),
    ({"ended_on": "2026-09-30"}, "ends_before_it_begins", "/ended_on"),
    ({"notified_on": "2026-11-24"}, "in_the_future", "/notified_on"),
    ({"plan_completed_on": "2026-11-24"}, "in_the_future", "/plan_completed_on"),
    ({"placement_code": "H5"}, "code_not_in_use", "/placement_code"),
    ({"designation": {"on": "2026-09-30", "long_term_foster": True}}, "contradiction", "/designation/on"),
    ({"designation": {"on": "2026-11-24", "long_term_foster": True}}, "in_the_future", "/designation/on"),
    ({"designation": {"on": "2026-10-05"}}, "contradiction", "/designation"),
    ({"placement_type": "castle"}, "validation", "/placement_type"),
    ({"placement_code": "U9"}, "validation", "/placement_code"),
    ({"distance_miles": 1000}, "validation", "/distance_miles"),
    ({"distance_miles": 20.05}, "validation", "/distance_miles"),
    ({"unregistered": "yes"}, "validation", "/unregistered"),
]


@pytest.mark.parametrize(("fields", "code", "pointer"), REFUSED)
async def test_a_placement_that_cannot_be_is_refused_and_not_stored(record, fields, code, pointer):
    answer = await record.place("PL-1", **{"started_on": "2026-10-01"} | fields)
    assert refusal(answer) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await record.town.rows("SELECT 1 FROM placement") == []


async def test_a_placement_after_care_ended_is_refused(record):
    await record.town.put(
        "/v1/care_periods/CP-1",
        {"child": "C-1", "started_on": "2026-09-01", "ended_on": "2026-10-10"},
        if_match='"1"',
    )
    late = {"ended_on": "2026-10-11"}
    assert refusal(await record.place("PL-1", "2026-10-01", **late)) == (422, "outside_care_period")
    assert refusal(await record.place("PL-1", "2026-10-11")) == (422, "outside_care_period")


async def test_a_code_of_another_year_is_refused_and_the_valid_ones_are_named(record):
    await record.town.put("/v1/care_periods/CP-2", {"child": "C-1", "started_on": "2025-03-01"})
    record.history = "CP-2"
    assert (await record.place("PL-1", "2025-03-31", placement_code="H5")).status_code == 201
    assert (await record.place("PL-1", "2025-03-31", placement_code="Z1")).status_code == 200
    answer = await record.place("PL-1", "2025-04-01", placement_code="Z1")
    assert refusal(answer) == (422, "code_not_in_use")
    assert "K3" in answer.json()["detail"] and "Z11" in answer.json()["detail"]
    assert "H5" not in answer.json()["detail"] and "P2" not in answer.json()["detail"]


async def test_a_child_lives_in_one_place_at_a_time(record):
    await record.placed("PL-1", "2026-10-01", ended_on="2026-10-20")
    for started, ended in (
        ("2026-10-19", None),
        ("2026-09-20", "2026-10-02"),
        ("2026-10-05", "2026-10-06"),
        ("2026-09-20", None),
        ("2026-10-05", "2026-10-05"),
    ):
        answer = await record.place("PL-2", started, ended_on=ended)
        assert refusal(answer) == (422, "overlapping_placement"), (started, ended)
    await record.placed("PL-2", "2026-10-20")
    await record.placed("PL-3", "2026-09-20", ended_on="2026-10-01")
    assert refusal(await record.place("PL-3", "2026-09-20", ended_on="2026-10-02")) == (
        422,
        "overlapping_placement",
    )


async def test_a_placement_that_never_was_leaves_room_for_the_one_that_was(record):
    await record.placed("PL-1", "2026-10-01")
    await record.withdrawn("PL-1", "placements")
    await record.placed("PL-2", "2026-10-01")
    back = await record.place("PL-1", "2026-10-01")
    assert refusal(back) == (422, "overlapping_placement")


async def test_a_placement_stays_in_its_care_period(record):
    await record.placed("PL-1", "2026-10-01")
    await record.town.put("/v1/children/C-2", {})
    await record.town.put("/v1/care_periods/CP-2", {"child": "C-2", "started_on": "2026-09-01"})
    record.history = "CP-2"
    answer = await record.place("PL-1", "2026-10-01")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/care_period")
    record.history = "CP-9"
    assert refusal(await record.place("PL-9", "2026-10-01")) == (404, "not_found")
