"""Imports: many records told at once, worked off in batches."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from services.reviews_api.bulk import queries
from services.reviews_api.bulk.actions import take_import
from services.reviews_api.bulk.schemas import (
    AfterLine,
    DryRun,
    ImportView,
    Limit,
    OfOutcome,
    ResultPage,
)
from shared.http.pages import next_address
from shared.http.routes import AtDoor, Caller, LinesRoute, Session
from shared.http.service import problem_responses
from shared.http.strict_json import LINES

router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=LinesRoute)
ImportId = Annotated[UUID, Path(description="Our id of the import.")]
EXAMPLE = """\
{"record": "child", "reference": "C-1001", "date_of_birth": "2014-05-03", "source_version": 3}
{"record": "care_period", "reference": "CP-1001-1", "child": "C-1001", "started_on": "2026-11-02", "source_version": 1}
{"record": "review", "reference": "R-9", "withdrawn_because": "Entered for the wrong child.", "source_version": 2}
"""
BODY = {"required": True, "content": {LINES: {"schema": {"type": "string"}, "example": EXAMPLE}}}


@router.post(
    "",
    status_code=202,
    summary="Tell many records at once",
    responses=problem_responses(408, 413, 415, 422),
    openapi_extra={"requestBody": BODY},
)
async def post(
    request: Request, response: Response, session: Session, who: Caller, door: AtDoor, dry_run: DryRun = False
) -> ImportView:
    """One JSON object a line, at most 10,000: `record` (child, care_period, review and so on), `reference`, and the
    very fields that its PUT takes; or `withdrawn_because`. Rows are done soon after, first those that others rest
    on; each has its own result, and a bad row loses no other."""
    taken = await take_import(session, door, who, await request.body(), dry_run=dry_run)
    response.headers["Location"] = f"/v1/imports/{taken.id}"
    return ImportView.model_validate(taken)


@router.get("/{import_id}", summary="How far an import is", responses=problem_responses(404, 422))
async def get(import_id: ImportId, session: Session, who: Caller) -> ImportView:
    """How many rows are done, and how they ended."""
    return ImportView.model_validate(await queries.import_of(session, who.authority, import_id))


@router.get("/{import_id}/results", summary="What became of each row", responses=problem_responses(404, 422))
async def get_results(
    import_id: ImportId,
    request: Request,
    session: Session,
    who: Caller,
    after: AfterLine = 0,
    limit: Limit = 100,
    outcome: OfOutcome = None,
) -> ResultPage:
    """By line, as far as they are done. `next` is the address of what follows."""
    found = await queries.results(session, who.authority, import_id, after, limit + 1, outcome)
    return ResultPage(items=found[:limit], next=next_address(request, found, limit, "line"))
