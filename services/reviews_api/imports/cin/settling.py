"""What a census says of one child, put as records: discussions, initial conferences, plans, their reviews."""

from collections.abc import Sequence

from services.reviews_api.conferences.schemas import ConferenceBody, DecidedBody
from services.reviews_api.imports.accounts import Said, one_account
from services.reviews_api.imports.cin.children import settle_child
from services.reviews_api.imports.cin.held import SOURCE, Held, Key
from services.reviews_api.imports.cin.putting import COLUMNS, PUT, Pen
from services.reviews_api.imports.cin.rows import (
    ChildReturn,
    ConferenceRow,
    EnquiryRow,
    PlanReviewRow,
    PlanRow,
    in_iso,
)
from services.reviews_api.imports.findings import Refused
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.protection_plans.schemas import PlanBody
from services.reviews_api.strategy_discussions.models import Section47
from services.reviews_api.strategy_discussions.schemas import StrategyDiscussionBody

SATURDAY = 5


async def settle(pen: Pen, said: ChildReturn, first_day_ordinal: int) -> None:
    """Bring one child up to date. `first_day_ordinal` is that of the first day of the census year."""
    child, held = await settle_child(pen, said)
    if child is None:
        _reject_all(pen, said)
        return
    settling = Settling(pen, said, held, first_day_ordinal)
    if said.complete:
        await pen.withdraw_what_is_gone(held, settling.keys())
    await settling.put_all()


def _reject_all(pen: Pen, said: ChildReturn) -> None:
    code = "child_merged" if said.children else "child_unknown"
    for kind, rows in said.by_kind().items():
        pen.verdicts.reject(kind, [row.row for row in rows], Refused(COLUMNS[kind], code))


class Settling:
    """Puts the records of one child, those first that others rest on."""

    def __init__(self, pen: Pen, said: ChildReturn, held: Held, first_day_ordinal: int) -> None:
        self.pen, self.said, self.held, self.first_day = pen, said, held, first_day_ordinal
        self.conferences: dict[str, str] = {}  # by day, the reference of the initial conference of that day

    def keys(self) -> set[Key]:
        """What the return speaks of."""
        return {(kind, row.day) for kind, rows in self.said.by_kind().items() for row in rows}

    async def put_all(self) -> None:
        """Put everything."""
        for enquiry in self._accounts("section47", self.said.enquiries):
            await self._put_enquiry(enquiry)
        for conference in self._accounts("conferences", self._once()):
            await self._put_conference(conference)
        kept = {
            row.row.started_on
            for row in self._accounts("plans", self.said.plans)
            if await self._put_plan(row)
        }
        for review in self._accounts("plan_reviews", self.said.plan_reviews):
            if review.row.plan_started_on in kept:
                await self._put_review(review)
            else:
                self.pen.verdicts.reject(
                    "plan_reviews", review.rows, Refused("CPPreviewDate", "plan_not_kept")
                )

    def _accounts(self, kind: str, rows: Sequence) -> list[Said]:  # type: ignore[type-arg]
        accounts, contradicting = one_account(rows, lambda row: row.day, lambda row: row.content())
        self.pen.verdicts.reject(kind, contradicting, Refused(COLUMNS[kind], "conflicting_duplicate"))
        return accounts

    def _once(self) -> list[ConferenceRow]:
        """Rule 2884: a conference is recorded with its enquiries, or else beside them."""
        with_enquiries = {row.held_on for row in self.said.conferences if row.of_enquiry}
        twice = [row for row in self.said.conferences if not row.of_enquiry and row.held_on in with_enquiries]
        column = COLUMNS["conferences"]
        self.pen.verdicts.reject(
            "conferences", [row.row for row in twice], Refused(column, "conference_at_both_levels")
        )
        return [row for row in self.said.conferences if row not in twice]

    async def _put_enquiry(self, said: Said[EnquiryRow]) -> None:
        row = said.row
        if row.target_on is not None and row.target_on.weekday() >= SATURDAY:
            self.pen.verdicts.warn("section47", said.rows, "InitialCPCtarget", "target_on_a_weekend")
        body = StrategyDiscussionBody(
            child=self.said.reference,
            held_on=in_iso(row.started_on),
            # Enquiries that needed no conference start no clock for one: the return says no day on which they ended.
            section47=Section47.CONTINUED if row.needless else Section47.INITIATED,
            source_version=self.pen.order,
        )
        await self._put("section47", said, body)

    async def _put_conference(self, said: Said[ConferenceRow]) -> None:
        row = said.row
        if row.of_enquiry and row.held_on.weekday() >= SATURDAY:
            self.pen.verdicts.warn("conferences", said.rows, "DateOfInitialCPC", "conference_on_a_weekend")
        plan = next((each for each in self.said.plans if each.started_on == row.held_on), None)
        decided = {"outcome": "plan", "category": plan.initial_category} if plan else {}
        body = ConferenceBody(
            conference_type="initial",
            held_on=in_iso(row.held_on),
            children=[DecidedBody(child=self.said.reference, **decided)],
            source_version=self.pen.order,
        )
        if await self._put("conferences", said, body):
            held = self.held.records.get(("conferences", row.held_on))
            name = held.reference if held else self._reference("conferences", said)
            self.conferences[str(row.held_on)] = name

    async def _put_plan(self, said: Said[PlanRow]) -> bool:
        row = said.row
        if row.started_on.toordinal() >= self.first_day and row.started_on not in row.conferences:
            code = "start_differs_from_conference"
            self.pen.verdicts.warn("plans", said.rows, "CPPstartDate", code)
        body = PlanBody(
            child=self.said.reference,
            conference=self.conferences.get(str(row.started_on)),
            started_on=in_iso(row.started_on),
            ended_on=in_iso(row.ended_on),
            initial_category=row.initial_category,
            latest_category=row.latest_category,
            previous_plans_elsewhere=max(row.previous_plans - self._plans_here_before(row), 0),
            source_version=self.pen.order,
        )
        return await self._put("plans", said, body)

    def _plans_here_before(self, row: PlanRow) -> int:
        days = {day for kind, day in self.held.records if kind == "plans"}
        days |= {each.started_on for each in self.said.plans}
        return sum(day < row.started_on for day in days)

    async def _put_review(self, said: Said[PlanReviewRow]) -> None:
        body = ConferenceBody(
            conference_type="review",
            held_on=in_iso(said.row.held_on),
            children=[DecidedBody(child=self.said.reference)],
            source_version=self.pen.order,
        )
        await self._put("plan_reviews", said, body)

    async def _put(self, kind: str, said: Said, body) -> bool:  # type: ignore[no-untyped-def, type-arg]
        known = self.held.records.get((kind, said.row.day))
        if known is not None and known.source != SOURCE:
            same = not isinstance(known, ProtectionPlan) or known.ended_on == said.row.ended_on
            return self.pen.leave_to_case_system(kind, said.rows, same)
        return await self.pen.put(kind, said.rows, PUT[kind], self._reference(kind, said), body)

    def _reference(self, kind: str, said: Said) -> str:  # type: ignore[type-arg]
        known = self.held.records.get((kind, said.row.day))
        # A review on the day of an initial conference is another conference.
        between = "~" if kind == "plan_reviews" else "-"
        return known.reference if known else f"{self.said.reference}{between}{said.row.day}"
