"""Who shall have which child: what is asked, less what the rules refuse. No database and no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.reviews_api.allocations.models import Allocation
from services.reviews_api.allocations.rules import CONFLICT, SIBLINGS, WHY
from services.reviews_api.reallocations.schemas import (
    Moved,
    ReallocationBody,
    ReallocationView,
    Refused,
    Share,
)
from shared.refusals import Contradiction


@dataclass(slots=True)
class Step:
    """One child on the way to another officer. `held` are the allocations that end, the latest first."""

    child: str
    child_id: UUID
    officer: str
    held: list[Allocation]
    new: Allocation | None = None

    def moved(self) -> Moved:
        """The step, once it was taken."""
        assert self.new is not None
        return Moved(
            child=self.child,
            child_id=self.child_id,
            officer=self.officer,
            allocation=self.new.reference,
            allocation_id=self.new.id,
            ended_id=self.held[0].id,
        )

    def refused(self, code: str) -> Refused:
        """The step, not taken."""
        return Refused(
            child=self.child, child_id=self.child_id, officer=self.officer, code=code, detail=WHY[code]
        )


@dataclass(slots=True)
class Plan:
    """The steps to take, and those that are refused."""

    steps: list[Step]
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, against: Iterable[Step], code: str) -> None:
        """Leave these children where they are."""
        gone = {step.child_id: step for step in against}
        self.steps = [step for step in self.steps if step.child_id not in gone]
        self.refused += [step.refused(code) for step in gone.values()]

    def heed_conflicts(self, pairs: Collection[tuple[UUID, str]]) -> None:
        """Refuse what meets a declared conflict, given as pairs of child and officer."""
        self.refuse([step for step in self.steps if (step.child_id, step.officer) in pairs], CONFLICT)

    def heed_siblings(self, families: Collection[Sequence[UUID]], officers: Mapping[UUID, str]) -> None:
        """Refuse what would give brothers and sisters different officers, until no step does: one child who stays
        keeps the others. `officers` are the reviewing officers now, of all children of these families."""
        while True:
            then = {**officers, **{step.child_id: step.officer for step in self.steps}}
            split = {
                child
                for family in families
                for child in family
                if any(then.get(each, then.get(child)) != then.get(child) for each in family)
            }
            against = [step for step in self.steps if step.child_id in split and not _parted(step)]
            if not against:
                return
            self.refuse(against, SIBLINGS)

    def view(self, body: ReallocationBody, held: int) -> ReallocationView:
        """The plan, once it was carried out, for an officer who had so many children."""
        return ReallocationView(
            from_officer=body.from_officer,
            role=body.role,
            at=body.at,
            reason=body.reason,
            moved=[step.moved() for step in self.steps],
            refused=sorted(self.refused, key=lambda each: each.child),
            unnamed=held - len(self.steps) - len(self.refused),
        )


def _parted(step: Step) -> bool:
    # Somebody gave a reason why they have different officers, when the child came to the one before.
    return step.held[0].sibling_reason is not None


def shares_of(body: ReallocationBody) -> list[Share]:
    """Who takes over what. Raises Contradiction unless that is said once, and of each child once."""
    if (body.to is None) == (body.to_officer is None):
        raise Contradiction("Give `to` or `to_officer`.", pointer="/to")
    shares = body.to or [Share(officer=body.to_officer or "")]
    named = [child for share in shares for child in share.children or ()]
    if len(named) != len(set(named)):
        raise Contradiction("A child is named twice.", code="named_twice", pointer="/to")
    if sum(share.children is None for share in shares) > 1:
        raise Contradiction("Only one officer can take all who are not named.", pointer="/to")
    if any(share.officer == body.from_officer for share in shares):
        raise Contradiction("The children are this officer's already.", pointer="/to")
    return shares


def plan_of(shares: Sequence[Share], held: Mapping[str, list[Allocation]]) -> Plan:
    """What is asked, of the children that the officer has. Raises Contradiction for a child they have not."""
    asked = {child: share.officer for share in shares for child in share.children or ()}
    if not asked.keys() <= held.keys():
        raise Contradiction("A child named is not this officer's.", code="not_this_officers", pointer="/to")
    rest = next((share.officer for share in shares if share.children is None), None)
    wanted = {child: asked.get(child, rest) for child in held}
    return Plan(
        [
            Step(child, held[child][0].child_id, officer, held[child])
            for child, officer in sorted(wanted.items())
            if officer is not None
        ]
    )
