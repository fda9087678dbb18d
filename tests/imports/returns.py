"""Small made-up returns, and a council to import them into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from services.cli.import_ import load
from services.cli.recount import Recount
from services.cli.verify import AUDITOR, NO_HURRY
from services.reviews_api.imports.cin.file import read_census
from services.reviews_api.imports.ssda903.files import Kind, ReturnFile, read_return
from shared.clock import today
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.law import law
from tests.imports.census import LEA, Census
from tests.town import Town

HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
}
BORN = "05/06/2012"


@dataclass
class Return:
    """The lines of a return's three files; `child`, `episode` and `review` add one each."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in HEADINGS})

    def child(self, reference: str = "C1", born: str = BORN) -> "Return":
        self.lines["header"].append(f"{reference},1,{born},WBRI")
        return self

    def episode(
        self,
        start: str,
        end: str = "",
        *,
        child: str = "C1",
        status: str = "C2",
        place: str = "U4",
        new: str = "S",
        ended: str = "",
    ) -> "Return":
        self.lines["episodes"].append(f"{child},{start},{new},{status},N1,{place},{end},{ended}")
        return self

    def review(self, held: str, code: str = "PN1", *, child: str = "C1", born: str = BORN) -> "Return":
        self.lines["reviews"].append(f"{child},{born},{held},{code}")
        return self

    def shuffled(self, seed: int) -> "Return":
        """The same rows in another order."""
        random = Random(seed)
        return Return({kind: random.sample(rows, len(rows)) for kind, rows in self.lines.items()})

    def text(self, kind: str) -> str:
        return "\n".join([HEADINGS[kind], *self.lines[kind], ""])

    def write(self, folder: Path, prefix: str = "") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in HEADINGS:
            (folder / f"{prefix}{kind}.csv").write_text(self.text(kind), encoding="utf-8")
        return folder


STATE = {
    "children": "SELECT reference, date_of_birth FROM child",
    "episodes": """SELECT c.reference, e.started_on, e.ended_on, e.legal_status, e.placement, e.reason_new,
                   e.reason_ended FROM episode e JOIN child c ON c.id = e.child_id""",
    "facts": """SELECT coalesce(r.reference, p.reference), h.reference, f.kind, f.happened_on FROM fact f
                JOIN care_period h ON h.id = f.history_id
                LEFT JOIN review r ON r.id = f.record_id LEFT JOIN care_period p ON p.id = f.record_id
                WHERE f.withdrawn_at IS NULL""",
    "reviews": "SELECT reference, status, held_on, participation, source FROM review",
    "deadlines": """SELECT p.reference, timescale, starts_on, due_on, outcome, closed_on, historic
                    FROM deadline JOIN care_period p ON p.id = history_id WHERE outcome <> 'withdrawn'""",
    "breaches": """SELECT p.reference, d.timescale, b.due_at, b.historic, b.withdrawn_at IS NULL
                   FROM breach b JOIN deadline d ON d.id = b.deadline_id JOIN care_period p ON p.id = d.history_id""",
}
EVERYTHING = {
    "events": "SELECT id, type, historic FROM outbox_event",
    "facts": "SELECT id, withdrawn_at FROM fact",
    "deadlines": "SELECT id, version, revision, outcome, changed_at, alarms FROM deadline",
    "breaches": "SELECT deadline_id, version, withdrawn_at FROM breach",
    "periods": "SELECT id, version, started_on, ended_on FROM care_period",
    "reviews": "SELECT id, version, held_on, participation, care_period_id FROM review",
    "children": "SELECT id, version FROM child",
    "episodes": "SELECT * FROM episode",
}


@dataclass
class Council:
    """A council into which returns are brought."""

    town: Town
    folder: Path

    async def bring(self, one: Return | Census | Path, *, dry_run: bool = False) -> dict[str, Any]:
        """Import a return or a census, whole, and give its summary."""
        if isinstance(one, Census):
            return await self.bring_census(self._census_file(one), dry_run=dry_run)
        return await self._load(self._read_files(one), dry_run)

    async def bring_census(self, path: Path, *, dry_run: bool = False) -> dict[str, Any]:
        """Import a census, whole, and give its summary."""
        return await self._load(read_census(path, LEA, today(self.town.clock)), dry_run)

    async def _load(self, files: Any, dry_run: bool) -> dict[str, Any]:
        town = self.town
        now = town.clock.now()
        summary = await load(town.database_url, town.authority, "sefton", files, now, dry_run=dry_run)
        return summary.as_dict()

    def _read_files(self, one: Return | Path) -> dict[Kind, ReturnFile]:
        return read_return(one if isinstance(one, Path) else one.write(self.folder))

    def _census_file(self, one: Census) -> Path:
        return one.write(self.folder)

    async def _read(self, queries: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
        engine = connect(self.town.database_url, AUDITOR, name="tests", pool_size=1, waits=NO_HURRY)
        found = {}
        async with authority_session(engine, self.town.authority) as session:
            for name, sql in queries.items():
                found[name] = sorted((tuple(row) for row in await session.execute(text(sql))), key=repr)
        await engine.dispose()
        return found

    async def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """What is held, by references and dates."""
        return await self._read(STATE)

    async def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """What is held, with every id and version, and every event told."""
        return await self._read(EVERYTHING)

    async def periods(self) -> list[tuple[str, str | None]]:
        """The care periods that stand, as their start and end."""
        found = await self.town.rows(
            """SELECT started_on::text, ended_on::text FROM care_period p
               WHERE EXISTS (SELECT FROM fact f WHERE f.record_id = p.id AND f.kind = 'care_period.started'
                             AND f.withdrawn_at IS NULL) ORDER BY started_on"""
        )
        return [tuple(row) for row in found]

    async def recount(self) -> dict[str, int]:
        """What `duecare verify` finds wrong with this council."""
        engine = connect(self.town.database_url, AUDITOR, name="tests", pool_size=1, waits=NO_HURRY)
        try:
            return await Recount(engine, law(), self.town.clock.now()).count(self.town.authority)
        finally:
            await engine.dispose()

    async def faults(self) -> dict[str, int]:
        """The counts that are not 0."""
        return {fault: count for fault, count in (await self.recount()).items() if count}


def rejected(summary: dict[str, Any]) -> list[tuple[str, int, str | None, str]]:
    """Each rejection as file, row, column and code."""
    return [(each["file"], each["row"], each["column"], each["code"]) for each in summary["rejections"]]


def counts(summary: dict[str, Any], kind: str) -> Sequence[int]:
    """Rows accepted, unchanged and rejected, which must add up to those read."""
    rows = summary[kind]
    assert rows["read"] == rows["accepted"] + rows["unchanged"] + rows["rejected"]
    return rows["accepted"], rows["unchanged"], rows["rejected"]
