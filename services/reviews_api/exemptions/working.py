"""What a deadline would be without an exemption, and with it: worked out by the engine and stored nowhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reviews_api.exemptions.models import Exemption
from shared.deadlines.law import Law
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact
from shared.timescales.relief import EXEMPTION, PAUSE


@dataclass(frozen=True, slots=True)
class Working:
    """One promise, and the standing facts of its history. Every answer is None where the promise does not run."""

    law: Law
    facts: Sequence[Fact]
    timescale: str
    anchor: UUID

    def with_nothing_granted(self) -> Deadline | None:
        """The deadline as the law alone has it."""
        return self._deadline(lambda fact: fact.kind not in (EXEMPTION, PAUSE))

    def without(self, exemption: Exemption) -> Deadline | None:
        """The deadline with everything granted but this."""
        return self._deadline(lambda fact: fact.record != exemption.id)

    def with_(self, exemption: Exemption) -> Deadline | None:
        """The deadline with this granted as it now stands, and everything else."""
        mine = [Fact(new.kind, new.record_id, new.on, new.at, new.codes) for new in exemption.facts()]
        return self._deadline(lambda fact: fact.record != exemption.id, mine)

    def _deadline(self, kept: Callable[[Fact], bool], more: Sequence[Fact] = ()) -> Deadline | None:
        facts = [*filter(kept, self.facts), *more]
        found = deadlines(facts, self.law.catalogue, self.law.calendar, {self.timescale})
        return next((each for each in found if each.anchor == self.anchor), None)


def counts(exemption: Exemption, deadline: Deadline | None) -> bool:
    """Whether the deadline, worked out with the exemption, is what it is because of it."""
    if deadline is None:
        return False
    opened = deadline.opened
    return exemption.id in {each.record for each in (*opened.relief, opened.waived) if each is not None}
