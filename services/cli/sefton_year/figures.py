"""The report's figures: where each is said, and how it is asked of the API."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.auth.principal import Role

YEAR = f"?from={FIRST_DAY}&to={LAST_DAY}"


@dataclass(frozen=True, slots=True)
class Question:
    """One GET, asked once for all the figures that are read from its answer."""

    path: str
    role: Role = Role.IRO_MANAGER
    service: str = "reviews"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the report. A percentage is one that the API rounds as the report does: to a whole one, a half up."""

    said: str
    where: str
    reported: int | str
    question: Question
    read: Callable[[Any], int | str | None]


def _at(*keys: str) -> Callable[[Any], Any]:
    def read(answer: Any) -> Any:
        for key in keys:
            answer = answer[key]
        return answer

    return read


REVIEWS = Question(f"/v1/review_figures{YEAR}")

FIGURES: Sequence[Figure] = (
    Figure("reviews chaired in the year", "section 1", 1140, REVIEWS, _at("held")),
    Figure("of them in time, %", "section 1", 98, REVIEWS, _at("in_time_percent")),
    Figure("of those asked, took part, %", "section 1", 84, REVIEWS, _at("participated_percent")),
    Figure("My Reports returned", "section 1", 143, REVIEWS, _at("my_report_returned")),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the report beside the one that was computed."""

    figure: Figure
    computed: int | str | None

    @property
    def agrees(self) -> bool:
        """Whether they are the same."""
        return self.computed == self.figure.reported


def compare(figures: Sequence[Figure], answers: Mapping[Question, Any]) -> list[Compared]:
    """Each figure beside what its question's answer says."""
    return [Compared(figure, figure.read(answers[figure.question])) for figure in figures]
