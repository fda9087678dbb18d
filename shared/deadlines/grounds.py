"""Whether a closed deadline still rests on the facts that it was decided by, when its rule is worded otherwise now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.timescales.counted import Counted
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.facts import Fact


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts that stand in one history: on which London dates there is one of a record, and one of a kind. A fact
    that may count as of another day is there on either, whatever the law says of it now."""

    of_record: Mapping[UUID, set[date]]
    of_kind: Mapping[str, set[date]]
    counted: Mapping[UUID, set[date]]

    def bear(self, old: Row[Any], new: Deadline | None) -> bool:
        """Whether a closed deadline is as its facts had it under the law of its time; `new` is what the same promise
        is under the law now, None where there is none."""
        return self._starts(old, new) and self._ends(old, new)

    def _starts(self, old: Row[Any], new: Deadline | None) -> bool:
        if new is None:
            return old.starts_on in self.of_record.get(old.anchor_id, ())
        return old.starts_at == new.starts_at and self._is_same_day(
            old.anchor_id, old.starts_on, new.starts_on
        )

    def _ends(self, old: Row[Any], new: Deadline | None) -> bool:
        end = None if new is None else _end(new)
        if old.outcome == Outcome.PASSED:
            return end is None or old.due_on < end.on
        if old.closed_on not in self.of_kind.get(old.closed_by, ()):
            return False
        # What closes it now may be later by the new law, and is sooner only where a fact was told since.
        return end is None or old.closed_on <= end.on or self._is_same_day(end.record, old.closed_on, end.on)

    def _is_same_day(self, record: UUID, then: date, now: date) -> bool:
        return then == now or {then, now} <= self.counted.get(record, set())


def _end(new: Deadline) -> Fact | None:
    """The fact that closes a deadline, but for what was granted."""
    facts = (new.opened.stop, new.opened.cancel)
    decisive = (fact for fact in facts if fact and (fact.kind, fact.on) == (new.closed_by, new.closed_on))
    return next(decisive, facts[0] or facts[1] if new.outcome == Outcome.PASSED else None)


def grounds(facts: Iterable[Fact], rules: Mapping[str, Counted]) -> Grounds:
    """The grounds that these standing facts are; `rules` say which of them may count as of another day."""
    of_record: defaultdict[UUID, set[date]] = defaultdict(set)
    of_kind: defaultdict[str, set[date]] = defaultdict(set)
    counted: defaultdict[UUID, set[date]] = defaultdict(set)
    dated = {kind for rule in rules.values() for kind in (rule.fact, rule.as_of)}
    for fact in facts:
        of_record[fact.record].add(fact.on)
        of_kind[fact.kind].add(fact.on)
        if fact.kind in dated:
            counted[fact.record].add(fact.on)
    for rule in rules.values():
        of_kind[rule.leaves] |= of_kind[rule.fact]
        of_kind[rule.fact] |= of_kind[rule.as_of]
    return Grounds(of_record, of_kind, counted)
