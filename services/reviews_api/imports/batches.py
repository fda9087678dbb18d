"""Importing a whole return: some children at a time, each time one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reviews_api.imports.census import Census, census
from services.reviews_api.imports.findings import Finding, Verdicts
from shared.db.faults import sqlstate
from shared.db.session import enter

BATCH = 250  # children in one transaction: a crash leaves whole children, and a repeat finishes the rest
TRIES = 3
CONTENTION = ("40001", "40P01", "55P03", "23505")  # another writer was at the same children: look again
ENDS = ("accepted", "unchanged", "rejected")

Progress = Callable[[int, int], None]


class OneChild(Protocol):
    """What a return says of one child."""

    @property
    def reference(self) -> str: ...


C = TypeVar("C", bound=OneChild)
Load = Callable[[AsyncSession, Sequence[C], Verdicts], Awaitable[None]]
"""Writes what a return says of some children in the open transaction."""


@dataclass(slots=True)
class Summary:
    """How an import ended: what became of each row, and what is held now (or would be)."""

    verdicts: Verdicts
    dry_run: bool
    held: Census = field(default_factory=Census)

    def as_dict(self) -> dict[str, Any]:
        """As `duecare import --json` prints it."""
        counts = asdict(self.held)
        rows = {kind: self._rows(kind) for kind in self.verdicts.files}
        return rows | {
            "rejections": [each.as_dict() for each in _in_order(self.verdicts.rejections)],
            "warnings": [each.as_dict() for each in _in_order(self.verdicts.warnings)],
            "children": counts.pop("children"),
            "care_periods": counts.pop("care_periods"),
            "deadlines": counts,
            "dry_run": self.dry_run,
        }

    def _rows(self, kind: str) -> dict[str, int]:
        ends = {end: self.verdicts.counts[kind, end] for end in ENDS}
        left_out = self.verdicts.counts[kind, "left_out"]
        ends |= {"left_out": left_out} if left_out else {}
        return {"read": sum(ends.values())} | ends


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.file, each.row))


@dataclass(frozen=True, slots=True)
class Batches:
    """Loads children into one authority at one instant; `dry_run` does all of it and keeps none of it."""

    engine: AsyncEngine
    authority: str
    now: datetime
    dry_run: bool = False

    async def load_all(
        self,
        children: Sequence[C],
        load: Load[C],
        verdicts: Verdicts,
        progress: Progress | None = None,
    ) -> Summary:
        """Import children; `progress` hears after each batch how many are done, of how many."""
        gained = Census()
        for at in range(0, len(children), BATCH):
            gained += await self._load_with_patience(children[at : at + BATCH], load, verdicts)
            if progress is not None:
                progress(min(at + BATCH, len(children)), len(children))
        held = await self._census()
        return Summary(verdicts, self.dry_run, held + gained if self.dry_run else held)

    async def _load_with_patience(self, batch: Sequence[C], load: Load[C], verdicts: Verdicts) -> Census:
        for tried in range(1, TRIES + 1):
            ours = Verdicts(verdicts.files)
            try:
                gained = await self._load(batch, load, ours)
            except DBAPIError as error:
                if tried == TRIES or sqlstate(error) not in CONTENTION:
                    raise
                continue
            verdicts.add(ours)
            return gained
        raise AssertionError("unreachable")

    async def _load(self, batch: Sequence[C], load: Load[C], verdicts: Verdicts) -> Census:
        """Load one batch; in a dry run, returns what it would have added to what is held."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            await enter(session, self.authority)
            references = [said.reference for said in batch]
            before = await self._count(session, references)
            await load(session, batch, verdicts)
            gained = await self._count(session, references) - before
            await (session.rollback() if self.dry_run else session.commit())
        return gained

    async def _count(self, session: AsyncSession, references: list[str] | None) -> Census:
        if references is not None and not self.dry_run:
            return Census()
        return await census(session, self.authority, self.now, references)

    async def _census(self) -> Census:
        async with AsyncSession(self.engine) as session:
            await enter(session, self.authority, read_only=True)
            return await self._count(session, None)
