"""From what somebody sent to facts as the engine reads them, or a refusal that says which of them cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID, uuid5

from services.scheduler.previews.schemas import ToldFact
from shared.refusals import Contradiction
from shared.timescales.codes import may_say, values_of
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.london import london_date

NAMESPACE = UUID("3d4b8a52-7b0e-5c1f-9f2e-6a1c0d9e4b77")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, what its record is called, and where it stands in what was sent; None for a stored one."""

    fact: Fact
    name: str
    pointer: str | None = None

    @property
    def key(self) -> tuple[str, UUID]:
        """What a history holds one of at most."""
        return self.fact.kind, self.fact.record


def read_facts(history: str, sent: Sequence[ToldFact], pointer: str) -> list[Told]:
    """The facts of a list in the body. Raises Contradiction, naming the first that cannot be."""
    found: dict[tuple[str, UUID], Told] = {}
    for number, each in enumerate(sent):
        told = _read(history, each, f"{pointer}/{number}")
        if told.key in found:
            _refuse("This record has a fact of this kind already.", f"{pointer}/{number}")
        found[told.key] = told
    return list(found.values())


def check_together(history: str, facts: Sequence[Told]) -> None:
    """Raise Contradiction for what cannot have happened as it is told: a history that begins twice, or anything that
    ends before it begins. What is stored is taken as it is."""
    opens, closes = HISTORIES[history].opens, HISTORIES[history].closes
    for kind in (opens, closes):
        twice = [each for each in facts if each.fact.kind == kind][1:]
        if told := next((each for each in reversed(twice) if each.pointer), None):
            _refuse(
                "This happens once in a history: withdraw the one that stands.", told.pointer, "happens_once"
            )
    for begun, ended in _stretches(facts, opens, closes):
        if ended.fact.on < begun.fact.on and (pointer := ended.pointer or begun.pointer):
            _refuse("It cannot end before it begins.", pointer, "ends_before_it_begins")


def _stretches(facts: Sequence[Told], opens: str | None, closes: str | None) -> Iterator[tuple[Told, Told]]:
    """What begins something, with what ends it."""
    held = {each.key: each for each in facts}
    openings = [each for each in facts if each.fact.kind == opens]
    for each in facts:
        if each.fact.kind == closes:
            yield from ((begun, each) for begun in openings)
        begun = held.get((KINDS[each.fact.kind].about or "", each.fact.record))
        if begun and KINDS[each.fact.kind].rank == 0:
            yield begun, each


def _read(history: str, sent: ToldFact, pointer: str) -> Told:
    kind = KINDS[sent.kind]
    if history not in kind.histories:
        fitting = ", ".join(kind.histories)
        _refuse(f"A history of this kind holds no such fact; it belongs to: {fitting}.", f"{pointer}/kind")
    _check_codes(sent, pointer)
    _check_dated(sent, pointer)
    on = sent.happened_on or london_date(sent.happened_at)  # type: ignore[arg-type]
    name = sent.record or pointer
    return Told(Fact(sent.kind, record_id(name), on, sent.happened_at, sent.codes), name, pointer)


def record_id(name: str) -> UUID:
    """The id of a record: the name itself where it is an id."""
    try:
        return UUID(name)
    except ValueError:
        return uuid5(NAMESPACE, name)


def _check_codes(sent: ToldFact, pointer: str) -> None:
    known = KINDS[sent.kind].codes
    for code, value in sent.codes.items():
        if code not in known:
            carried = f"it may carry: {', '.join(known)}" if known else "it carries none"
            _refuse(f"This kind of fact carries no such code; {carried}.", f"{pointer}/codes", "unknown_code")
        if not may_say(code, value):
            _refuse(
                f"This code must be one of: {values_of(code)}.", f"{pointer}/codes/{code}", "unknown_code"
            )


def _check_dated(sent: ToldFact, pointer: str) -> None:
    precision, on, at = KINDS[sent.kind].precision, sent.happened_on, sent.happened_at
    if precision is Precision.DAY and (on is None or at is not None):
        field = "happened_on" if at is None else "happened_at"
        _refuse("This is known to the day: give happened_on alone.", f"{pointer}/{field}", "misdated")
    if precision is Precision.INSTANT and (at is None or on is not None):
        _refuse("This is known to the instant: give happened_at alone.", f"{pointer}/happened_at", "misdated")
    if (on is None) is (at is None):
        _refuse("Give happened_on or happened_at, and not both.", f"{pointer}/happened_on", "misdated")


def _refuse(detail: str, pointer: str | None, code: str | None = None) -> NoReturn:
    raise Contradiction(detail, code=code, pointer=pointer)
