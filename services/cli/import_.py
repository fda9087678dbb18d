"""duecare import: what a council has already, brought in."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.console import read_settings

if TYPE_CHECKING:
    from services.reviews_api.imports.batches import Summary
    from shared.settings import Settings

SHOWN = 20  # rejections; the JSON lists every one
BOUNDS = {"lock_timeout": "20s", "idle_in_transaction_session_timeout": "60s"}  # a batch waits its turn
LEA_NUMBERS = {"E08000014": "343"}  # by council: Sefton; others say theirs
AUTHORITY = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything and keep nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, with every rejection.")]
Council = Annotated[
    str | None, typer.Option(metavar="CODE", help="The council (default: DUECARE_AUTHORITY).")
]

import_app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@import_app.callback()
def _import() -> None:
    """Bring in what the council holds already, such as its statutory return.

    Importing the same files twice changes nothing the second time.
    """


@import_app.command()
def ssda903(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder with header.csv, episodes.csv and reviews.csv.")
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    authority: Council = None,
) -> None:
    """Import an SSDA903 return: children, their care periods and the reviews that were held.

    The names of the three files may have a prefix, as in SSDA903_2025_reviews.csv. Every row ends as accepted,
    unchanged or rejected; a rejected row is named with its file, row, column and reason, and loses no other.
    Deadlines missed in the past are recorded as history, and wake nobody.

    Exit code 0: done, even if rows were rejected. 2: the files cannot be used. 1: anything else.
    """
    from services.reviews_api.imports.ssda903.files import read_return

    _bring_in(lambda code: read_return(folder), authority, dry_run, as_json)


@import_app.command()
def cin(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The census as XML.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    authority: Council = None,
    lea: Annotated[
        str | None, typer.Option(metavar="NNN", help="The council's number at the DfE, as in the file's LEA.")
    ] = None,
) -> None:
    """Import a children in need census: section 47 enquiries, initial conferences, plans and their reviews.

    Every part of the file that tells of a record ends as accepted, unchanged, rejected or left out (referrals,
    assessments, CIN plans and pre-proceedings are not kept); a rejected one is named with its line, field and
    reason. A corrected census of the same year replaces the first; one of an earlier year undoes nothing.
    Deadlines missed in the past are recorded as history, and wake nobody.

    Exit code 0: done, even if rows were rejected. 2: the file cannot be used. 1: anything else.
    """
    from services.reviews_api.imports.cin.file import read_census
    from shared.clock import SystemClock, today

    _bring_in(
        lambda code: read_census(file, _lea(code, lea), today(SystemClock())), authority, dry_run, as_json
    )


def _bring_in(read: Callable[[str], Any], authority: str | None, dry_run: bool, as_json: bool) -> None:
    """Import what is read for the council with this code, and print what became of it."""
    from services.reviews_api.imports.findings import UnusableReturn

    settings = read_settings()
    code = settings.authority if authority is None else authority
    try:
        _check_code(code)
        files = read(code)
    except UnusableReturn as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(2) from None
    summary = _load(settings, code, files, dry_run).as_dict()
    typer.echo(json.dumps(summary, indent=2) if as_json else _as_text(summary))


def _check_code(code: str) -> None:
    from services.reviews_api.imports.findings import UnusableReturn

    if not AUTHORITY.fullmatch(code):
        raise UnusableReturn(
            "A council's code is letters, digits, dashes and underscores, such as E08000014."
        )


def _lea(code: str, given: str | None) -> str:
    """The council's number at the DfE, which a census must have."""
    from services.reviews_api.imports.findings import UnusableReturn

    found = given or LEA_NUMBERS.get(code)
    if found is None:
        raise UnusableReturn(f"Say with --lea which number {code} has at the DfE, such as 343 for Sefton.")
    return found


