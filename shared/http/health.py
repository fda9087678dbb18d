"""/livez, /readyz and /metrics: for operations, open, and without a word about any child."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from shared.http.door import Door
from shared.http.problems import TITLES, Problem
from shared.refusals import Unavailable

router = APIRouter(tags=["health"])
NOT_READY: dict[int | str, dict[str, Any]] = {503: {"model": Problem, "description": TITLES[503]}}
FIGURES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": "process_open_fds 12.0\n"}}}
}


@router.get("/livez", summary="Is the process alive?")
async def livez() -> dict[str, str]:
    """Answers while the process turns; asks no database."""
    return {"status": "ok"}


@router.get("/readyz", summary="Can the service do its work?", responses=NOT_READY)
async def readyz(request: Request) -> dict[str, str]:
    """Answers ok where the database answers within a second and its schema is there; otherwise 503."""
    door: Door = request.app.state.door
    try:
        async with asyncio.timeout(1), door.engine.connect() as connection:
            await connection.execute(text("SELECT 1 FROM authority LIMIT 1"))
    except Exception:
        raise Unavailable("Not ready: the database does not answer, or its schema is missing.") from None
    return {"status": "ok"}


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response, responses=FIGURES)
async def metrics() -> Response:
    """The process's figures in Prometheus text form."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
