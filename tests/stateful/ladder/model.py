"""What an escalation must be, told by itself: where it stands, what can be done with it, and which clocks it has."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tests.stateful.ladder.days import working_days_after
from tests.stateful.ladder.policy import Policy, Rung

Clock = tuple[str, date, str]
"""A clock: its timescale, its day, and what became of it."""

ENDS = {"resolve", "resolve_partly", "withdraw", "supersede"}
POSSIBLE = {
    "open": {"answer", "advance", *ENDS},
    "answered": {"accept_answer", "accept_partly", "reject", "advance", "withdraw", "supersede"},
    "accepted": {"advance", *ENDS},
    "partly_accepted": {"advance", *ENDS},
    "rejected": {"advance", "ask_again", *ENDS},
    "resolved": {"reopen"},
    "partly_resolved": {"reopen"},
    "withdrawn": {"reopen"},
    "superseded": {"reopen"},
}
ENDED_AS = {
    "resolve": "resolved",
    "resolve_partly": "partly_resolved",
    "withdraw": "withdrawn",
    "supersede": "superseded",
}
UNDER_WAY = ("open", "answered", "accepted", "partly_accepted", "rejected")


@dataclass
class Visit:
    """A stage on which it stood; days are London's."""

    place: int
    opened: date
    answered: date | None = None
    decided: date | None = None
    accepted: date | None = None
    closed: date | None = None


@dataclass
class Promise:
    """An action that was promised."""

    due: date
    done: date | None = None
    dropped: date | None = None

    @property
    def outstanding(self) -> bool:
        return self.done is None and self.dropped is None


@dataclass
class Told:
    """An escalation as it must be. `answer` is the state of its last answer, with the day of each promise it offers."""

    policy: Policy
    needed: date | None = None
    state: str = "open"
    visits: list[Visit] = field(default_factory=list)
    formal: date | None = None
    settled: date | None = None
    closed: date | None = None
    answer: str | None = None
    offered: list[date] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    answered_by: set[str] = field(default_factory=set)

    @property
    def visit(self) -> Visit:
        return self.visits[-1]

    @property
    def rung(self) -> Rung:
        return self.policy.rungs[self.visit.place]

    @property
    def at_top(self) -> bool:
        return self.visit.place == self.policy.top

    @property
    def possible(self) -> set[str]:
        return POSSIBLE[self.state] - ({"advance"} if self.at_top else set())

    @property
    def waiting(self) -> bool:
        return self.answer in ("draft", "sent")

    @property
    def outstanding(self) -> bool:
        return any(promise.outstanding for promise in self.promises)

    def stand_at(self, place: int, today: date) -> None:
        self._leave(today)
        self.state, self.settled, self.closed = "open", None, None
        self.visits.append(Visit(place, today))
        if self.rung.formal:
            self.formal = self.formal or today

    def sent(self, today: date) -> None:
        self.state, self.answer, self.visit.answered = "answered", "sent", today

    def accept(self, today: date, *, partly: bool) -> None:
        self.answer = self.state = "partly_accepted" if partly else "accepted"
        self.visit.decided = self.visit.accepted = today
        self.promises += [Promise(day) for day in self.offered]
        if self.formal and not partly:
            self.settled = today

    def reject(self, today: date) -> None:
        self.answer = self.state = "rejected"
        self.visit.decided = today
        if not self.at_top:
            self.stand_at(self.visit.place + 1, today)

    def end(self, verb: str, today: date) -> None:
        self._leave(today)
        self.state, self.closed = ENDED_AS[verb], today
        if verb.startswith("resolve"):
            self.settled = self.settled or (today if self.formal else None)
        for promise in self.promises:
            if promise.outstanding:
                promise.dropped = today

    def hear(self, today: date) -> None:
        """What silence does, if the stage is unanswered past its day."""
        late = self.state == "open" and self._due(self.visit) < today
        if late and self.rung.silence == "perform" and not self.at_top:
            self.stand_at(self.visit.place + 1, today)

    def unanswered(self, today: date) -> int:
        """How many stages have passed their day without an answer in time, or been left after it."""
        ends = [(self._due(each), each.answered or each.closed or today) for each in self.visits]
        return sum(end > due for due, end in ends)

    def clocks(self) -> list[Clock]:
        """Every clock it ever had, in the order of the days."""
        return sorted(self._clocks(), key=lambda each: (each[1], each[0], each[2]))

    def _clocks(self) -> Iterator[Clock]:
        prefix = f"alert-{self.policy.code}"
        for each in self.visits:
            yield self.policy.clock(each.place), *_kept(self._due(each), each.answered, each.closed)
            if each.answered:
                due = working_days_after(each.answered, self.policy.decide)
                yield f"{prefix}-decision", *_kept(due, each.decided, each.closed)
            if each.accepted:
                due = working_days_after(each.accepted, self.policy.follow_up)
                yield f"{prefix}-outcome", *_kept(due, self.closed, each.closed)
        if self.formal:
            yield "alert-formal", *_kept(working_days_after(self.formal, 20), self.settled, self.closed)
        if self.needed:
            put_right = self.closed if self.state == "resolved" else None
            yield "alert-needed-by", *_kept(self.needed, put_right, None if put_right else self.closed)
        for promise in self.promises:
            yield "alert-action", *_kept(promise.due, promise.done, promise.dropped or self.closed)

    def _due(self, visit: Visit) -> date:
        return working_days_after(visit.opened, self.policy.rungs[visit.place].days)

    def _leave(self, today: date) -> None:
        if self.visits and self.visit.closed is None:
            self.visit.closed = today
        self.answer = {"draft": "discarded", "sent": "passed_over"}.get(self.answer or "", self.answer)


def _kept(due: date, stop: date | None, cancel: date | None) -> tuple[date, str]:
    """The day of a clock, and what became of it; on the same day, what meets it wins."""
    if stop and not (cancel and cancel < stop):
        return due, "met" if stop <= due else "met_late"
    if cancel:
        return due, "ended" if cancel <= due else "ended_unmet"
    return due, "open"