def _load(settings: "Settings", authority: str, files: Any, dry_run: bool) -> "Summary":
    from services.cli.console import CommandRefused
    from services.cli.progress import progress
    from shared.clock import SystemClock
    from shared.db.authorities import ensure_authority, known_authorities
    from shared.db.migrate import migrate
    from shared.db.server import database_server

    name = settings.authority_name if authority == settings.authority else authority

    async def work(database_url: str) -> "Summary":
        await migrate(database_url)
        if not dry_run or authority == settings.authority:
            await ensure_authority(database_url, authority, name)
        elif authority not in await known_authorities(database_url):
            raise CommandRefused(f"There is no council {authority} yet: a dry run adds none.")
        with progress("Reading in the children") as report:
            return await load(
                database_url,
                authority,
                settings.practice,
                files,
                SystemClock().now(),
                dry_run=dry_run,
                report=report,
            )

    with database_server(settings.database_url, settings.home) as database_url:
        return asyncio.run(work(database_url))


async def load(
    database_url: str,
    authority: str,
    practice: str | None,
    files: Any,
    now: datetime,
    *,
    dry_run: bool = False,
    report: Any = None,
) -> "Summary":
    """Import the files of an SSDA903 return, or a census, as reviews_api would, then record what was missed in
    the past as the scheduler would. `now` is UTC; the database is migrated and knows the authority."""
    from services.reviews_api.app import ROLE as REVIEWS
    from services.reviews_api.imports.batches import Batches
    from services.reviews_api.imports.cin.file import Census
    from services.reviews_api.imports.cin.importer import CensusImporter
    from services.reviews_api.imports.ssda903.importer import Importer
    from shared.db.engine import connect
    from shared.deadlines.law import law

    engine = connect(database_url, REVIEWS, name="duecare-import", pool_size=2, waits=BOUNDS)
    try:
        batches = Batches(engine, authority, now, dry_run)
        if isinstance(files, Census):
            summary = await CensusImporter(batches, law(practice)).load_census(files, report)
        else:
            summary = await Importer(batches, law(practice)).load_return(files, report)
    finally:
        await engine.dispose()
    if not dry_run:
        await record_past_breaches(database_url, authority, now)
    return summary


async def record_past_breaches(database_url: str, authority: str, now: datetime) -> None:
    """Record what was missed by `now` (UTC), as the scheduler would."""
    from services.scheduler.app import ROLE as SCHEDULER
    from services.scheduler.sweep import sweep
    from shared.db.engine import connect

    engine = connect(database_url, SCHEDULER, name="duecare-import", pool_size=2, waits=BOUNDS)
    try:
        await sweep(engine, authority, now)
    finally:
        await engine.dispose()


def _as_text(summary: dict[str, Any]) -> str:
    lines = ["A dry run: nothing was kept."] if summary["dry_run"] else []
    kinds = {kind: rows for kind, rows in summary.items() if isinstance(rows, dict) and "read" in rows}
    width = max(map(len, kinds)) + 1
    for kind, rows in kinds.items():
        left_out = f", {rows['left_out']} left out" if "left_out" in rows else ""
        lines.append(
            f"{kind:<{width}}{rows['read']:>7} rows: {rows['accepted']} accepted, {rows['unchanged']} unchanged, "
            f"{rows['rejected']} rejected{left_out}"
        )
    lines += _found("Rejected", summary["rejections"]) + _found(
        "Accepted with a warning", summary["warnings"]
    )
    due = summary["deadlines"]
    lines += [
        "",
        f"Held {'if it were kept' if summary['dry_run'] else 'now'}: {summary['children']} children, "
        f"{summary['care_periods']} care periods.",
        f"Deadlines: {due['met']} met in time, {due['late']} closed late, {due['overdue']} overdue, "
        f"{due['running']} running.",
    ]
    return "\n".join(lines)


def _found(title: str, findings: list[dict[str, Any]]) -> list[str]:
    if not findings:
        return []
    lines = ["", f"{title}, by reason:"]
    by_reason = Counter((each["code"], each["message"]) for each in findings)
    lines += [f"{count:>7} {code}: {message}" for (code, message), count in by_reason.most_common()]
    lines += [f"{title}, {'the first of them' if len(findings) > SHOWN else 'each'}:"]
    for each in findings[:SHOWN]:
        where = f", {each['column']}" if each["column"] else ""
        lines.append(f"  {each['file']}, row {each['row']}{where}: {each['code']}")
    if len(findings) > SHOWN:
        lines.append(f"  and {len(findings) - SHOWN} more: --json lists them all.")
    return lines
