"""A survey as counts: how many were asked, how many answered, and how often each answer was given."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from services.reviews_api.record import Recorded
from shared.db.base import JSONB, Base
from shared.deadlines.facts import NewFact


class Survey(Recorded, Base, kw_only=True):
    """`from_on` and `until_on` are the London dates of its first and last day. A question is {code, text, several,
    answers}, with a count for each answer's code; who said what is never told."""

    __tablename__ = "survey"
    noun: ClassVar[str] = "survey"
    tells: ClassVar[tuple[str, ...]] = ()

    title: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    asked: Mapped[int]
    returned: Mapped[int]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list)

    def facts(self) -> Iterable[NewFact]:
        """None: a survey bears on no date."""
        return ()
