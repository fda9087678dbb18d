"""What is not granted: what the law does not allow, what comes too late, what would help nobody."""

from itertools import product
from typing import Any

import pytest

from shared.auth.principal import Role
from tests.facts.record import APPROVAL, INTERVIEW, PAUSE, SUPERVISION, refusal
from tests.http.corpus import VALUES
from tests.http.test_strict_input import FITTING, assert_refused, with_value


async def test_the_refusal_of_too_late_a_date_says_the_latest_possible(record):
    await record.approved()
    answer = await record.grant("X-1", APPROVAL, "extension", until_on="2027-01-26")
    assert refusal(answer) == (422, "beyond_longest_extension")
    assert "2027-01-25" in answer.json()["detail"] and "2027-01-26" not in answer.text


async def test_an_exemption_asked_for_too_late_is_refused_and_changes_nothing(record):
    await record.returned("2026-11-20T12:00:00Z")
    await record.sweep()
    assert refusal(await record.grant("X-1", INTERVIEW, "waiver")) == (409, "already_overdue")
    assert await record.breaches(INTERVIEW) == [(1, None)]
    assert await record.town.rows("SELECT 1 FROM exemption") == []


async def test_what_is_closed_is_granted_nothing(record):
    await record.returned()
    await record.told("F-held", "return_interview.held", "2026-11-22")
    assert refusal(await record.grant("X-1", INTERVIEW, "waiver")) == (409, "deadline_closed")
    await record.withdrawn("F-held")
    await record.granted("X-1", INTERVIEW, "waiver")
    assert refusal(await record.grant("X-2", INTERVIEW, "waiver")) == (409, "deadline_closed")


async def test_a_timescale_grants_only_what_its_row_allows(record):
    await record.officer()
    answer = await record.grant("X-1", SUPERVISION, "waiver")
    assert (
        refusal(answer) == (409, "not_allowed_by_timescale") and "allows: pause." in answer.json()["detail"]
    )
    await record.in_care("2026-11-02")
    answer = await record.grant("X-1", "lac-review-first", "extension", until_on="2026-12-24")
    assert (
        refusal(answer) == (409, "not_allowed_by_timescale")
        and "no exemption at all" in answer.json()["detail"]
    )
    assert await record.due("lac-review-first") == [("2026-11-30", "open")]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("pause", {}),
        ("pause", {"from_on": "2026-11-24"}),
        ("pause", {"until_on": "2026-11-30"}),
        ("pause", {"from_on": "2026-11-30", "until_on": "2026-11-24"}),
        ("pause", {"from_on": "2026-11-24", "until_on": "2028-11-24"}),
        ("waiver", {"until_on": "2026-12-24"}),
        ("extension", {}),
        ("extension", PAUSE),
    ],
)
async def test_days_that_the_kind_does_not_have_are_refused(record, kind, days):
    await record.officer()
    assert refusal(await record.grant("X-1", SUPERVISION, kind, **days)) == (422, "contradiction")


@pytest.mark.parametrize("days", [("2026-12-03", "2026-12-20"), ("2026-10-20", "2026-11-02")])
async def test_a_pause_wholly_outside_the_clock_is_refused(record, days):
    await record.officer()
    first, last = days
    answer = await record.grant("X-1", SUPERVISION, "pause", from_on=first, until_on=last)
    assert refusal(answer) == (422, "no_relief")


@pytest.mark.parametrize("until", ["2026-11-30", "2026-11-24"])
async def test_no_exemption_brings_a_date_forward(record, until):
    await record.approved()
    assert refusal(await record.grant("X-1", APPROVAL, "extension", until_on=until)) == (422, "no_relief")
    assert await record.due(APPROVAL) == [("2026-11-30", "open")]


async def test_a_day_is_paused_once(record):
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    again = {"from_on": "2026-11-30", "until_on": "2026-12-02"}
    assert refusal(await record.grant("X-2", SUPERVISION, "pause", **again)) == (422, "pauses_overlap")
    await record.granted("X-2", SUPERVISION, "pause", from_on="2026-12-01", until_on="2026-12-02")
    assert await record.due(SUPERVISION) == [("2026-12-11", "open")]


