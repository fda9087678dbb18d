"""The escalations in a bundle: every one that was raised for a child, with the whole of what followed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.bundles.alert_views import (
    BundleAlert,
    BundleAnswer,
    BundlePromise,
    BundleStage,
    BundleStep,
)
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.escalations.ladders import stage_of
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.parts import promises_of, responses_of, stages_of, steps_of
from services.escalation_api.escalations.promises import PROMISE, PromiseState
from services.escalation_api.escalations.queries import children_of
from services.escalation_api.escalations.responses import Response
from services.escalation_api.escalations.stages import EscalationStage
from services.escalation_api.escalations.transitions import ESCALATION
from services.escalation_api.themes.queries import all_themes
from shared.http.door import Door
from shared.http.fields import View
from shared.lifecycle import words as said

ViewT = TypeVar("ViewT", bound=View)


@dataclass(frozen=True, slots=True)
class Alerts:
    """The escalations raised for one child, and the ids of all the children whom they are about."""

    shown: list[BundleAlert]
    about: frozenset[UUID]

    @property
    def ids(self) -> list[UUID]:
        """Theirs, in order."""
        return [each.id for each in self.shown]


async def alerts_of(
    session: AsyncSession, door: Door, authority: str, child: UUID, referred_from: UUID, today: date
) -> Alerts:
    """Those that were raised for this child and that the caller may see, the first first; no suggestion, no praise."""
    found = await session.scalars(
        select(Escalation)
        .where(
            Escalation.authority_id == authority,
            Escalation.id.in_(Escalation.ids_about([child])),
            Escalation.kind != Kind.GOOD_PRACTICE,
            Escalation.raised_at.is_not(None),
        )
        .order_by(Escalation.raised_at, Escalation.id)
    )
    titles = {theme.code: theme.title for theme in await all_themes(session, authority)}
    escalations = found.all()
    about = await children_of(session, authority, [each.id for each in escalations])
    shown = []
    for each in escalations:
        telling = _Telling(door, each, titles, len(about[each.id]) - 1, each.id == referred_from, today)
        shown.append(await telling.whole(session))
    return Alerts(shown, frozenset(each.child_id for named in about.values() for each in named))


@dataclass(frozen=True, slots=True)
class _Telling:
    door: Door
    escalation: Escalation
    titles: Mapping[str, str]
    siblings: int
    referred_from: bool
    today: date

    async def whole(self, session: AsyncSession) -> BundleAlert:
        one = self.escalation
        stages = await stages_of(session, one)
        stood = {stage.id: stage.stage for stage in stages}
        more = {
            "referred_from": self.referred_from,
            "siblings": self.siblings,
            "title": self.titles.get(one.theme, one.theme),
            "stages": [self._stage(each) for each in stages],
            "steps": [
                _told(BundleStep, each, words=_done(each.verb)) for each in await steps_of(session, one)
            ],
            "answers": [*_answers(await responses_of(session, one), stood)],
            "promises": [
                _told(
                    BundlePromise,
                    each,
                    overdue=each.state == PromiseState.PROMISED and each.due_on < self.today,
                )
                for each in await promises_of(session, one)
            ],
        }
        return _told(BundleAlert, one, **more)

    def _stage(self, stage: EscalationStage) -> BundleStage:
        known = stage_of(self.door.law.catalogue, stage.ladder, stage.stage)
        title, responder = (known.title, known.responder) if known else (stage.stage, None)
        return _told(BundleStage, stage, title=title, responder=responder)


def _done(verb: str) -> str:
    """A verb of the escalation, or of a promise in it, as something that was done."""
    return ESCALATION.done.get(verb) or PROMISE.done.get(verb) or said(verb)


def _answers(responses: Sequence[Response], stood: Mapping[UUID, str]) -> Iterator[BundleAnswer]:
    """What was sent: a draft is nobody's answer."""
    for each in responses:
        if each.sent_at is not None:
            yield _told(BundleAnswer, each, stage=stood[each.stage_id])


def _told(view: type[ViewT], row: object, **more: object) -> ViewT:
    own = {name: getattr(row, name) for name in view.model_fields.keys() - more.keys()}
    return view.model_validate(own | more)
