"""Drawing a dip sample, and answering for its children."""

from typing import Any

from shared.auth.principal import Role
from tests.town import Town

SAMPLE = {
    "title": "Care planning meetings",
    "question": "care_planning_meeting_recorded",
    "drawn_on": "2026-03-31",
    "size": 3,
    "seed": 2026,
}


async def draw(town: Town, reference: str = "DS-1", **other: Any) -> Any:
    """The answer to drawing a sample."""
    headers = {"if_match": other.pop("if_match")} if "if_match" in other else {}
    return await town.ask(
        "reviews", "PUT", f"/v1/dip_samples/{reference}", SAMPLE | other, role=Role.IRO_MANAGER, **headers
    )


async def drawn(town: Town, reference: str = "DS-1", query: str = "?limit=200") -> list[str]:
    """The children of a sample, in the order of the draw."""
    found = (await town.ask("reviews", "GET", f"/v1/dip_samples/{reference}/children{query}")).json()
    return [each["child"] for each in found["items"]]


async def answer(
    town: Town, child: str, said: str, *findings: str, reference: str = "DS-1", **headers: str
) -> Any:
    """An officer's answer for one child."""
    return await town.ask(
        "reviews",
        "PUT",
        f"/v1/dip_samples/{reference}/answers/{child}",
        {"answer": said, "findings": list(findings)},
        role=Role.IRO,
        **headers,
    )


async def close(town: Town, reference: str = "DS-1", on: str = "2026-11-23") -> Any:
    """The answer to closing a sample."""
    return await town.ask(
        "reviews", "POST", f"/v1/dip_samples/{reference}/close", {"closed_on": on}, role=Role.IRO_MANAGER
    )


def code(answer: Any) -> str:
    """The code of a problem."""
    found: str = answer.json()["type"].rpartition(":")[2]
    return found
