"""What becomes of a concern: who answers, who decides, and how it ends; each step some working days after the last."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.cli.sefton_year import wording
from services.cli.sefton_year.concerns import Concern
from services.cli.sefton_year.deeds import Step
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.year import LAST_DAY
from shared.auth.principal import Role

MORNING, AFTERNOON = (9, 11), (14, 16)  # hours of the day: few, so that much of a day is asked for at once
SOON, IN_TIME, DECIDED, FOLLOWED = (1, 3), (3, 9), (1, 4), (2, 12)  # working days
UNANSWERED = (11, 13)  # working days after which an officer acts on silence, which has lasted for 10
WORKERS = 6  # social workers in a team

Within = tuple[int, int]
Steps = Iterator[Step]


@dataclass(slots=True)
class Course:
    """One concern on its way; `on` is the London date that it has reached."""

    rhythm: Rhythm
    concern: Concern
    alert: str
    on: date

    def officer(self, within: Within, verb: str, **body: Any) -> Step:
        """The officer does this so many working days later."""
        self.go_on(within)
        return self._step(AFTERNOON, verb, body, self.concern.role, self.concern.officer)

    def answer(self, within: Within, role: Role, *, promised: int = 0) -> Steps:
        """A social worker drafts, and a manager sends, an answer that may promise something within working days."""
        self.go_on(within)
        body: dict[str, Any] = {"answer": self.one_of(wording.ANSWERS)}
        if promised:
            due_on = self.rhythm.calendar.working_day(self.on, promised)
            body["promises"] = [{"action": self.one_of(wording.ACTIONS), "due_on": f"{due_on}"}]
        worker = f"sw-{self.concern.team}-{self.rhythm.random.randint(1, WORKERS)}"
        yield self._step(MORNING, "draft", body, Role.SOCIAL_WORKER, worker)
        yield self._step(AFTERNOON, "send", {}, role, self.manager(role))

    def word(self, within: Within) -> Step:
        """The team manager answers in one go."""
        self.go_on(within)
        body = {"answer": self.one_of(wording.ANSWERS), "send": True}
        return self._step(MORNING, "draft", body, Role.TEAM_MANAGER, self.manager(Role.TEAM_MANAGER))

    def kept(self, within: Within) -> Step:
        """The team manager records that what was promised is done."""
        self.go_on(within)
        body = {"done_on": f"{self.on}", "evidence": wording.EVIDENCE, "plan_changed": self._change()}
        return self._step(MORNING, "keep", body, Role.TEAM_MANAGER, self.manager(Role.TEAM_MANAGER))

    def resolved(self, within: Within, *, partly: bool = False) -> Step:
        """The officer closes it."""
        outcome = wording.IN_PART if partly else self.one_of(wording.OUTCOMES)
        return self.officer(within, "resolve", outcome=outcome, plan_changed=self._change(), partly=partly)

    def go_on(self, within: Within) -> None:
        """So many working days pass."""
        self.on = self.rhythm.calendar.working_day(self.on, self.rhythm.random.randint(*within))

    def one_of(self, words: tuple[str, ...]) -> str:
        """Any of these."""
        return self.rhythm.random.choice(words)

    def manager(self, role: Role) -> str:
        """Who answers for the team, or above it."""
        return f"tm-{self.concern.team}" if role is Role.TEAM_MANAGER else "head-of-service"

    def _step(
        self, hours: tuple[int, ...], verb: str, body: Mapping[str, Any], role: Role, subject: str
    ) -> Step:
        return Step(self.on, self.rhythm.random.choice(hours), self.alert, verb, body, role, subject)

    def _change(self) -> str:
        return self.rhythm.random.choice(("yes", "no", "not_needed"))


def _quiet_word(its: Course) -> Steps:
    yield its.resolved((2, 9))


def _answered(its: Course) -> Steps:
    yield its.word(IN_TIME)
    yield its.officer(DECIDED, "accept")
    yield its.resolved(FOLLOWED)


def _late_word(its: Course) -> Steps:
    yield its.resolved((12, 25))


def _misunderstood(its: Course) -> Steps:
    yield its.officer((1, 8), "withdraw", reason=wording.MISUNDERSTOOD)


def _in_part(its: Course) -> Steps:
    yield its.resolved((3, 9), partly=True)


def _came_back(its: Course) -> Steps:
    yield its.resolved((2, 9))
    yield its.officer((10, 30), "reopen", reason=wording.CAME_BACK)
    yield its.resolved((2, 9))


def _silence_below(its: Course) -> Steps:
    yield its.officer(UNANSWERED, "advance", because=wording.UNANSWERED)


def _rejected_below(its: Course) -> Steps:
    yield its.word(IN_TIME)
    yield its.officer(DECIDED, "reject", because=its.one_of(wording.NOT_ENOUGH))


def _graver(its: Course) -> Steps:
    yield its.officer((1, 6), "advance", because=wording.GRAVER)


def _promised(its: Course, role: Role = Role.TEAM_MANAGER) -> Steps:
    yield from its.answer(IN_TIME, role, promised=12)
    yield its.officer(DECIDED, "accept")
    yield its.kept((2, 7))
    yield its.resolved(SOON)


def _promise_broken(its: Course) -> Steps:
    yield from its.answer(IN_TIME, Role.TEAM_MANAGER, promised=6)
    yield its.officer(DECIDED, "accept")
    yield its.kept((7, 12))
    yield its.resolved(SOON)


def _promise_dropped(its: Course) -> Steps:
    yield from its.answer(IN_TIME, Role.TEAM_MANAGER, promised=12)
    yield its.officer(DECIDED, "accept")
    yield its.officer((2, 6), "drop", reason=wording.NOT_NEEDED_NOW)
    yield its.resolved(SOON)


def _rejected(its: Course) -> Steps:
    yield from its.answer(IN_TIME, Role.TEAM_MANAGER)
    yield its.officer(DECIDED, "reject", because=its.one_of(wording.NOT_ENOUGH))
    yield from _promised(its, Role.SENIOR_MANAGER)


def _silence(its: Course) -> Steps:
    yield its.officer(UNANSWERED, "advance", because=wording.UNANSWERED)
    yield from _promised(its, Role.SENIOR_MANAGER)


def _asked_again(its: Course) -> Steps:
    for role in (Role.TEAM_MANAGER, Role.SENIOR_MANAGER):
        yield from its.answer(IN_TIME, role)
        yield its.officer(DECIDED, "reject", because=its.one_of(wording.NOT_ENOUGH))
    yield its.officer(SOON, "ask_again", reason=wording.STILL_NOT_ENOUGH)
    yield from _promised(its, Role.SENIOR_MANAGER)


def _accepted_in_part(its: Course) -> Steps:
    yield from its.answer(IN_TIME, Role.TEAM_MANAGER)
    yield its.officer(DECIDED, "accept_partly", because=wording.STILL_WANTING)
    yield its.resolved(FOLLOWED, partly=True)


INFORMAL: Mapping[Callable[[Course], Steps], int] = {
    _quiet_word: 60,
    _answered: 22,
    _late_word: 9,
    _misunderstood: 4,
    _in_part: 4,
    _came_back: 1,
}
"""How those end that stay informal, in a hundred; the report says nothing of it, nor of the others."""
GOING_UP: Mapping[Callable[[Course], Steps], int] = {_silence_below: 60, _rejected_below: 25, _graver: 15}
FORMAL: Mapping[Callable[[Course], Steps], int] = {
    _promised: 46,
    _promise_broken: 8,
    _promise_dropped: 4,
    _rejected: 14,
    _silence: 12,
    _asked_again: 2,
    _quiet_word: 5,
    _accepted_in_part: 6,
    _misunderstood: 3,
}


def tell_course(
    rhythm: Rhythm, concern: Concern, alert: str, *ways: Mapping[Callable[[Course], Steps], int]
) -> Steps:
    """The steps of one concern after it was raised, drawn one after another from these ways. What would come after the
    year is not told; and a child who leaves care takes the ground of it along."""
    its = Course(rhythm, concern, alert, concern.raised_on)
    for way in ways:
        for step in rhythm.random.choices([*way], [*way.values()])[0](its):
            if concern.left_on is not None and step.on >= concern.left_on:
                its.on = concern.left_on
                yield from _superseded(its)
                return
            if step.on > LAST_DAY:
                return
            yield step


def _superseded(its: Course) -> Steps:
    step = its.officer(SOON, "supersede", reason=wording.LEFT_CARE)
    if step.on <= LAST_DAY:
        yield step
