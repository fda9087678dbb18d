"""The care periods that a child's episodes make, beside those that the case system has put."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.reviews_api.care_periods.actions import happenings
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.imports.ssda903.header import ANY_VERSION
from services.reviews_api.imports.ssda903.spells import Chain
from services.reviews_api.imports.ssda903.writing import SOURCE, Writing
from services.reviews_api.record import STANDING


@dataclass(slots=True)
class Periods:
    """The periods in which the child was looked after, and those of earlier returns that a correction undid."""

    standing: list[CarePeriod]
    gone: list[CarePeriod]

    def covering(self, day: date) -> CarePeriod | None:
        """The period that this London date lies in; where one ends and another starts, the one that ends."""
        covering = [period for period in self.standing if period.covers(day)]
        return min(covering, key=lambda period: period.started_on, default=None)


def period_reference(child: str, started_on: date) -> str:
    """What a period known from returns is called."""
    return f"{child}-{started_on}"


def not_of_returns(periods: Iterable[CarePeriod]) -> list[CarePeriod]:
    """The periods that the case system put, or has made its own by correcting their start."""
    return [period for period in periods if not _of_returns(period)]


def differs(child: str, chain: Chain, theirs: Sequence[CarePeriod]) -> bool:
    """Whether the case system has this time of care under other dates."""
    name = period_reference(child, chain.started_on)
    return any(
        period.started_on != chain.started_on and (period.reference == name or _overlap(period, chain))
        for period in theirs
    )


def settle_periods(
    child: Child,
    made: Sequence[Chain],
    held: Sequence[CarePeriod],
    withdrawn: Mapping[str, CarePeriod],
    writing: Writing,
) -> Periods:
    """Bring the periods known from returns up to date with the chains of episodes.

    A period that no chain begins any more keeps its record; its facts no longer stand. One that was withdrawn and
    that a chain begins comes back: the return says that it was no mistake.
    """
    theirs = not_of_returns(held)
    ours = {period.started_on: period for period in held if _of_returns(period)}
    standing = list(theirs)
    for chain in made:
        period = ours.pop(chain.started_on, None)
        if period is not None:
            _follow(period, chain, writing)
        elif _is_theirs(child.reference, chain, theirs):
            continue
        else:
            gone = withdrawn.get(period_reference(child.reference, chain.started_on))
            period = _begin(child, chain, writing) if gone is None else _bring_back(gone, chain, writing)
        writing.govern(period.id, period.facts())
        standing.append(period)
    for period in ours.values():
        writing.govern(period.id, [])
    return Periods(standing, list(ours.values()))


def _is_theirs(child: str, chain: Chain, theirs: Sequence[CarePeriod]) -> bool:
    return any(period.started_on == chain.started_on for period in theirs) or differs(child, chain, theirs)


def _begin(child: Child, chain: Chain, writing: Writing) -> CarePeriod:
    period = CarePeriod(
        authority_id=child.authority_id,
        reference=period_reference(child.reference, chain.started_on),
        child_id=child.id,
        started_on=chain.started_on,
        ended_on=chain.ended_on,
        source=SOURCE,
    )
    writing.periods.append(period)
    writing.events.extend(happenings(period, {}))
    return period


def _bring_back(period: CarePeriod, chain: Chain, writing: Writing) -> CarePeriod:
    dates = {"started_on": chain.started_on, "ended_on": chain.ended_on}
    period.change({**dates, "source": SOURCE, **STANDING}, ANY_VERSION)
    writing.events.extend(happenings(period, {}))
    return period


def _follow(period: CarePeriod, chain: Chain, writing: Writing) -> None:
    if period.ended_on == chain.ended_on:
        return
    before = {"started_on": period.started_on, "ended_on": period.ended_on}
    period.ended_on = chain.ended_on
    period.version += 1
    writing.events.extend(happenings(period, before))


def _of_returns(period: CarePeriod) -> bool:
    # Also one that a return gave to another record of the same child, before the two were merged.
    return period.source == SOURCE and period.reference.endswith(f"-{period.started_on}")


def _overlap(period: CarePeriod, chain: Chain) -> bool:
    return _before(period.started_on, chain.ended_on) and _before(chain.started_on, period.ended_on)


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end
