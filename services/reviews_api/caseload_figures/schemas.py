"""What is shown of caseloads in figures."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.caseload_figures.handbook import CONFIRMED, LEAST, MOST, SOURCE, Band
from shared.http.fields import BoundedDate, Reference, View

MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
LONGEST = 36

AsAt = Annotated[BoundedDate | None, Query(description="At the end of this London date; without it, now.")]
OfTeam = Annotated[Reference | None, Query(description="Only officers of this team, by your reference.")]
OfRole = Annotated[AllocationRole, Query(description="As what the officers are the children's.")]
FromMonth = Annotated[str, Query(alias="from", pattern=MONTH, description="The first month, as 2026-04.")]
ToMonth = Annotated[
    str, Query(alias="to", pattern=MONTH, description=f"The last month; {LONGEST} at most in all.")
]


class Guidance(View):
    """What the guidance says, for a full-time reviewing officer."""

    least: int = LEAST
    most: int = MOST
    source: str = SOURCE
    confirmed: bool = CONFIRMED


class OfficerFigures(View):
    """One officer's children. Without a worker's record nothing is known of team and full-time share."""

    officer: str
    worker_id: UUID | None
    team: str | None
    in_post: bool | None = Field(
        description="Whether they were in post that day; null where that is not known."
    )
    fte: float | None
    children: int
    per_fte: float | None = Field(description="Children to a full-time officer.")
    band: Band | None = Field(description="Against the guidance; null for other roles, and without a share.")


class TeamFigures(View):
    """One team's officers together; `team` is null for those without one. Where an officer with children has no
    known share of full time, the team has no children to a full-time officer either."""

    team: str | None
    officers: int
    fte: float
    children: int
    per_fte: float | None
    band: Band | None


class CaseloadFigures(View):
    """The caseloads at one instant: a child counts with the officer who was allocated last. Teams and shares of full
    time are those of today's records."""

    as_at: datetime
    on: date
    role: AllocationRole
    guidance: Guidance = Guidance()
    officers: list[OfficerFigures]
    teams: list[TeamFigures]


class MonthlyFigures(View):
    """The caseloads at the end of each month; of a month that still runs, now."""

    months: list[CaseloadFigures]
