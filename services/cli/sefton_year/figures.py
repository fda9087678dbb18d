"""A figure of the report, what answers it, and the two laid beside each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.auth.principal import Role

Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One GET; a `listed` one is read to its end. Asked once, however many figures are read from its answer."""

    path: str
    role: Role = Role.IRO_MANAGER
    service: str = "reviews"
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """What the report gives as a range, both ends included."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least}-{self.most}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the report. A percentage is rounded as the report does: to a whole one, a half up."""

    said: str
    where: str
    reported: int | str | Between
    questions: tuple[Question, ...]
    read: Callable[..., Value]
    """Takes the questions' answers in their order."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the report beside the one that was computed."""

    figure: Figure
    computed: Value

    @property
    def agrees(self) -> bool:
        """Whether they are the same."""
        reported = self.figure.reported
        if isinstance(reported, Between):
            known = isinstance(self.computed, int | float)
            return known and reported.least <= self.computed <= reported.most  # type: ignore[operator]
        return self.computed == reported


def compare(figures: Sequence[Figure], answers: Mapping[Question, Any]) -> list[Compared]:
    """Each figure beside what its questions' answers say."""
    return [
        Compared(figure, figure.read(*(answers[question] for question in figure.questions)))
        for figure in figures
    ]


def table(compared: Sequence[Compared]) -> list[str]:
    """The comparison as text, a line for each figure; what differs is marked."""
    lines = [f"   {'Sefton 2020-21':54}{'where':12}{'report':>8}{'computed':>10}"]
    for each in compared:
        mark = "  " if each.agrees else "!!"
        figure = each.figure
        lines.append(f"{mark} {figure.said:54}{figure.where:12}{figure.reported!s:>8}{each.computed!s:>10}")
    return lines