async def test_a_pause_of_days_that_do_not_count_would_change_nothing(record):
    await record.opened("protection")
    plan = {"child": "C-1", "started_on": "2026-11-16", "initial_category": "NEG"}
    await record.town.put("/v1/protection_plans/P-1", plan)
    weekend = {"from_on": "2026-11-28", "until_on": "2026-11-29"}
    assert refusal(await record.grant("X-1", "cp-visit", "pause", **weekend)) == (422, "no_relief")


async def test_an_exemption_needs_the_version_that_was_read(record):
    await record.officer()
    granted = await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    body = {
        "deadline": granted["deadline_id"],
        "kind": "pause",
        "because": "Away.",
        "approved_by": "manager-1",
    }
    other = body | PAUSE | {"until_on": "2026-12-01"}
    unread = await record.town.ask("reviews", "PUT", "/v1/exemptions/X-1", other)
    assert refusal(unread) == (428, "if_match_required")
    stale = await record.town.ask("reviews", "PUT", "/v1/exemptions/X-1", other, if_match='"9"')
    assert refusal(stale) == (412, "stale")


async def test_an_exemption_never_changes_its_deadline_or_its_kind(record):
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    for timescale, kind, days in (
        ("iro-practice-observation", "pause", PAUSE),
        (SUPERVISION, "waiver", {}),
    ):
        assert refusal(await record.grant("X-1", timescale, kind, **days)) == (422, "contradiction")


async def test_nobody_approves_in_another_s_name(record):
    await record.officer()
    body = {"deadline": str(await record.id_of(SUPERVISION)), "kind": "pause", "because": "Away."} | PAUSE

    async def put(role: Role, approver: str) -> Any:
        path, token = "/v1/exemptions/X-1", record.town.token(role, "manager-7")
        bearer = {"authorization": f"Bearer {token}"}
        return await record.town.ask("reviews", "PUT", path, body | {"approved_by": approver}, **bearer)

    for role in (Role.IRO_MANAGER, Role.SENIOR_MANAGER):
        assert refusal(await put(role, "manager-1")) == (422, "not_your_own_approval")
    assert refusal(await put(Role.TEAM_MANAGER, "manager-7")) == (403, "forbidden")
    assert (await put(Role.SENIOR_MANAGER, "manager-7")).status_code == 201


@pytest.mark.parametrize("missing", ["because", "approved_by"])
async def test_an_exemption_needs_a_reason_and_an_approver(record, missing):
    await record.officer()
    for nothing in ("", " ", None):
        answer = await record.grant("X-1", SUPERVISION, "pause", **PAUSE, **{missing: nothing})
        assert refusal(answer) == (422, "validation")


async def test_an_exemption_for_no_deadline_is_refused(record):
    body = {
        "deadline": "0197b1a4-5a3c-5d11-9d59-0f5b3a6e2c11",
        "kind": "waiver",
        "because": "x",
        "approved_by": "x",
    }
    assert refusal(await record.put("/v1/exemptions/X-1", body)) == (404, "not_found")
    assert refusal(await record.withdraw("X-1", "exemptions")) == (404, "not_found")


async def test_a_value_that_cannot_be_is_refused_in_every_field_of_a_real_grant(record):
    await record.officer()
    example = {"deadline": str(await record.id_of(SUPERVISION)), "kind": "pause", "because": "Away."}
    example |= PAUSE | {"approved_by": "manager-1"}
    for field, kind in product(example, VALUES):
        if kind not in FITTING.get(field, ()):
            answer = await record.town.ask(
                "reviews",
                "PUT",
                "/v1/exemptions/X-1",
                with_value(example, field, VALUES[kind]),
                content_type="application/json",
            )
            assert_refused(answer, f"{field} {kind}")
    assert await record.town.rows("SELECT 1 FROM exemption") == []
