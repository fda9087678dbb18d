"""The part of a story that records of their own tell: the child, care, placements, officers, reviews and checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from shared.timescales.facts import Fact
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date
from tests.stateful.speaker import Answer, Speaker

CHILD = "/v1/children/C-1"
BORN = "child.born"


@dataclass
class Review:
    """A review as its record must be: its days by the facts that they tell."""

    period: str
    days: dict[str, date] = field(default_factory=dict)


@dataclass
class Records(Speaker):
    """The steps of a case system that writes records."""

    child_id: UUID | None = None
    born: date | None = None
    versions: dict[str, int] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)

    async def child(self, born: int | None) -> None:
        """A birth that is expected lies ahead."""
        day = self.ago(born)
        answer = await self._put(CHILD, {} if day is None else {"date_of_birth": str(day)})
        if answer:
            self.child_id, self.born = UUID(answer["id"]), day
            self._tell_birth()

    async def period(self, number: int, started: int, notified: int | None, ended: int | None) -> None:
        name, on, end = f"CP-{number}", self.ago(started), self.ago(ended)
        at = None if notified is None else self._at(self.ago(notified))
        body = {"child": "C-1", "started_on": str(on), "iro_notified_at": at and at.isoformat()}
        answer = await self._put(f"/v1/care_periods/{name}", body | {"ended_on": end and str(end)})
        if answer:
            self._opened(name, "care_period", answer)
            source = {"source": "case_system"}
            found = [self._fact("care_period.started", answer, on, codes=source)]
            found += [self._fact("iro_service.notified", answer, london_date(at), at)] if at else []
            found += [self._fact("care_period.ended", answer, end, codes=source)] if end else []
            self.model.tell(self.histories[name], name, found)
            if answer["version"] != self.versions.get(name):
                self.versions[name] = answer["version"]
                self._tell_birth()

    async def history(self, kind: str) -> None:
        answer = await self._put(f"/v1/histories/{kind}", {"kind": kind, "child": "C-1"})
        if answer:
            self._opened(kind, kind, answer)

    async def review(self, number: int, period: int, scheduled: int | None, held: int | None) -> None:
        name, home = f"R-{number}", f"CP-{period}"
        days = {"scheduled_on": self.ago(scheduled), "held_on": self.ago(held)}
        body = {key: day and str(day) for key, day in days.items()}
        answer = await self._put(f"/v1/reviews/{name}", {"care_period": home} | body)
        if answer:
            review = self.reviews.setdefault(name, Review(home))
            cancelled = None if held is not None else review.days.get("review.cancelled")
            said = {"review.scheduled": days["scheduled_on"], "review.held": days["held_on"]}
            review.days = {kind: day for kind, day in said.items() if day}
            review.days |= {"review.cancelled": cancelled} if cancelled else {}
            self._tell_review(name, answer)

    async def hold(self, number: int, held: int) -> None:
        day = self.today - timedelta(days=held)
        await self._step(number, "hold", {"held_on": str(day)}, day, "review.held")

    async def meet(self, number: int, ago: int) -> None:
        day = self.today - timedelta(days=ago)
        await self._step(number, "meet", {"on": str(day)}, day, "review.began")

    async def adjourn(self, number: int, ago: int) -> None:
        """The meeting that broke off begins the review, where none came before."""
        day = self.today - timedelta(days=ago)
        body = {"adjourned_on": str(day), "because": "A report was missing."}
        await self._step(number, "adjourn", body, day, "review.began", "review.adjourned")

    async def complete(self, number: int, held: int) -> None:
        day = self.today - timedelta(days=held)
        await self._step(number, "complete", {"held_on": str(day)}, day, "review.held")

    async def follow_up(self, number: int, after: int) -> None:
        """The decisions are issued so many days after the review, and answered today."""
        held = self.reviews.get(f"R-{number}", Review("")).days.get("review.held", self.today)
        day = held + timedelta(days=after)
        issued = {"decisions_issued_on": str(day)}
        await self._step(number, "issue_decisions", issued, day, "review.decisions_issued")
        answer = {"decisions_answered_on": str(self.today), "decisions_answer": "agreed"}
        await self._step(number, "answer_decisions", answer, self.today, "review.decisions_answered")

    async def cancel(self, number: int) -> None:
        body = {"approved_by": "manager-1", "reason": "illness"}
        await self._step(number, "cancel", body, self.today, "review.cancelled")

    async def _step(self, number: int, verb: str, body: Answer, day: date, *kinds: str) -> None:
        """A review takes a step, which tells these facts of that day; it begins but once."""
        name = f"R-{number}"
        answer = await self._post(f"/v1/reviews/{name}/{verb}", body)
        if answer:
            days = self.reviews[name].days
            days |= {kind: day for kind in kinds if kind != "review.began" or kind not in days}
            self._tell_review(name, answer)

    async def allocation(self, number: int, period: int, day: int) -> None:
        at = self._at(self.ago(day))
        body = {"care_period": f"CP-{period}", "officer": "iro-1", "allocated_at": at.isoformat()}
        answer = await self._put(f"/v1/allocations/A-{number}", body)
        if answer:
            fact = self._fact("iro.allocated", answer, london_date(at), at)
            self.model.tell(self.histories[f"CP-{period}"], f"A-{number}", [fact])

    async def check(self, number: int, period: int, day: int) -> None:
        body = {"care_period": f"CP-{period}", "officer": "iro-1", "completed_on": str(self.ago(day))}
        answer = await self._put(f"/v1/midpoint_checks/M-{number}", body | {"finding": "drift"})
        if answer:
            fact = self._fact("midpoint_check.completed", answer, self.ago(day))
            self.model.tell(self.histories[f"CP-{period}"], f"M-{number}", [fact])

    async def place(
        self,
        number: int,
        period: int,
        started: int,
        ended: int | None,
        notified: int | None,
        codes: Mapping[str, str],
    ) -> None:
        name, home = f"PL-{number}", f"CP-{period}"
        days = {"started": self.ago(started), "ended": self.ago(ended), "notified": self.ago(notified)}
        said = {code: value if code == "placement_type" else value == "yes" for code, value in codes.items()}
        body = {"care_period": home} | {f"{verb}_on": day and str(day) for verb, day in days.items()} | said
        answer = await self._put(f"/v1/placements/{name}", body)
        if answer:
            known = {"started": codes}
            found = [
                self._fact(f"placement.{verb}", answer, day, codes=known.get(verb))
                for verb, day in days.items()
                if day
            ]
            self.model.tell(self.histories[home], name, found)

    async def status(self, number: int, period: int, day: int, code: str) -> None:
        name, home = f"LS-{number}", f"CP-{period}"
        body = {"care_period": home, "status": code, "from_on": str(self.ago(day))}
        answer = await self._put(f"/v1/legal_statuses/{name}", body)
        if answer:
            fact = self._fact("legal_status.changed", answer, self.ago(day), codes={"legal_status": code})
            self.model.tell(self.histories[home], name, [fact])

    def _opened(self, name: str, kind: str, answer: Answer) -> None:
        if name not in self.histories:
            self.histories[name] = UUID(answer["id"])
            self.model.facts[self.histories[name]] = {}
            if kind in KINDS[BORN].histories:
                self._tell_birth()

    def _tell_birth(self) -> None:
        known = self.child_id is not None and self.born is not None
        told = [Fact(BORN, self.child_id, self.born)] if known else []
        for name, history in self.histories.items():
            if name.startswith("CP-") or name in KINDS[BORN].histories:
                self.model.tell(history, BORN, told)

    def _tell_review(self, name: str, answer: Answer) -> None:
        review = self.reviews[name]
        source = {"review.held": {"source": "case_system"}}
        found = [self._fact(kind, answer, on, codes=source.get(kind)) for kind, on in review.days.items()]
        self.model.tell(self.histories[review.period], name, found)
