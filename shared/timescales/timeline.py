"""One history in order: which facts start a clock, which stop it, which cancel it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from uuid import UUID

from shared.timescales.conditions import Codes, Reckoned, meets, meets_none, standing
from shared.timescales.facts import Fact
from shared.timescales.kind import BEGINS, ENDS, Precision
from shared.timescales.kinds import CLOSING, HISTORIES, KINDS
from shared.timescales.timescale import Cancels, Nth, Starts, Stops, Timescale

_on, _order = attrgetter("on"), attrgetter("order")
_NONE: list[Fact] = []
_NTH = {Nth.FIRST: slice(0, 1), Nth.EACH: slice(None), Nth.AFTER_FIRST: slice(1, None)}


class Timeline:
    """The facts of one history by kind, each kind in order, however they arrived."""

    def __init__(self, history: Iterable[Fact]) -> None:
        ordered = sorted(history, key=_order)
        self.kinds: Mapping[str, list[Fact]] = _by_kind(ordered)
        stood = list(standing(ordered))
        self._codes = {id(each.fact): each.codes for each in stood}
        self._seen = {
            pair
            for codes in {id(each.codes): each.codes for each in stood}.values()
            for pair in codes.items()
        }
        self._stale = {id(each.fact) for each in stood if each.stale}
        self._spans: dict[tuple[str, ...], tuple[date, date]] = {}
        self._records: dict[str, dict[UUID, list[Fact]]] = {}
        self._said: dict[tuple[str, int], list[Fact]] = {}

    def starts(self, row: Timescale) -> Iterator[Fact]:
        """The facts that start this timescale's clock, none from outside the history's own span."""
        if row.when and not self._ever(row.when):
            return
        for each in row.starts:
            if each.fact in self.kinds:
                yield from self._applying(row, self._nth(each, self._inside(each, row)))

    def holds_when_due(self, row: Timescale, due_on: date) -> bool:
        """Whether the conditions that are looked at on the due day hold."""
        return not row.elapsed or all(
            each.holds(self.of(each.since), due_on) for each in row.elapsed if each.at is Reckoned.DUE
        )

    def of(self, kind: str) -> Sequence[Fact]:
        """The facts of one kind, in order."""
        return self.kinds.get(kind, ())

    def stop(self, row: Timescale, start: Fact) -> Fact | None:
        """The fact that meets the deadline, if any: one already there if the row allows it, else the next."""
        stops = self._matching(row.stops, start)
        place = _first_after(stops, start, row.precision)
        if place and row.stops.already:
            return stops[place - 1]
        if not row.stops.same_record:
            while place < len(stops) and _ended_before(stops[place], start):
                place += 1
        return stops[place] if place < len(stops) else None

    def cancel(self, row: Timescale, start: Fact) -> Fact | None:
        """The first fact after the start that ends the clock without meeting it, if any."""
        first: Fact | None = None
        for each in row.cancels:
            if each.fact in self.kinds:
                found = self._first_cancel(each, row, start)
                if found is not None and (first is None or found.order < first.order):
                    first = found
        return first

    def _matching(self, wanted: Stops | Cancels, start: Fact) -> Sequence[Fact]:
        """The facts of a kind that a stop or cancel may be, in order."""
        if wanted.same_record:
            found = self._of_record(wanted.fact, start.record)
            return self._saying(found, wanted.when) if wanted.when and found else found
        found = self.kinds.get(wanted.fact, _NONE)
        if self._stale and found and KINDS[wanted.fact].about is not None:
            found = [fact for fact in found if id(fact) not in self._stale]
        if not wanted.when or not found:
            return found
        key = (wanted.fact, id(wanted.when))
        if key not in self._said:
            self._said[key] = self._saying(found, wanted.when)
        return self._said[key]

    def _of_record(self, kind: str, record: UUID) -> list[Fact]:
        if kind not in self.kinds:
            return _NONE
        if kind not in self._records:
            records = self._records[kind] = {}
            for fact in self.kinds[kind]:
                records.setdefault(fact.record, []).append(fact)
        return self._records[kind].get(record, _NONE)

    def _saying(self, facts: Iterable[Fact], when: Codes) -> list[Fact]:
        return [fact for fact in facts if meets(self._codes[id(fact)], when)]

    def _first_cancel(self, cancels: Cancels, row: Timescale, start: Fact) -> Fact | None:
        found = self._matching(cancels, start)
        if KINDS[start.kind].planned and (cancels.same_record or cancels.fact in CLOSING):
            return found[0] if found else None  # what is planned may fall through before its day
        for fact in found[_first_after(found, start, row.precision) :]:
            if fact.on > start.on or cancels.same_record or _is_no_older(fact, start):
                return fact
        return None

    def _inside(self, starts: Starts, row: Timescale) -> Sequence[Fact]:
        found = self.kinds[starts.fact]
        first, last = self._span(row.histories)
        early = KINDS[starts.fact].early
        last = date.max if KINDS[starts.fact].planned else last
        if (found[0].on < first and not early) or found[-1].on > last:
            found = [fact for fact in found if (early or first <= fact.on) and fact.on <= last]
        return [fact for fact in found if meets(fact.codes, starts.when)] if starts.when else found

    def _span(self, histories: tuple[str, ...]) -> tuple[date, date]:
        if histories not in self._spans:
            opens = [kind.opens for name in histories if (kind := HISTORIES[name]).opens]
            closes = [kind.closes for name in histories if (kind := HISTORIES[name]).closes]
            first = min((fact.on for name in opens for fact in self.of(name)), default=date.min)
            last = min((fact.on for name in closes for fact in self.of(name)), default=date.max)
            self._spans[histories] = first, last
        return self._spans[histories]

    def _nth(self, starts: Starts, facts: Sequence[Fact]) -> Iterable[Fact]:
        if starts.since is None:
            nth = facts[_NTH[starts.nth]]
            return nth if starts.until is None else [f for f in nth if not self._until(starts, None, f)]
        since = self.of(starts.since)
        groups: defaultdict[int, list[Fact]] = defaultdict(list)
        for fact in facts:
            if place := bisect_right(since, fact.on, key=_on):
                groups[place - 1].append(fact)
        return [
            fact
            for place, group in groups.items()
            for fact in group[_NTH[starts.nth]]
            if starts.until is None or not self._until(starts, since[place], fact)
        ]

    def _until(self, starts: Starts, since: Fact | None, fact: Fact) -> bool:
        """Whether what the starts last until has happened by the day of the fact."""
        ends = self.kinds.get(starts.until or "", _NONE)
        first = 0 if since is None else bisect_right(ends, since.order, key=_order)
        return first < len(ends) and ends[first].on <= fact.on

    def _ever(self, when: Codes) -> bool:
        """Whether each code had one of these values at any time."""
        return all(any((code, value) in self._seen for value in values) for code, values in when.items())

    def _applying(self, row: Timescale, facts: Iterable[Fact]) -> Iterable[Fact]:
        """Those facts for which the row's conditions hold."""
        if row.when or row.unless:
            facts = self._meeting(row, facts)
        for each in row.elapsed:
            if each.at is Reckoned.START:
                since = self.of(each.since)
                facts = [fact for fact in facts if each.holds(since, fact.on)]
        return facts

    def _meeting(self, row: Timescale, facts: Iterable[Fact]) -> Iterable[Fact]:
        met: dict[int, bool] = {}  # facts without codes of their own share what stands
        for fact in facts:
            codes = self._codes[id(fact)]
            meeting = met.get(id(codes))
            if meeting is None:
                meeting = met[id(codes)] = meets(codes, row.when) and meets_none(codes, row.unless)
            if meeting:
                yield fact


