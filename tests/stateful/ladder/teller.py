"""Everybody's steps through the public doors, each told to the model too; time, the sweep, and what is heard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from services.escalation_api.reactions import follow_authority
from services.scheduler.relay import relay
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.timescales.london import london_date
from tests.escalations.ladder_story import WORDS, Ladder
from tests.escalations.story import CONCERN
from tests.stateful.ladder import rules
from tests.stateful.ladder.model import Promise, Told
from tests.stateful.ladder.policy import Policy
from tests.town import Town

SIBLINGS = ("C-1", "C-2", "C-3")
ABOUT = ({"child": "C-1"}, {"child": None, "children": list(SIBLINGS)}, {"child": None, "team": "east"})
KINDS = {None: None, True: "practice_alert", False: "informal_resolution"}
Who = tuple[Role, str]


@dataclass
class Alert:
    """An escalation that was raised: how to reach it, what it must be, and what it was when it was last looked at."""

    door: Ladder
    told: Told
    seen: list[dict[str, Any]] = field(default_factory=list)
    answer: str = ""


@dataclass
class Teller:
    """Every step of a story is one of its methods; a step on what is not there yet is passed over."""

    town: Town
    council: Sequence[Policy]
    alerts: list[Alert] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return london_date(self.town.clock.now())

    @property
    def policy(self) -> Policy:
        """The ladder in force today."""
        return [each for each in self.council if each.first_day <= self.today][-1]

    async def begin(
        self, who: Who, about: int, formal: bool | None, place: int | None, needed: int | None
    ) -> None:
        """Raised with a reason, unless it begins at the foot of the ladder."""
        policy = self.policy
        place = None if place is None else min(place, policy.top)
        needed_on = None if needed is None else self.today + timedelta(days=needed)
        said = {"kind": KINDS[formal], "needed_on": needed_on and str(needed_on)}
        said |= {} if place is None else {"stage": policy.rungs[place].code}
        said |= {"because": "The child is not safe."} if place or formal else {}
        body = CONCERN | ABOUT[about] | {key: value for key, value in said.items() if value}
        bearer = f"Bearer {self.town.token(*who)}"
        answer = await self.town.ask("escalation", "POST", "/v1/escalations", body, authorization=bearer)
        if self._expected(
            answer, rules.on_raising(policy, who[0], formal, place, "because" in said), "raise"
        ):
            told = Told(policy, needed_on)
            told.stand_at(rules.place_of_raising(policy, formal, place), self.today)
            self.alerts.append(Alert(Ladder(self.town, answer.json()["id"]), told))

    async def advance(self, alert: Alert, who: Who, up: int | None) -> None:
        told, body = alert.told, dict(WORDS["advance"])
        if up is not None:
            place = told.visit.place + up
            known = 0 <= place <= told.policy.top
            body["stage"] = told.policy.rungs[place].code if known else "nowhere"
        expected = rules.on_step(told, "advance", *who) if up is None else rules.on_leap(told, who[0], up)
        answer = await alert.door.take("advance", body, *who)
        if self._expected(answer, expected, "advance"):
            told.stand_at(told.visit.place + (up or 1), self.today)

    async def take(self, alert: Alert, who: Who, verb: str) -> None:
        """It is asked again, reopened, or ends."""
        partly = verb == "resolve_partly"
        step = "resolve" if partly else verb
        answer = await alert.door.take(step, WORDS[step] | ({"partly": True} if partly else {}), *who)
        if self._expected(answer, rules.on_step(alert.told, verb, *who), verb):
            if verb in rules.CLOSING:
                alert.told.end(verb, self.today)
            else:
                alert.told.stand_at(alert.told.visit.place, self.today)

    async def draft(self, alert: Alert, who: Who, promised: Sequence[int], send: bool) -> None:
        told, days = alert.told, [self.today + timedelta(days=ahead) for ahead in promised]
        offered = [{"action": "A visit.", "due_on": str(day)} for day in days]
        body = {"answer": "We shall visit.", "promises": offered, "send": send}
        answer = await alert.door.take("responses", body, *who)
        if self._expected(answer, rules.on_drafting(told, who[0], send=send), "answer"):
            alert.answer = answer.json()["id"]
            told.answer, told.offered = "draft", days
            told.answered_by.add(who[1])
            if send:
                told.sent(self.today)

    async def send(self, alert: Alert, who: Who) -> None:
        if alert.answer:
            gone_by = any(day < self.today for day in alert.told.offered)
            answer = await alert.door.take(f"responses/{alert.answer}/send", {}, *who)
            if self._expected(answer, rules.on_sending(alert.told, who[0], gone_by=gone_by), "send"):
                alert.told.sent(self.today)
                alert.told.answered_by.add(who[1])

    async def discard(self, alert: Alert, who: Who) -> None:
        if alert.answer:
            answer = await alert.door.take(f"responses/{alert.answer}/discard", {}, *who)
            if self._expected(answer, rules.on_discarding(alert.told, who[0]), "discard"):
                alert.told.answer = "discarded"

    async def decide(self, alert: Alert, who: Who, how: str) -> None:
        if alert.answer:
            answer = await alert.door.take(f"responses/{alert.answer}/{how}", {"because": "So it is."}, *who)
            if self._expected(answer, rules.on_deciding(alert.told, *who), rules.DECISIONS[how]):
                if how == "reject":
                    alert.told.reject(self.today)
                else:
                    alert.told.accept(self.today, partly=how == "accept_partly")

    async def follow(self, alert: Alert, who: Who, nth: int, verb: str, days: int) -> None:
        """A promise is kept so many days ago, moved so many ahead, or dropped."""
        if alert.told.promises:
            nth %= len(alert.told.promises)
            promise = alert.told.promises[nth]
            which = (await alert.door.promises())[nth]["id"]
            day, done = self.today + timedelta(days=days), self.today - timedelta(days=days)
            body = {
                "keep": {"done_on": str(done), "evidence": "It is on record."},
                "move": {"due_on": str(day), "reason": "The child is away."},
                "drop": {"reason": "The child has moved."},
            }[verb]
            answer = await alert.door.take(f"promises/{which}/{verb}", body, *who)
            if self._expected(answer, rules.on_promise(promise.outstanding, verb, who[0]), verb):
                _followed(promise, verb, self.today, done, day)

    async def wait(self, hours: int) -> None:
        self.town.pass_time(hours=hours)

    async def hear(self) -> None:
        """What is due is noticed and told, and escalation_api reacts to it."""
        engine, now = self.town.apps["scheduler"].state.door.engine, self.town.clock.now()
        await sweep(engine, self.town.authority, now)
        await relay(engine, self.town.authority, now)
        await self._listen()
        for alert in self.alerts:
            alert.told.hear(self.today)

    async def hear_again(self) -> None:
        """As after a restore: every event is heard once more."""
        await self.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
        await self._listen()

    async def _listen(self) -> None:
        while await follow_authority(self.town.apps["escalation"].state.door, self.town.authority):
            pass

    def _expected(self, answer: httpx.Response, status: int, verb: str) -> bool:
        """Whether it was done; it must be answered so."""
        assert answer.status_code == status, (verb, answer.text)
        if answer.is_success:
            self.taken.append(verb)
        return answer.is_success


def _followed(promise: Promise, verb: str, today: date, done: date, due: date) -> None:
    if verb == "keep":
        promise.done = done
    elif verb == "move":
        promise.due = due
    else:
        promise.dropped = today
