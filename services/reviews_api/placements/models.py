"""A placement: where a child in care lives, from one day to another, and what it says to the engine."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import Base
from shared.deadlines.facts import NewFact

AT_A_DISTANCE_MILES: Final = 20.0
"""From how many miles from home a placement is at a distance. Source: policy, as most councils have it; the national
return only asks for the miles."""

PROMISES = ("intended_to_18", "long_term_foster", "fewer_visits_agreed", "emergency")


class Placement(Recorded, Base, kw_only=True):
    """Dates are London's. `placement_type` tells apart what the regulations do; `placement_code` is the SSDA903 code.
    Of the four `PROMISES` None is not known, or not said. `designated_codes` are those of them that hold from
    `designated_on` on. A placement ends on the day on which the next may start."""

    __tablename__ = "placement"
    noun: ClassVar[str] = "placement"
    tells: ClassVar[tuple[str, ...]] = (
        "placement.started",
        "placement.designated",
        "placement.notified",
        "placement_plan.completed",
        "placement.ended",
    )

    child_id: Mapped[UUID]
    care_period_id: Mapped[UUID]
    started_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    placement_type: Mapped[str]
    placement_code: Mapped[str | None] = mapped_column(default=None)
    unregistered: Mapped[bool] = mapped_column(default=False)
    unregulated: Mapped[bool] = mapped_column(default=False)
    out_of_area: Mapped[bool] = mapped_column(default=False)
    distance_miles: Mapped[float | None] = mapped_column(default=None)
    intended_to_18: Mapped[bool | None] = mapped_column(default=None)
    long_term_foster: Mapped[bool | None] = mapped_column(default=None)
    fewer_visits_agreed: Mapped[bool | None] = mapped_column(default=None)
    emergency: Mapped[bool | None] = mapped_column(default=None)
    designated_on: Mapped[date | None] = mapped_column(default=None)
    designated_codes: Mapped[dict[str, str]] = mapped_column(default_factory=dict)
    notified_on: Mapped[date | None] = mapped_column(default=None)
    plan_completed_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def at_a_distance(self) -> bool:
        """Whether it is so far from home that policy asks about it."""
        return self.distance_miles is not None and self.distance_miles >= AT_A_DISTANCE_MILES

    def facts(self) -> Iterator[NewFact]:
        """What the placement tells the engine, all of it about the placement."""
        said = {name: yes_or_no(getattr(self, name)) for name in PROMISES}
        codes = {"placement_type": self.placement_type}
        codes |= {name: value for name, value in said.items() if value is not None}
        yield self._fact("placement.started", self.started_on, codes)
        for kind, on, known in (
            ("placement.designated", self.designated_on, self.designated_codes),
            ("placement.notified", self.notified_on, {}),
            ("placement_plan.completed", self.plan_completed_on, {}),
            ("placement.ended", self.ended_on, {}),
        ):
            if on is not None:
                yield self._fact(kind, on, known)

    def _fact(self, kind: str, on: date, codes: Mapping[str, str]) -> NewFact:
        return NewFact(self.care_period_id, self.child_id, kind, self.id, on, codes=codes)


def yes_or_no(said: bool | None) -> str | None:
    """The engine's code for what was said; None where nothing was."""
    return None if said is None else "yes" if said else "no"
