"""What is told of a child between two reviews, and what came of it."""

from typing import Any

from tests.facts.record import Record

CHECK = {"care_period": "CP-1", "officer": "iro-1"}
MADE = CHECK | {"completed_on": "2026-11-02", "finding": "on_track", "looked_at": ["care_plan", "visits"]}
DRIFT = MADE | {"finding": "drift", "drifted": ["visits"], "done": ["informal_resolution"]}
MEETING = {
    "care_period": "CP-1",
    "held_on": "2026-11-10",
    "decisions_recorded": True,
    "minutes_on_record": False,
}
VISIT = {
    "history": "CP-1",
    "worker": "sw-1",
    "role": "social_worker",
    "kind": "visit",
    "visited_on": "2026-09-04",
    "mode": "in_person",
    "seen": True,
    "seen_alone": "yes",
}
OF_IRO = {key: value for key, value in VISIT.items() if key != "history"} | {
    "child": "C-1",
    "worker": "iro-1",
    "role": "iro",
}
ASSESSMENT = {
    "history": "CP-1",
    "kind": "health_assessment",
    "completed_on": "2026-09-20",
    "codes": {"stage": "initial", "assessor": "doctor"},
}


async def listed(record: Record, path: str) -> list[str]:
    """The references of a list, all of its stretches together."""
    found, address = [], f"/v1/{path}"
    while address:
        answer = await record.town.ask("reviews", "GET", address)
        assert answer.is_success, answer.text
        found += [item["reference"] for item in answer.json()["items"]]
        address = answer.json()["next"]
    return found


async def step(record: Record, path: str, body: dict[str, Any]) -> Any:
    """A POST by the case system."""
    return await record.town.ask("reviews", "POST", f"/v1/{path}", body)


async def faults(record: Record, council: Any) -> dict[str, int]:
    """What a recount finds, once the scheduler has noticed what is due."""
    await record.sweep()
    found: dict[str, int] = await council.faults()
    return found
