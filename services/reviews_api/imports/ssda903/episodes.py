"""The episode rows of a child: which of them can stand, beside each other and beside what is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.imports.accounts import one_account
from services.reviews_api.imports.findings import Refused, Verdicts
from services.reviews_api.imports.ssda903.by_child import ChildReturn
from services.reviews_api.imports.ssda903.held import Held
from services.reviews_api.imports.ssda903.models import Episode
from services.reviews_api.imports.ssda903.periods import differs, not_of_returns, period_reference
from services.reviews_api.imports.ssda903.rows import EpisodeRow
from services.reviews_api.imports.ssda903.spells import Spell, chains, changed, overlapping
from services.reviews_api.imports.ssda903.writing import Writing

CONTENT = ("ended_on", "legal_status", "placement", "reason_new", "reason_ended")


@dataclass(slots=True)
class Standing:
    """The episodes that stand, and why each of the others cannot, by their starts."""

    spells: dict[date, Spell]
    refusals: dict[date, Refused]


def settle_episodes(
    child: Child | None, said: ChildReturn, held: Held, verdicts: Verdicts, writing: Writing
) -> list[Spell]:
    """Store the episodes that can stand; returns all that stand now, in order."""
    rows = _possible(child, said.episodes, held, verdicts)
    accounts, contradicting = one_account(rows, lambda row: row.started_on, _in_order)
    verdicts.reject("episodes", contradicting, Refused("DECOM", "conflicting_duplicate"))
    returned = {each.row.started_on: each.row for each in accounts}
    standing = find_standing(said.reference, returned, held.episodes, held.periods)
    new = changed(returned, held.episodes)
    for each in accounts:
        start = each.row.started_on
        if start in standing.refusals:
            verdicts.reject("episodes", each.rows, standing.refusals[start])
            continue
        if start in new and child is not None:
            _store(child, each.row, held, writing)
            verdicts.accept("episodes")
        verdicts.leave("episodes", len(each.rows) - (start in new))
    return [standing.spells[start] for start in sorted(standing.spells)]


def _possible(
    child: Child | None, rows: Iterable[EpisodeRow], held: Held, verdicts: Verdicts
) -> list[EpisodeRow]:
    possible = []
    for row in rows:
        if child is None:
            verdicts.reject("episodes", [row.row], held.nobody)
        elif child.date_of_birth is not None and row.started_on < child.date_of_birth:
            verdicts.reject("episodes", [row.row], Refused("DECOM", "before_birth"))
        elif period_reference(child.reference, row.started_on) in held.taken:
            verdicts.reject("episodes", [row.row], Refused("DECOM", "record_of_another"))
        else:
            possible.append(row)
    return possible


def _in_order(row: EpisodeRow) -> tuple[date, str, str, str, str]:
    return row.ended_on or date.max, row.legal_status, row.placement, row.reason_new, row.reason_ended or ""


def _store(child: Child, row: EpisodeRow, held: Held, writing: Writing) -> None:
    values = {name: getattr(row, name) for name in CONTENT}
    episode = held.episodes.get(row.started_on)
    if episode is None:
        writing.episodes.append(Episode(child.authority_id, child.id, row.started_on, **values))
    else:
        for name, value in values.items():
            setattr(episode, name, value)


def find_standing(
    reference: str,
    returned: Mapping[date, Spell],
    held: Mapping[date, Spell],
    periods: Iterable[CarePeriod],
) -> Standing:
    """Which episodes stand. Goes on until a second import of the same rows would find nothing to do:
    each round only adds episodes as returned, so there are no more rounds than rows."""
    theirs = not_of_returns(periods)
    spells = dict(held)
    while True:
        standing = _one_round(reference, returned, spells, theirs)
        if not changed(standing.spells, spells):
            return standing
        spells = standing.spells


def _one_round(
    reference: str, returned: Mapping[date, Spell], held: Mapping[date, Spell], theirs: list[CarePeriod]
) -> Standing:
    refusals: dict[date, Refused] = {}
    while True:
        new = {start: row for start, row in changed(returned, held).items() if start not in refusals}
        kept = [spell for start, spell in held.items() if start not in new]
        spells, overlaps = overlapping(new.values(), kept)
        refused = dict.fromkeys(overlaps, Refused("DECOM", "overlaps"))
        for chain in chains(spells):
            if differs(reference, chain, theirs):
                other_dates = Refused("DECOM", "care_period_differs")
                refused |= dict.fromkeys(new.keys() & set(chain.links), other_dates)
        if not refused:
            return Standing({spell.started_on: spell for spell in spells}, refusals)
        refusals |= refused
