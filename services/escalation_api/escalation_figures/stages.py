"""The stages of a council's ladders, as figures name them."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field

from services.escalation_api.escalation_figures.counts import by
from services.escalation_api.escalations.ladders import stage_of
from shared.http.fields import View
from shared.timescales.catalogue import Catalogue

Place = tuple[int, int]


class StageName(View):
    """A stage of one of the council's ladders; the same code may mean another stage on another ladder."""

    ladder: str | None = Field(description="Null for what was closed before there was a ladder.")
    stage: str | None
    title: str | None = Field(description="Null where the council's file does not hold the ladder any more.")


def named(catalogue: Catalogue, ladder: str | None, stage: str | None) -> dict[str, str | None]:
    """The fields of a StageName."""
    known = stage_of(catalogue, ladder, stage)
    return {"ladder": ladder, "stage": stage, "title": known.title if known else None}


def by_stage(
    catalogue: Catalogue, rows: Sequence[Any]
) -> Iterator[tuple[dict[str, str | None], Sequence[Any]]]:
    """Rows by the `ladder` and `stage` that they tell of, each with the fields of its StageName: ladder by ladder from
    the oldest, and each from its foot."""
    found = by(rows, lambda row: f"{row.ladder or ''}.{row.stage or ''}").values()
    for of in sorted(found, key=lambda each: _place(catalogue, each[0])):
        yield named(catalogue, of[0].ladder, of[0].stage), of


def _place(catalogue: Catalogue, row: Any) -> Place:
    for number, ladder in enumerate(catalogue.ladders):
        if ladder.code == row.ladder:
            return number, next((n for n, each in enumerate(ladder.stages) if each.code == row.stage), -1)
    return -1, -1
