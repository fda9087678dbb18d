"""Reading dip samples: the children who were drawn, and what it came to."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.dip_samples.models import Answer, DipSample, DipSampleChild
from services.reviews_api.dip_samples.schemas import (
    DipSampleFigures,
    DipSamplePage,
    DipSampleView,
    DrawnChild,
)
from services.reviews_api.dip_samples.states import State
from services.reviews_api.figures import each, parts
from services.reviews_api.record import get
from shared.http.percentages import percent
from shared.refusals import NotFound

UNANSWERED = "unanswered"
Drawn = Row[DipSampleChild, str]


async def page(session: AsyncSession, authority: str, reference: str) -> DipSamplePage:
    """A dip sample, and what it comes to so far. Raises NotFound."""
    sample = await get(session, DipSample, authority, reference)
    shown = await figures(session, sample, sees_all=True)
    return DipSamplePage(**DipSampleView.model_validate(sample).model_dump(), figures=shown)


async def figures(session: AsyncSession, sample: DipSample, *, sees_all: bool) -> DipSampleFigures:
    """What the sample comes to so far, small numbers kept back unless the reader sees all."""
    found = (
        await session.execute(_latest_draw(select(DipSampleChild.answer, DipSampleChild.findings), sample))
    ).all()
    given = Counter(row.answer or UNANSWERED for row in found)
    findings = Counter(code for row in found for code in row.findings)
    counts = {name: given[name] for name in (*Answer, UNANSWERED)}
    answers = parts({str(name): count for name, count in counts.items()}, sees_all=sees_all)
    yes, no = answers[Answer.YES].count, answers[Answer.NO].count
    return DipSampleFigures(
        question=sample.question,
        drawn_on=sample.drawn_on,
        drawn_from=sample.drawn_from,
        sampled=len(found),
        answers=answers,
        percentage=None if yes is None or no is None else percent(yes, yes + no),
        findings=each(dict(sorted(findings.items())), sees_all=sees_all),
    )


def _latest_draw(query: Select[*tuple[object, ...]], sample: DipSample) -> Select[*tuple[object, ...]]:
    return query.where(
        DipSampleChild.authority_id == sample.authority_id,
        DipSampleChild.dip_sample_id == sample.id,
        DipSampleChild.draw == sample.draw,
    )


def _with_references(sample: DipSample) -> Select[DipSampleChild, str]:
    return _latest_draw(  # type: ignore[return-value]
        select(DipSampleChild, Child.reference).join(
            Child,
            (Child.authority_id == DipSampleChild.authority_id) & (Child.id == DipSampleChild.child_id),
        ),
        sample,
    )


async def drawn_children(
    session: AsyncSession, sample: DipSample, answered: bool | None, after: int, limit: int
) -> list[DrawnChild]:
    """Up to `limit` of the children drawn, in the order of the draw, after this position."""
    query = _with_references(sample).where(DipSampleChild.position > after)
    if answered is not None:
        query = query.where(DipSampleChild.answer.is_not(None) == answered)
    rows = await session.execute(query.order_by(DipSampleChild.position).limit(limit))
    return [shown(row) for row in rows]


async def drawn_child(session: AsyncSession, sample: DipSample, child: UUID) -> Drawn:
    """One of the children drawn. Raises NotFound for a child who was not."""
    row = (await session.execute(_with_references(sample).where(DipSampleChild.child_id == child))).first()
    if row is None:
        raise NotFound("child in this dip sample")
    return row


def shown(row: Drawn) -> DrawnChild:
    """A child who was drawn, as they are shown."""
    drawn, reference = row
    own = {name: getattr(drawn, name) for name in DrawnChild.model_fields.keys() - {"child"}}
    return DrawnChild(child=reference, **own)


def narrowed(
    question: str | None, state: State | None, drawn: tuple[date | None, date | None]
) -> Iterator[ColumnElement[bool]]:
    """The conditions of a list: those that were asked for."""
    first, last = drawn
    if question is not None:
        yield DipSample.question == question
    if state is not None:
        yield DipSample.state == state
    if first is not None:
        yield DipSample.drawn_on >= first
    if last is not None:
        yield DipSample.drawn_on <= last
