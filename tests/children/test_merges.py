"""Two records turn out to be of one child: everything goes to the one that stays, and nothing is lost."""

import pytest

from shared.auth.principal import Role
from tests.children.twice import ALSO, TABLES
from tests.facts.record import refusal


async def test_everything_of_the_one_record_moves_to_the_other(twice, council):
    before = await twice.owned()
    answer = await twice.merge()
    assert (answer.status_code, answer.json()["kind"], answer.json()["done_by"]) == (200, "merge", "somebody")
    after = await twice.owned()
    assert all(set(after[table]) <= {"C-2"} for table in TABLES + ALSO)
    for table in (*TABLES, "history_record", "reported_fact", "history", "deadline"):
        assert after[table]["C-2"] == sum(before[table].values()), table
    await twice.noticed()
    assert await council.faults() == {}


async def test_deadlines_keep_their_ids_and_what_they_say(twice):
    before = await twice.deadlines()
    await twice.merge()
    assert await twice.deadlines() == before


async def test_the_old_reference_goes_on_answering_with_the_child_that_stays(twice):
    await twice.merge()
    old, new = await twice.page("C-1"), await twice.page("C-2")
    assert (old["reference"], old["id"], old["merged_into"]) == ("C-2", new["id"], "C-2")
    assert new["merged_into"] is None
    assert [each["reference"] for each in old["care_periods"]] == ["CP-1", "CP-2"]
    assert (await twice.town.ask("reviews", "GET", "/v1/care_periods/CP-1")).json()["child_id"] == new["id"]


async def test_a_conference_that_was_planned_for_the_one_is_held_for_the_other(twice, council):
    planned = {"conference_type": "initial", "children": [{"child": "C-1"}], "scheduled_on": "2026-11-20"}
    before = (await twice.town.put("/v1/conferences/K-1", planned)).json()
    await twice.merge()
    asked = ("reviews", "POST", "/v1/conferences/K-1/hold", {"held_on": "2026-11-20"})
    answer = await twice.town.ask(*asked)
    assert answer.status_code == 200, answer.text
    assert [each["child"] for each in answer.json()["children"]] == ["C-2"]
    assert answer.json()["version"] == before["version"] + 2
    await twice.noticed()
    assert await council.faults() == {}


async def test_what_is_put_under_the_old_reference_is_the_child_s(twice):
    await twice.merge()
    period = {"child": "C-1", "started_on": "2026-06-01", "ended_on": "2026-09-21"}
    await twice.town.put("/v1/care_periods/CP-1", period, if_match="*")
    history = await twice.town.put("/v1/histories/H-9", {"kind": "missing_episode", "child": "C-1"})
    assert history.json()["child_id"] == (await twice.page("C-2"))["id"]


async def test_the_birth_is_told_once_in_each_history(twice):
    await twice.merge()
    told = await twice.town.rows(
        """SELECT f.history_id, c.reference FROM fact f JOIN child c ON c.id = f.record_id
           WHERE f.kind = 'child.born' AND f.withdrawn_at IS NULL"""
    )
    assert len({row.history_id for row in told}) == len(told) == 4
    assert {row.reference for row in told} == {"C-2"}


async def test_what_only_the_merged_record_knew_is_not_lost(town, twice):
    await town.put("/v1/children/C-3", {"expected_on": "2026-12-24", "family": "FAM-3"})
    known = {"display_name": "Jo", "family": "FAM-9", "team": "T-4", "date_of_birth": "2026-11-20"}
    await town.put("/v1/children/C-4", known)
    await twice.merge("C-4", "C-3")
    page = await twice.page("C-3")
    assert (page["display_name"], page["family"], page["team"]) == ("Jo", "FAM-3", "T-4")
    assert (page["date_of_birth"], page["expected_on"]) == ("2026-11-20", None)


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [(["a", "b"], ["b", "c"], ["b"]), (None, ["a"], ["a"]), (["a"], None, ["a"])],
)
async def test_a_merged_child_is_as_restricted_as_the_stricter_record(town, twice, one, other, named):
    for reference, to in (("C-3", one), ("C-4", other)):
        body = {} if to is None else {"restricted": True, "restricted_to": to}
        await town.put(f"/v1/children/{reference}", body)
    await twice.merge("C-4", "C-3")
    page = await twice.page("C-4")
    assert (page["restricted"], page["restricted_to"]) == (True, named)
    assert (await town.ask("reviews", "GET", "/v1/children/C-4", role=Role.IRO)).status_code == 404


async def test_overlapping_times_of_care_are_both_kept(town, twice, council):
    await twice.recorded("3", "2026-08-01", None)
    await twice.recorded("4", "2026-08-01", "2026-11-10")
    await twice.merge("C-4", "C-3")
    assert len((await twice.page("C-3"))["care_periods"]) == 2
    await twice.noticed()
    assert await council.faults() == {}


async def test_who_merged_them_and_when_is_kept(twice):
    await twice.merge(role=Role.IRO_MANAGER)
    for reference in ("C-1", "C-2"):
        path = f"/v1/children/{reference}/merges"
        (done,) = (await twice.town.ask("reviews", "GET", path, role=Role.AUDITOR)).json()["items"]
        assert (done["kind"], done["because"], done["done_by"]) == ("merge", "Referred twice.", "somebody")
        assert done["done_at"] == "2026-11-23T12:00:00Z" and len(done["moved"]) == 2


