"""Children in care in figures: how many there were, who came and who went, and how soon they had an officer."""

import pytest

from shared.auth.principal import Role

APRIL = "/v1/care_figures?from=2026-04-01&to=2026-04-30"


async def look_after(town, number, born_on, started_on, ended_on=None, **period):
    """A child and their time in care."""
    await town.put(f"/v1/children/C-{number}", {"date_of_birth": born_on} if born_on else {})
    ended = {"ended_on": ended_on} if ended_on else {}
    body = {"child": f"C-{number}", "started_on": started_on} | ended | period
    await town.put(f"/v1/care_periods/CP-{number}", body)


async def allocate(town, number, at):
    """A reviewing officer for that time."""
    body = {"care_period": f"CP-{number}", "officer": "iro-1", "allocated_at": at}
    await town.put(f"/v1/allocations/A-{number}", body)


async def figures(town, address=APRIL, role=Role.ANALYST):
    """The figures as they are shown."""
    answer = await town.ask("reviews", "GET", address, role=role)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_children_in_care_are_counted_at_the_end_of_a_day(town):
    await look_after(town, 1, None, "2026-03-01", "2026-04-30")
    await look_after(town, 2, None, "2026-04-01")
    await look_after(town, 3, None, "2026-04-30", "2026-05-02")
    found = await figures(town, "/v1/care_figures?from=2026-04-01&to=2026-05-02")
    assert [(each["on"], each["children"]) for each in found["looked_after"]] == [
        ("2026-04-01", 2),
        ("2026-05-01", 2),
        ("2026-05-02", 1),
    ]
    assert (found["became"]["count"], found["ceased"]) == (2, 2)


async def test_a_child_is_under_one_until_the_first_birthday(town):
    await look_after(town, 1, "2025-04-11", "2026-04-10")
    await look_after(town, 2, "2025-04-10", "2026-04-10")
    await look_after(town, 3, None, "2026-04-10")
    await look_after(town, 4, "2026-04-01", "2026-05-01")
    found = await figures(town)
    assert found["became"] == {"count": 3, "under_one": 1, "age_not_known": 1, "under_one_percent": 50}


async def test_officers_who_came_in_time_late_or_not_yet_are_told_apart(town):
    told = {"iro_notified_at": "2026-04-13T09:00:00Z"}
    for number in (1, 2, 3):
        await look_after(town, number, None, "2026-04-13", **told)
    await allocate(town, 1, "2026-04-16T09:00:00Z")
    await allocate(town, 2, "2026-04-16T09:00:01Z")
    by = {each["timescale"]: each for each in (await figures(town))["allocated"]}
    hours = by["iro-allocation-sefton"]
    assert [hours[name] for name in ("in_time", "late", "waiting", "in_time_percent")] == [1, 1, 1, 50]
    assert by["iro-allocation-handbook"]["in_time"] == 2


async def test_what_was_withdrawn_is_not_counted_and_nobody_gives_no_percentage(town):
    await look_after(town, 1, "2026-04-01", "2026-04-10")
    answer = await town.ask("reviews", "POST", "/v1/care_periods/CP-1/withdraw", {"because": "Of another."})
    assert answer.status_code == 200, answer.text
    found = await figures(town)
    assert found["became"] == {"count": 0, "under_one": 0, "age_not_known": 0, "under_one_percent": None}
    assert [each["children"] for each in found["looked_after"]] == [0, 0]


async def test_days_to_come_are_not_counted_yet(town):
    await look_after(town, 1, None, "2026-04-10")
    found = await figures(town, "/v1/care_figures?from=2026-11-02&to=2027-03-31")
    assert [each["on"] for each in found["looked_after"]] == ["2026-11-02", "2026-11-23"]
    assert (await figures(town, "/v1/care_figures?from=2027-01-01&to=2027-03-31"))["looked_after"] == []


@pytest.mark.parametrize("span", ["from=2026-04-02&to=2026-04-01", "from=2020-04-01&to=2023-04-02"])
async def test_days_out_of_order_or_too_far_apart_are_refused(town, span):
    answer = await town.ask("reviews", "GET", f"/v1/care_figures?{span}", role=Role.IRO_MANAGER)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
