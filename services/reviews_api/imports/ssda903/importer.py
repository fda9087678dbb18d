"""Importing a whole SSDA903 return."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.imports.batches import Batches, Progress, Summary
from services.reviews_api.imports.findings import Verdicts
from services.reviews_api.imports.ssda903.actions import load
from services.reviews_api.imports.ssda903.by_child import ChildReturn, by_child
from services.reviews_api.imports.ssda903.files import Kind, ReturnFile
from shared.deadlines.law import Law
from shared.timescales.london import london_date


@dataclass(frozen=True, slots=True)
class Importer:
    """Loads a return, some children at a time."""

    batches: Batches
    law: Law

    async def load_return(self, files: dict[Kind, ReturnFile], progress: Progress | None = None) -> Summary:
        """Import a return; `progress` hears after each batch how many children are done, of how many."""
        verdicts = Verdicts({kind: file.name for kind, file in files.items()})
        children = by_child(files, london_date(self.batches.now), verdicts)
        return await self.batches.load_all(children, self._load, verdicts, progress)

    async def _load(self, session: AsyncSession, batch: Sequence[ChildReturn], verdicts: Verdicts) -> None:
        await load(session, self.batches.authority, batch, self.law, self.batches.now, verdicts)
