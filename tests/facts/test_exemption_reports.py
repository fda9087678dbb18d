"""Everything that was granted is seen by those who answer for it."""

from typing import Any

import pytest

from shared.auth.principal import Role
from tests.facts.record import APPROVAL, INTERVIEW, PAUSE, SUPERVISION, Record, refusal


async def listed(record: Record, query: str = "", role: Role = Role.AUDITOR) -> list[dict[str, Any]]:
    answer = await record.town.ask("reviews", "GET", f"/v1/exemptions{query}", role=role)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def three(record: Record) -> None:
    """A pause, then a waiver a day later, which is withdrawn, then an extension."""
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    record.town.pass_time(days=1)
    await record.returned_in("H-2", "2026-11-23T10:00:00Z")
    await record.granted("X-2", INTERVIEW, "waiver")
    await record.withdrawn("X-2", "exemptions")
    await record.approved()
    await record.granted("X-3", APPROVAL, "extension", until_on="2027-01-10")


async def test_reports_list_every_exemption_with_its_reason_its_approver_and_its_effect(record):
    await three(record)
    pause, waiver, extension = await listed(record)
    assert [each["reference"] for each in (pause, waiver, extension)] == ["X-1", "X-2", "X-3"]
    assert (pause["timescale"], pause["because"], pause["approved_by"], pause["has_effect"]) == (
        SUPERVISION,
        "Nobody could be there.",
        "manager-1",
        True,
    )
    assert waiver["withdrawn_at"] and not waiver["has_effect"]
    assert (extension["due_on"], extension["has_effect"]) == ("2027-01-10", True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"?timescale={SUPERVISION}", ["X-1"]),
        ("?kind=waiver", ["X-2"]),
        ("?granted_from=2026-11-24", ["X-2", "X-3"]),
        ("?granted_to=2026-11-23", ["X-1"]),
        ("?granted_from=2026-11-24&granted_to=2026-11-24&kind=extension", ["X-3"]),
        ("?kind=pause&granted_from=2026-11-24", []),
    ],
)
async def test_the_list_is_narrowed_as_people_ask(record, query, found):
    await three(record)
    assert [each["reference"] for each in await listed(record, query)] == found


async def test_the_list_goes_on_where_it_broke_off(record):
    await three(record)
    path, seen = "/v1/exemptions?limit=1&granted_from=2026-11-01", []
    for _ in range(3):
        answer = (await record.town.ask("reviews", "GET", path)).json()
        seen += [each["reference"] for each in answer["items"]]
        path = answer["next"]
    assert (seen, path) == (["X-1", "X-2", "X-3"], None)


async def test_a_social_worker_sees_no_officer_s_exemptions(record):
    await three(record)
    assert [each["reference"] for each in await listed(record, role=Role.SOCIAL_WORKER)] == ["X-2", "X-3"]
    hidden = await record.town.ask("reviews", "GET", "/v1/exemptions/X-1", role=Role.SOCIAL_WORKER)
    assert refusal(hidden) == (404, "not_found")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "after=x",
        "kind=holiday",
        "timescale=%00",
        "timescale=A_B",
        "granted_from=2026-02-30",
        "granted_to=20261120",
        "granted_from=9999-01-01",
    ],
)
async def test_a_list_that_cannot_be_is_refused(record, query):
    answer = await record.town.ask("reviews", "GET", f"/v1/exemptions?{query}")
    assert refusal(answer) == (422, "validation")


async def test_a_child_s_page_shows_what_stands_granted_for_each_deadline(record):
    await record.approved()
    await record.granted("X-1", APPROVAL, "extension", until_on="2026-12-20")
    await record.granted("X-2", APPROVAL, "extension", until_on="2027-01-20")

    async def shown() -> dict[str, list[str]]:
        page = (await record.town.ask("reviews", "GET", "/v1/children/C-1")).json()
        return {each["timescale"]: each["exemptions"] for each in page["deadlines"]}

    assert (await shown())[APPROVAL] == ["extension", "extension"]
    assert (await shown())["lac-review-first"] == []
    await record.withdrawn("X-2", "exemptions")
    assert (await shown())[APPROVAL] == ["extension"]


async def test_an_event_of_an_exemption_holds_no_words_and_nobody_s_name(record):
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE, because="On sick leave.")
    await record.withdrawn("X-1", "exemptions", because="Back already.")
    rows = await record.town.rows(
        "SELECT envelope FROM outbox_event WHERE type LIKE 'exemption.%' ORDER BY seq"
    )
    granted, withdrawn = (row.envelope["data"] for row in rows)
    assert set(granted) == {"exemption_id", "deadline_id", "timescale", "kind"}
    assert set(withdrawn) == {"exemption_id", "deadline_id", "timescale"}
