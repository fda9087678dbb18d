"""Another authority's token: what exists looks exactly like what does not."""

import asyncio
from uuid import uuid4

from shared.auth.principal import Role
from tests.walls.record import ADDRESSES, fill

OFFICERS_OWN = (
    ("workers", "iro-1"),
    ("supervisions", "S-1"),
    ("observations", "O-1"),
    ("conflicts", "K-1"),
    ("allocations", "A-1"),
)


async def test_another_authority_gets_404_with_the_same_body_for_everything_that_can_be_read(town, neighbour):
    ids = await fill(town)
    for path in ADDRESSES:
        kind = path.rsplit("/", 1)[0]
        absent = await neighbour.ask("reviews", "GET", f"{kind}/{uuid4()}")
        assert absent.status_code == 404
        for address in (path, f"{kind}/{ids[path]}"):
            hidden = await neighbour.ask("reviews", "GET", address)
            assert (hidden.status_code, hidden.content) == (404, absent.content)
            assert (await town.ask("reviews", "GET", address)).status_code == 200
    caseload = (await neighbour.ask("reviews", "GET", "/v1/caseloads/iro-1")).json()
    assert (caseload["children"], caseload["overdue"]) == ([], 0)


async def test_another_authority_gets_404_with_the_same_body_for_every_verb(town, neighbour):
    ids = await fill(town)
    review, period, child = (
        ids[f"/v1/{path}"] for path in ("reviews/R-1", "care_periods/CP-1", "children/C-1")
    )
    approved = {"approved_by": "manager-1", "reason": "illness"}
    for verb, body in (
        ("hold", {"held_on": "2026-11-20"}),
        ("meet", {"on": "2026-11-20"}),
        ("cancel", approved),
        ("postpone", approved | {"scheduled_on": "2026-12-01"}),
    ):
        absent = await neighbour.ask("reviews", "POST", f"/v1/reviews/{uuid4()}/{verb}", body)
        for address in (review, "R-1"):
            hidden = await neighbour.ask("reviews", "POST", f"/v1/reviews/{address}/{verb}", body)
            assert (
                (hidden.status_code, hidden.content)
                == (absent.status_code, absent.content)
                == (404, absent.content)
            )
    for path, body, field in (
        ("/v1/care_periods/X", {"started_on": "2026-11-02"}, "child"),
        ("/v1/reviews/X", {"scheduled_on": "2026-11-26"}, "care_period"),
        ("/v1/allocations/X", {"officer": "o", "allocated_at": "2026-11-03T09:30:00Z"}, "care_period"),
    ):
        absent = await neighbour.ask("reviews", "PUT", path, body | {field: str(uuid4())})
        for known in (child, "C-1") if field == "child" else (period, "CP-1"):
            hidden = await neighbour.ask("reviews", "PUT", path, body | {field: known})
            assert (hidden.status_code, hidden.content) == (404, absent.content)
    raised = {"theme": "no_evidence_of_visits", "concern": "No visit."}
    for known in (child, "C-1"):
        answer = await neighbour.ask(
            "escalation", "POST", "/v1/escalations", raised | {"child": known}, role=Role.IRO
        )
        assert answer.status_code == 404
    assert (await town.ask("reviews", "GET", "/v1/reviews/R-1")).json()["status"] == "planned"


async def test_what_was_reported_and_granted_is_hidden_for_every_verb(town, neighbour):
    ids = await fill(town)
    history, fact, exemption = (
        ids[f"/v1/{path}"] for path in ("histories/H-1", "facts/F-1", "exemptions/X-1")
    )
    own = [(kind, (ids[f"/v1/{kind}/{name}"], name)) for kind, name in OFFICERS_OWN]
    for kind, known in (("facts", (fact, "F-1")), ("exemptions", (exemption, "X-1")), *own):
        absent, *hidden = [
            await neighbour.ask("reviews", "POST", f"/v1/{kind}/{name}/withdraw", {"because": "No."})
            for name in (uuid4(), *known)
        ]
        assert {(each.status_code, each.content) for each in hidden} == {(404, absent.content)}
    told = {"kind": "child.returned", "happened_at": "2026-11-21T12:30:00Z"}
    absent, *hidden = [
        await neighbour.ask("reviews", "PUT", "/v1/facts/Y", told | {"history": str(name)})
        for name in (uuid4(), history, "H-1")
    ]
    assert {(each.status_code, each.content) for each in hidden} == {(404, absent.content)}
    (deadline,) = await town.rows(
        "SELECT id FROM deadline WHERE timescale = 'iro-supervision' AND outcome = 'open'"
    )
    waiver = {"kind": "waiver", "because": "No.", "approved_by": "manager-1"}
    absent, hidden = [
        await neighbour.ask("reviews", "PUT", "/v1/exemptions/Y", waiver | {"deadline": str(name)})
        for name in (uuid4(), deadline.id)
    ]
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert (await neighbour.ask("reviews", "GET", "/v1/exemptions")).json()["items"] == []


async def test_the_same_reference_in_two_authorities_is_two_records(town, neighbour):
    ids = await fill(town, "CanaryQ7")
    others = await fill(neighbour, "Another")
    assert not set(ids.values()) & set(others.values())
    page = await neighbour.ask("reviews", "GET", "/v1/children/C-1")
    assert "CanaryQ7" not in page.text and page.json()["display_name"] == "Another"


async def test_an_escalation_is_hidden_from_another_authority(town, neighbour):
    await fill(town)
    body = {"child": "C-1", "theme": "no_evidence_of_visits", "concern": "No visit."}
    raised = await town.ask("escalation", "POST", "/v1/escalations", body, role=Role.IRO)
    assert raised.status_code == 201
    known = raised.json()["id"]
    absent = await neighbour.ask("escalation", "GET", f"/v1/escalations/{uuid4()}", role=Role.IRO)
    hidden = await neighbour.ask("escalation", "GET", f"/v1/escalations/{known}", role=Role.IRO)
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert (await neighbour.ask("escalation", "GET", "/v1/escalations", role=Role.IRO)).json()["items"] == []
    for verb, words in (("resolve", {"outcome": "Done."}), ("dismiss", {"reason": "No."}), ("accept", {})):
        answer = await neighbour.ask(
            "escalation", "POST", f"/v1/escalations/{known}/{verb}", words, role=Role.IRO
        )
        assert (answer.status_code, answer.content) == (404, absent.content)


async def test_two_authorities_at_once_through_few_connections_never_see_each_other(town, neighbour):
    engine = town.apps["reviews"].state.door.engine
    assert engine.pool.size() <= 4
    for one in (town, neighbour):
        await one.put("/v1/children/C-1", {"display_name": f"Canary of {one.authority}"})

    async def look(n: int) -> bool:
        one, other = (town, neighbour) if n % 2 else (neighbour, town)
        answer = await one.ask("reviews", "GET", "/v1/children/C-1")
        told = f"Canary of {one.authority}" in answer.text or answer.status_code == 503  # a busy pool says so
        return told and other.authority not in answer.text

    for start in range(0, 120, 30):
        assert all(await asyncio.gather(*(look(n) for n in range(start, start + 30))))
