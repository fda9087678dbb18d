"""A worker's record: an officer's starts the clocks of their own support, and others' starts none."""

import pytest

from shared.auth.principal import Role
from tests.workforce.office import refusal

IRO = {"role": "iro", "team": "safeguarding", "fte": 0.6, "started_on": "2026-11-02"}
PATH = "/v1/workers/iro-1"


async def test_an_officer_who_starts_is_owed_supervision_and_observation(office):
    answer = await office.ask("PUT", PATH, IRO)
    assert (answer.status_code, answer.json()["fte"], answer.headers["etag"]) == (201, 0.6, '"1"')
    assert await office.due("iro-1") == {
        "iro-supervision": "2026-12-02",
        "iro-practice-observation": "2027-05-02",
    }
    assert await office.faults() == {}


async def test_the_same_record_again_changes_nothing_and_says_nothing(office):
    for _ in range(2):
        await office.town.put(PATH, IRO)
    assert [said["role"] for said in await office.events("worker.upserted")] == ["iro"]


async def test_a_corrected_start_moves_what_the_officer_is_owed(office):
    await office.town.put(PATH, IRO)
    await office.town.put(PATH, IRO | {"started_on": "2026-11-09"}, if_match='"1"')
    assert (await office.due("iro-1"))["iro-supervision"] == "2026-12-09"
    assert await office.faults() == {}


async def test_an_officer_who_leaves_is_owed_nothing_more(office):
    await office.town.put(PATH, IRO)
    await office.town.put(PATH, IRO | {"left_on": "2026-11-20"}, if_match='"1"')
    assert await office.due("iro-1") == {}
    assert await office.faults() == {}


async def test_a_social_worker_has_no_history_until_they_become_an_officer(office):
    await office.started("sw-1", "social_worker")
    assert await office.town.rows("SELECT 1 FROM history") == []
    await office.town.put("/v1/workers/sw-1", IRO, if_match='"1"')
    assert "iro-supervision" in await office.due("sw-1")


async def test_an_officer_who_turns_out_to_be_none_is_owed_nothing(office):
    await office.started("iro-1")
    changed = IRO | {"role": "social_worker"}
    await office.town.put(PATH, changed, if_match='"1"')
    assert await office.due("iro-1") == {}
    assert await office.faults() == {}


async def test_an_officer_of_whom_supervision_is_recorded_stays_one(office):
    await office.started("iro-1")
    told = {"officer": "iro-1", "supervisor": "m-1", "held_on": "2026-11-20"}
    await office.town.put("/v1/supervisions/S-1", told)
    changed = await office.ask("PUT", PATH, IRO | {"role": "social_worker"}, if_match='"1"')
    gone = await office.ask("POST", f"{PATH}/withdraw", {"because": "Entered twice."})
    assert refusal(changed) == refusal(gone) == (409, "rested_on")


async def test_a_worker_entered_by_mistake_is_withdrawn_and_brought_back(office):
    await office.town.put(PATH, IRO)
    gone = await office.ask("POST", f"{PATH}/withdraw", {"because": "Entered twice."})
    assert (gone.status_code, await office.due("iro-1")) == (200, {})
    assert (await office.read("/v1/workers"))["items"] == []
    await office.town.put(PATH, IRO, if_match='"2"')
    assert "iro-supervision" in await office.due("iro-1")
    assert await office.faults() == {}


async def test_the_latest_version_of_the_source_stands(office):
    for version, team in ((5, "north"), (3, "south")):
        await office.town.put(PATH, IRO | {"team": team, "source_version": version})
    assert (await office.read(PATH))["team"] == "north"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"started_on": "2026-11-24"}, "/started_on"),
        ({"left_on": "2026-11-24"}, "/left_on"),
        ({"left_on": "2026-11-01"}, "/left_on"),
        ({"fte": 0}, "/fte"),
        ({"fte": 1.01}, "/fte"),
        ({"fte": 0.605}, "/fte"),
        ({"fte": "0.6"}, "/fte"),
        ({"fte": True}, "/fte"),
        ({"role": "iro_of_the_month"}, "/role"),
        ({"team": "The North Team"}, "/team"),
    ],
)
async def test_what_cannot_be_is_refused(office, fields, pointer):
    answer = await office.ask("PUT", PATH, IRO | fields)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert await office.town.rows("SELECT 1 FROM worker") == []


async def test_workers_are_listed_by_role_and_team_in_stretches(office):
    for number, (role, team) in enumerate([("iro", "north"), ("iro", "south"), ("cp_chair", "north")]):
        await office.started(f"w-{number}", role, team=team)
    assert [each["reference"] for each in (await office.read("/v1/workers?team=north"))["items"]] == [
        "w-0",
        "w-2",
    ]
    first = await office.read("/v1/workers?role=iro&limit=1")
    rest = await office.read(first["next"])
    assert [each["reference"] for each in first["items"] + rest["items"]] == ["w-0", "w-1"]
    assert rest["next"] is None


async def test_a_worker_s_name_is_in_no_event_and_for_no_social_worker(office):
    await office.town.put(PATH, IRO | {"display_name": "CanaryQ7", "subject": "CanaryQ7"})
    said = await office.town.rows("SELECT envelope::text FROM outbox_event")
    assert said and not [row for row in said if "CanaryQ7" in row.envelope]
    for role in (Role.SOCIAL_WORKER, Role.BUSINESS_SUPPORT):
        assert (await office.ask("GET", PATH, role=role)).status_code == 403
    assert (await office.ask("PUT", PATH, IRO, role=Role.IRO)).status_code == 403