async def test_a_merge_is_heard_of_by_ids_alone(twice):
    page = await twice.page("C-1")
    await twice.merge()
    (said,) = await twice.town.rows("SELECT envelope FROM outbox_event WHERE type = 'child.merged'")
    data = said.envelope["data"]
    assert set(data) == {"child_merge_id", "child_id", "link", "merged_child_id"}
    assert data["merged_child_id"] == page["id"] and "Referred" not in str(said.envelope)


async def test_a_record_may_be_merged_into_one_that_stays_under_an_old_reference(twice, town):
    await twice.merge()
    await town.put("/v1/children/C-3", {})
    assert (await twice.merge("C-3", "C-1")).status_code == 200
    assert (await twice.page("C-3"))["reference"] == "C-2"
    await town.put("/v1/children/C-4", {})
    await twice.merge("C-2", "C-4")
    assert {(await twice.page(f"C-{n}"))["reference"] for n in (1, 2, 3, 4)} == {"C-4"}


async def test_a_merge_that_cannot_be_is_refused(twice, town):
    assert refusal(await twice.merge("C-1", "C-1")) == (422, "contradiction")
    assert refusal(await twice.merge("C-9", "C-1")) == (404, "not_found")
    assert refusal(await twice.merge("C-1", "C-9")) == (404, "not_found")
    await town.put("/v1/children/C-3", {})
    await town.ask("reviews", "POST", "/v1/children/C-3/withdraw", {"because": "No such child."})
    assert refusal(await twice.merge("C-1", "C-3")) == (422, "withdrawn")
    assert refusal(await twice.merge("C-3", "C-1")) == (422, "withdrawn")
    await twice.merge()
    assert refusal(await twice.merge()) == (409, "merged")
    assert refusal(await twice.merge("C-2", "C-1")) == (422, "contradiction")


async def test_a_merged_record_is_neither_written_nor_withdrawn_nor_listed(twice, town):
    await twice.merge()
    put = await town.ask("reviews", "PUT", "/v1/children/C-1", {"team": "T-1"}, if_match="*")
    assert refusal(put) == (409, "merged")
    gone = await town.ask("reviews", "POST", "/v1/children/C-1/withdraw", {"because": "No."})
    assert refusal(gone) == (409, "merged")
    page = (await town.ask("reviews", "GET", "/v1/children")).json()
    assert [child["reference"] for child in page["items"]] == ["C-2"]


FOR_BOTH = {
    "conference_type": "initial",
    "children": [{"child": "C-1"}, {"child": "C-2"}],
    "scheduled_on": "2026-11-20",
}


async def test_a_conference_that_was_planned_for_both_is_held_for_the_one_child(twice, council):
    await twice.town.put("/v1/conferences/K-1", FOR_BOTH)
    await twice.merge()
    asked = ("reviews", "POST", "/v1/conferences/K-1/hold", {"held_on": "2026-11-20"})
    answer = await twice.town.ask(*asked)
    assert answer.status_code == 200, answer.text
    assert [each["child"] for each in answer.json()["children"]] == ["C-2"]
    await twice.noticed()
    assert await council.faults() == {}


async def test_a_conference_that_was_planned_for_both_is_both_s_again_after_a_split(twice, council):
    before = (await twice.town.put("/v1/conferences/K-1", FOR_BOTH)).json()
    await twice.merge()
    answer = await twice.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    assert answer.status_code == 200, answer.text
    after = (await twice.town.ask("reviews", "GET", "/v1/conferences/K-1")).json()
    assert after["children"] == before["children"]
    await twice.noticed()
    assert await council.faults() == {}


async def test_a_conference_for_both_is_taken_again_from_a_case_system_that_still_has_two(twice, council):
    before = (await twice.town.put("/v1/conferences/K-1", FOR_BOTH)).headers["etag"]
    await twice.merge()
    shown = await twice.town.ask("reviews", "GET", "/v1/conferences/K-1")
    assert shown.headers["etag"] != before and len(shown.json()["children"]) == 1
    for _ in range(2):
        again = await twice.town.put("/v1/conferences/K-1", FOR_BOTH, if_match="*")
        assert [each["child"] for each in again.json()["children"]] == ["C-2"]
    await twice.noticed()
    assert await council.faults() == {}


async def test_a_conference_of_a_child_split_off_is_the_child_s(twice, council):
    await twice.town.put("/v1/conferences/K-1", FOR_BOTH)
    await twice.merge()
    await twice.split("C-2", {"reference": "C-3"}, "CP-1", "H-1")
    for child in ("C-2", "C-3"):
        listed = await twice.town.ask("reviews", "GET", f"/v1/conferences?child={child}")
        assert [each["reference"] for each in listed.json()["items"]] == ["K-1"], child
    await twice.town.put("/v1/children/C-3", {"restricted": True}, if_match="*")
    stranger = await twice.town.ask("reviews", "GET", "/v1/conferences/K-1", role=Role.CP_CHAIR)
    assert stranger.status_code == 404
    await twice.noticed()
    assert await council.faults() == {}
