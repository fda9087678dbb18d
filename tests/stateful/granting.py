"""The part of a story that has no record of its own: what happened, and what was granted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.timescales.engine import Deadline
from shared.timescales.facts import Fact
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date
from tests.stateful.speaker import Answer, Speaker


@dataclass
class Granted:
    """An exemption as it stands: in which history, its days, and the instant (UTC) of its granting."""

    history: UUID
    days: tuple[date | None, date | None]
    at: datetime


@dataclass
class Facts(Speaker):
    """The steps of a case system that reports facts and exemptions."""

    granted: dict[str, Granted] = field(default_factory=dict)

    async def fact(self, home: str, kind: str, number: int, day: int, codes: Mapping[str, str]) -> None:
        """A fact is put; what it is about has the same number."""
        on, known = self.ago(day), KINDS[kind]
        timed = known.precision is Precision.INSTANT or (known.precision is Precision.EITHER and day % 2)
        at = self._at(on) if timed else None
        when = {"happened_at": at.isoformat()} if at else {"happened_on": str(on)}
        about = {"about": _about(home, known.about, number)} if known.about else {}
        body = {"history": home, "kind": kind, "codes": dict(codes)} | when | about
        answer = await self._put(f"/v1/facts/{home}.{kind}.{number}", body)
        if answer:
            found = Fact(kind, UUID(answer["record_id"]), london_date(at) if at else on, at, codes)
            self.model.tell(self.histories[home], f"{home}.{kind}.{number}", [found])

    async def withdraw(self, home: str, kind: str, number: int) -> None:
        name = f"{home}.{kind}.{number}"
        if await self._post(f"/v1/facts/{name}/withdraw", {"because": "It was not so."}):
            self.model.tell(self.histories[home], name, [])

    async def grant(self, number: int, nth: int, kind: str, first: int, length: int) -> None:
        """An exemption is put for some deadline that may have it; the days count from its due day."""
        name = f"E-{number}"
        running = sorted(
            (each for each in self.model.deadlines() if self.now < each.due_at and _allows(each, kind)),
            key=lambda each: (each.outcome != "open", each.due_at, each.timescale, each.anchor),
        )
        if not running:
            return
        deadline = running[nth % len(running)]
        from_on = deadline.due_on + timedelta(days=first) if kind == "pause" else None
        until_on = None if kind == "waiver" else (from_on or deadline.due_on) + timedelta(days=length)
        body = {
            "deadline": str(self.model.id_of(deadline)),
            "kind": kind,
            "from_on": from_on and str(from_on),
            "until_on": until_on and str(until_on),
            "because": "Nobody could be there.",
            "approved_by": "manager-1",
        }
        answer = await self._put(f"/v1/exemptions/{name}", body)
        if answer:
            self._tell_grant(name, answer, deadline, from_on, until_on)

    async def take_away(self, number: int) -> None:
        name = f"E-{number}"
        if await self._post(f"/v1/exemptions/{name}/withdraw", {"because": "No need any more."}):
            self.model.tell(self.granted.pop(name).history, name, [])

    def _tell_grant(
        self, name: str, answer: Answer, deadline: Deadline, first: date | None, until: date | None
    ) -> None:
        history, before = UUID(answer["history_id"]), self.granted.get(name)
        same = before is not None and before.days == (first, until)
        at = before.at if before and same else self.now
        self.granted[name] = Granted(history, (first, until), at)
        codes = {"timescale": deadline.timescale, "anchor": str(deadline.anchor)}
        codes |= {key: str(day) for key, day in {"from": first, "until": until}.items() if day is not None}
        kind = "exemption.granted" if first is None else "pause.granted"
        self.model.tell(history, name, [self._fact(kind, answer, london_date(at), at, codes)])


def _about(home: str, about: str | None, number: int) -> str:
    return f"K-{number}" if about == "conference" else f"{home}.{about}.{number}"


def _allows(deadline: Deadline, kind: str) -> bool:
    relief = deadline.opened.timescale.relief
    return bool({"pause": relief.pause, "extension": relief.extension, "waiver": relief.waiver}[kind])