def follows(fact: Fact, start: Fact, precision: Precision) -> bool:
    """Whether a fact comes after the start: later in order for the same kind, on or after it for another.

    A clock in hours compares instants where both facts have one; any other comparison is of London dates.
    """
    if fact.kind == start.kind:
        return fact.order > start.order
    if precision is Precision.INSTANT and fact.at is not None and start.at is not None:
        return fact.at >= start.at
    return fact.on >= start.on


def _first_after(facts: Sequence[Fact], start: Fact, precision: Precision) -> int:
    """The place of the first of some facts of one kind, in order, that comes after the start."""
    if not facts:
        return 0
    if facts[0].kind == start.kind:
        return bisect_right(facts, start.order, key=_order)
    place = bisect_left(facts, start.on, key=_on)
    if precision is Precision.INSTANT:
        while place < len(facts) and not follows(facts[place], start, precision):
            place += 1
    return place


def _is_no_older(fact: Fact, start: Fact) -> bool:
    """Whether what ended on the very day of the start can be what began there, and not something before it: the later
    of two instants, and of two days what its kind says."""
    if fact.at is not None and start.at is not None and fact.at != start.at:
        return fact.at > start.at
    return KINDS[fact.kind].rank >= KINDS[start.kind].rank


def _ended_before(fact: Fact, start: Fact) -> bool:
    """Whether it ended, on the very day on which a stretch began, the one before that."""
    return fact.on == start.on and KINDS[fact.kind].rank == ENDS and KINDS[start.kind].rank == BEGINS


def _by_kind(ordered: Iterable[Fact]) -> dict[str, list[Fact]]:
    kinds: dict[str, list[Fact]] = {}
    for fact in ordered:
        kinds.setdefault(fact.kind, []).append(fact)
    return kinds
