"""/livez, /readyz and /metrics: for operations, open, and without a word about any child."""

import asyncio
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.registry import Collector
from pydantic import Field, field_validator
from sqlalchemy import text

from shared.http.door import Door
from shared.http.fields import View
from shared.http.problems import TITLES, Problem
from shared.refusals import Unavailable
from shared.watch.queries import UNKNOWN, Sighting
from shared.watch.watchman import Watchman

router = APIRouter(tags=["health"])
NOT_READY: dict[int | str, dict[str, Any]] = {503: {"model": Problem, "description": TITLES[503]}}
FIGURES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": "process_open_fds 12.0\n"}}}
}


class SchedulerSeen(View):
    """What this process sees of the scheduler, in seconds by the database's clock; null where it is not known."""

    late: bool = Field(description="Whether that is longer than it may be, or not known.")
    late_seconds: float | None = Field(description="Since any scheduler's last full sweep.")
    behind_seconds: float | None = Field(description="How long ago the oldest alarm in hand was to ring.")
    clock_suspect: bool = Field(description="Whether a scheduler distrusts its clock, and tells nothing.")

    @classmethod
    def of(cls, seen: Sighting | None, late: bool) -> "SchedulerSeen":
        """Of a sighting; None is an unknown one, which is late until it is known."""
        return cls.model_validate({"late": late or seen is None} | asdict(seen or UNKNOWN))

    @field_validator("late_seconds", "behind_seconds")
    @classmethod
    def _to_the_tenth(cls, seconds: float | None) -> float | None:
        return seconds if seconds is None else round(seconds, 1)


class Ready(View):
    """The service can do its work. That the scheduler is late is for others to act on."""

    status: str = Field(examples=["ok"])
    scheduler: SchedulerSeen


@router.get("/livez", summary="Is the process alive?")
async def livez() -> dict[str, str]:
    """Answers while the process turns; asks no database."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can the service do its work?", responses=NOT_READY)
async def readyz(request: Request) -> Ready:
    """Answers ok where the database answers within a second and its schema is there, and says how late the scheduler
    is; otherwise 503. The scheduler itself is not ready while it is two minutes late."""
    door: Door = request.app.state.door
    try:
        async with asyncio.timeout(1), door.engine.connect() as connection:
            await connection.execute(text("SELECT 1 FROM authority LIMIT 1"))
    except Exception:
        raise Unavailable("Not ready: the database does not answer, or its schema is missing.") from None
    request.app.state.check()
    watchman: Watchman = request.app.state.watchman
    seen = await watchman.sighting()
    return Ready(status="ok", scheduler=SchedulerSeen.of(seen, watchman.late))


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response, responses=FIGURES)
async def metrics(request: Request) -> Response:
    """The process's figures in Prometheus text form, and what it sees of the scheduler."""
    watchman: Watchman = request.app.state.watchman
    seen = CollectorRegistry()
    seen.register(_Seen(await watchman.figures()))
    return Response(generate_latest() + generate_latest(seen), media_type=CONTENT_TYPE_LATEST)


class _Seen(Collector):
    """Figures that were found out for one scrape."""

    def __init__(self, figures: list[Metric]) -> None:
        self.figures = figures

    def collect(self) -> list[Metric]:
        return self.figures
