"""What was reported about reviews before they had a record of all that: it is moved there, and told as it was."""

import os
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, text

from services.cli.recount import Recount
from shared.db.engine import connect
from shared.db.migrate import alembic_config, migrate
from shared.db.server import ensure_database
from shared.deadlines.law import law
from tests.conftest import NOON
from tests.databases import drop

COUNCIL = "E08000014"
IDS = {name: UUID(int=n) for n, name in enumerate(("child", "period", "planned", "held"), start=1)}
OWN = {"care_period.started": ("period", date(2026, 10, 1)), "review.held": ("held", date(2026, 11, 10))}
REPORTED = {
    "review.report_received": ("planned", date(2026, 10, 12)),
    "review.began": ("planned", date(2026, 10, 15)),
    "review.adjourned": ("planned", date(2026, 10, 16)),
    "review.decisions_issued": ("held", date(2026, 11, 12)),
    "review.decisions_answered": ("held", date(2026, 11, 16)),
    "visit.made": ("period", date(2026, 11, 16)),
}
COLUMNS = "authority_id, id, reference, version"
REVIEW = f"review ({COLUMNS}, child_id, care_period_id, status, held_on, source)"
FACT = "authority_id, id, history_id, child_id, kind, record_id, happened_on, codes"
RECORDS = (
    f"SELECT set_config('duecare.authority', '{COUNCIL}', true)",
    f"INSERT INTO authority (authority_id, name) VALUES ('{COUNCIL}', 'Sefton')",
    f"INSERT INTO child ({COLUMNS}) VALUES ('{COUNCIL}', :child, 'C-1', 1)",
    f"INSERT INTO care_period ({COLUMNS}, child_id, started_on, source) "
    f"VALUES ('{COUNCIL}', :period, 'CP-1', 1, :child, '2026-10-01', 'case_system')",
    f"INSERT INTO history (authority_id, id, kind, child_id) VALUES ('{COUNCIL}', :period, 'care_period', :child)",
    f"INSERT INTO {REVIEW} VALUES ('{COUNCIL}', :planned, 'R-1', 1, :child, :period, 'planned', NULL, 'case_system')",
    f"INSERT INTO {REVIEW} "
    f"VALUES ('{COUNCIL}', :held, 'R-2', 1, :child, :period, 'held', '2026-11-10', 'case_system')",
)
TOLD = f"""
    INSERT INTO fact ({FACT}, recorded_at)
    VALUES ('{COUNCIL}', gen_random_uuid(), :period, :child, CAST(:kind AS text), :record, :day, '{{}}', now())
"""
REPORTED_SO = f"""
    INSERT INTO reported_fact ({FACT}, reference, version)
    VALUES ('{COUNCIL}', gen_random_uuid(), :period, :child, CAST(:kind AS text), :record, :day, '{{}}',
            CAST(:kind AS text), 1)
"""


@pytest.fixture
async def before(server: str) -> AsyncIterator[str]:
    """A database of the release before, in which facts were reported about two reviews."""
    name = f"duecare_moved_{os.getpid()}"
    url = ensure_database(server, name)
    await run(url, reported)
    yield url
    await drop(server, name)


def reported(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "0012")
    for statement in RECORDS:
        needed = {name: IDS[name] for name in IDS if f":{name}" in statement}
        connection.execute(text(statement), needed)
    home = {name: IDS[name] for name in ("child", "period")}
    for kind, (record, day) in (OWN | REPORTED).items():
        fact = home | {"kind": kind, "record": IDS[record], "day": day}
        connection.execute(text(TOLD), fact)
        if kind in REPORTED:
            connection.execute(text(REPORTED_SO), fact)


async def run(url: str, work: Any) -> Any:
    """Do synchronous work on a connection, and commit."""
    engine = connect(url, None, name="tests", pool_size=1)
    async with engine.begin() as connection:
        found = await connection.run_sync(work)
    await engine.dispose()
    return found


async def test_what_was_reported_about_a_review_is_in_its_record(before):
    await migrate(before)
    engine = connect(before, None, name="tests", pool_size=1)
    async with engine.connect() as connection:
        await connection.execute(text(f"SELECT set_config('duecare.authority', '{COUNCIL}', false)"))
        first, second = (await connection.execute(text("SELECT * FROM review ORDER BY reference"))).all()
        left = (await connection.scalars(text("SELECT kind FROM reported_fact"))).all()
    assert (first.status, str(first.began_on), str(first.adjourned_on)) == (
        "adjourned",
        "2026-10-15",
        "2026-10-16",
    )
    assert first.meetings == [{"on": "2026-10-15", "mode": None}]
    assert (second.status, str(second.decisions_answered_on), second.meetings) == ("held", "2026-11-16", [])
    assert left == ["visit.made"]
    counts = await Recount(engine, law(), NOON).count(COUNCIL)
    await engine.dispose()
    assert counts["facts_that_disagree"] == 0


async def test_the_older_schema_can_be_had_back(before):
    def there_and_back(connection: Connection) -> None:
        config = alembic_config(connection)
        connection.execute(text(f"SELECT set_config('duecare.authority', '{COUNCIL}', true)"))
        for table in ("fact", "reported_fact"):
            connection.execute(text(f"DELETE FROM {table}"))
        for revision in ("0013", "0012"):
            move = command.upgrade if revision == "0013" else command.downgrade
            move(config, revision)

    await run(before, there_and_back)
