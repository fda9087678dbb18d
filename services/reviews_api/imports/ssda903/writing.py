"""What an import is about to write of one child."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.imports.ssda903.models import Episode
from services.reviews_api.legal_statuses.models import LegalStatus
from services.reviews_api.midpoint_checks.models import MidpointCheck
from services.reviews_api.placements.models import Placement
from services.reviews_api.reviews.models import Review
from shared.deadlines.facts import NewFact
from shared.deadlines.models import FactRow
from shared.events.language import Event

SOURCE = "ssda903"
Resident = Review | Allocation | MidpointCheck | Placement | LegalStatus


@dataclass(frozen=True, slots=True)
class Move:
    """A record that belongs to another care period than was thought."""

    record: Resident
    from_history: UUID
    to_history: UUID

    def make(self) -> None:
        """Give the record its new period, which is stored by now."""
        self.record.care_period_id = self.to_history
        self.record.version += 1


@dataclass(slots=True)
class Writing:
    """Rows to add, events to publish, and the facts that shall stand of the records touched.

    Held rows are changed where they are; the session notices.
    """

    children: list[Child] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    periods: list[CarePeriod] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    governed: set[UUID] = field(default_factory=set)
    wanted: dict[tuple[UUID, str, UUID], NewFact] = field(default_factory=dict)
    standing: list[FactRow] = field(default_factory=list)

    def govern(self, record_id: UUID, facts: Iterable[NewFact]) -> None:
        """These facts, and no others, shall stand of the record."""
        self.governed.add(record_id)
        self.wanted |= {(fact.record_id, fact.kind, fact.history_id): fact for fact in facts}

    def obsolete(self) -> list[FactRow]:
        """The standing facts of the records touched that are not wanted as they are."""
        return [fact for fact in self.standing if fact.record_id in self.governed and not self._still(fact)]

    def fresh(self) -> list[NewFact]:
        """The facts wanted that do not stand yet."""
        kept = {_key(fact) for fact in self.standing if self._still(fact)}
        return [fact for key, fact in self.wanted.items() if key not in kept]

    def _still(self, held: FactRow) -> bool:
        new = self.wanted.get(_key(held))
        if new is None:
            return False
        told = (held.history_id, held.happened_on, held.happened_at, held.codes)
        return told == (new.history_id, new.on, new.at, dict(new.codes))


def _key(held: FactRow) -> tuple[UUID, str, UUID]:
    return held.record_id, held.kind, held.history_id
