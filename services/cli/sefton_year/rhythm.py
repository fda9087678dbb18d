"""When reviews are held: on working days, and in time unless somebody says otherwise."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from shared.timescales.calendar import Calendar
from shared.timescales.periods import corresponding_date

DAY = timedelta(days=1)
FIRST_AFTER = (14, 25)  # days in care at the first review, which is owed in 20 working days
SLACK = (1, 8)  # days that a review is held before it is owed; 1 also where months have no such day
SECOND, LATER = 3, 6  # months, as the law has it


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Draws days of reviews. All dates are London's."""

    random: Random
    calendar: Calendar

    def between(self, first: date, last: date) -> date:
        """Any day from one to another, both included."""
        return first + self.random.randint(0, (last - first).days) * DAY

    def working_day(self, first: date, last: date) -> date:
        """Any working day from one to another, of which there is one at least."""
        days = ((last - first).days + 1) * [first]
        open_days = [d for n, each in enumerate(days) if self.calendar.is_working_day(d := each + n * DAY)]
        return self.random.choice(open_days)

    def on_or_after(self, day: date) -> date:
        """The day, or the next that is a working day."""
        while not self.calendar.is_working_day(day):
            day += DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day, or the last before it that is a working day."""
        while not self.calendar.is_working_day(day):
            day -= DAY
        return day

    def first_review(self, started_on: date) -> date:
        """The day of a first review, in time."""
        return self.on_or_after(started_on + self.random.randint(*FIRST_AFTER) * DAY)

    def next_review(self, held_on: date, months: int = LATER) -> date:
        """The day of the review after one, in time."""
        return self.on_or_before(corresponding_date(held_on, months) - self.random.randint(*SLACK) * DAY)

    def review_before(self, held_on: date, months: int = LATER) -> date:
        """The day of the review before one that was in time."""
        return self.on_or_after(corresponding_date(held_on, -months) + self.random.randint(*SLACK) * DAY)

    def start_before(self, first_review: date) -> date:
        """The day on which a child became looked after whose first review was in time."""
        return first_review - self.random.randint(*FIRST_AFTER) * DAY
