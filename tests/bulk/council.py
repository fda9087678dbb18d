"""One row of every kind, as the OpenAPI document shows its body, and what each of them rests on."""

from collections.abc import Mapping
from typing import Any

from services.reviews_api.bulk.kinds import KINDS, RANK, named
from shared.http.examples import sent
from tests.bulk.sending import row
from tests.town import Town

PLACES = {
    "child": ("children", "C-1001"),
    "care_period": ("care_periods", "CP-1001-1"),
    "history": ("histories", "H-1001"),
    "review": ("reviews", "R-1001-3"),
    "worker": ("workers", "iro-3"),
    "checklist": ("checklists", "CL-review"),
    "legal_status": ("legal_statuses", "L-1"),
    "pre_proceedings": ("pre_proceedings", "PP-1"),
    "strategy_discussion": ("strategy_discussions", "S-1"),
}
HERE: Mapping[str, dict[str, Any]] = {
    "review": {"scheduled_on": None, "held_on": "2026-11-20"},
    "fact": {"kind": "short_break.began", "codes": {}},
    "dip_sample": {"size": 1, "whole": True},
    "checklist_answer": {"review": "R-1001-3"},
    "allocation": {"officer": "iro-4"},
}
"""Where the document shows what would be refused here: an officer with a conflict, a day still to come."""
EARLIER_VERSION: Mapping[str, dict[str, Any]] = {
    "child": {"team": "adoption"},
    "worker": {"team": "adoption"},
    "conflict": {"reason": "personal_acquaintance"},
    "care_period": {"started_on": "2026-11-01"},
    "placement": {"distance_miles": 1.0},
    "legal_status": {"from_on": "2026-11-09"},
    "allocation": {"officer": "iro-5"},
    "review": {"held_on": "2026-11-19"},
    "decision": {"owner": "sw-13"},
    "midpoint_check": {"completed_on": "2026-11-19"},
    "care_planning_meeting": {"minutes_on_record": True},
    "visit": {"visited_on": "2026-11-19"},
    "milestone": {"completed_on": "2026-11-19"},
    "strategy_discussion": {"held_on": "2026-11-19"},
    "conference": {"scheduled_on": "2026-12-09"},
    "protection_plan": {"started_on": "2026-11-19"},
    "core_group": {"held_on": "2026-11-19"},
    "pre_proceedings": {"letter_sent_on": "2026-09-02"},
    "supervision": {"held_on": "2026-11-19"},
    "observation": {"made_on": "2026-11-19"},
    "audit": {"auditor": "manager-3"},
    "checklist": {"title": "At some reviews"},
    "checklist_answer": {"answers": {"advocacy_offered": "yes"}},
    "survey": {"returned": 213},
    "fact": {"happened_on": "2026-11-19"},
    "dip_sample": {"title": "Meetings"},
    "exemption": {"because": "The panel was full."},
}
"""What an earlier version said. A history says nothing that may change."""


def place_of(record: str) -> tuple[str, str]:
    """Where records of this kind are put, and the reference of ours."""
    return PLACES.get(record, (f"{record}s", f"{record}-1"))


async def row_of(town: Town, record: str) -> dict[str, Any]:
    """Our row of this kind, in the source's fifth version."""
    document = town.apps["reviews"].openapi()
    plural, reference = place_of(record)
    shown = sent(document, document["paths"][f"/v1/{plural}/{{reference}}"]["put"]) | HERE.get(record, {})
    if record == "exemption":
        shown |= await _granted(town)
    return row(record, reference, **shown, source_version=5)


async def _granted(town: Town) -> dict[str, Any]:
    """An extension of the one deadline here that may be extended."""
    found = await town.rows("SELECT id FROM deadline WHERE timescale = 'temp-carer-approval'")
    return {"deadline": str(found[0].id), "kind": "extension", "from_on": None, "until_on": "2027-04-20"}


async def rested_on(town: Town, record: str) -> list[dict[str, Any]]:
    """Our rows of every kind that a row of this kind rests on, however far away."""
    if record == "exemption":
        approved = row("fact", "F-2", history="CP-1001-1", kind="temporary_approval.given",
                       happened_on="2026-11-20")  # fmt: skip
        return [*await rested_on(town, "fact"), approved]
    if record == "dip_sample":
        return [*await rested_on(town, "care_period"), await row_of(town, "care_period")]
    wanted, asked = dict[str, dict[str, Any]](), [record]
    while asked:
        mine = await row_of(town, asked.pop())
        needs = {kind for kind, reference in named(mine["record"], mine) if place_of(kind)[1] == reference}
        asked += needs - wanted.keys()
        wanted |= {kind: await row_of(town, kind) for kind in needs}
    return [wanted[kind] for kind in sorted(wanted, key=RANK.__getitem__)]


__all__ = ["EARLIER_VERSION", "KINDS", "rested_on", "row_of"]
