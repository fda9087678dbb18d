"""Importing a whole CIN census."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.imports.batches import Batches, Progress, Summary
from services.reviews_api.imports.cin.file import Census
from services.reviews_api.imports.cin.held import SOURCE, order
from services.reviews_api.imports.cin.putting import Pen
from services.reviews_api.imports.cin.rows import ChildReturn
from services.reviews_api.imports.cin.settling import settle
from services.reviews_api.imports.findings import Verdicts
from services.reviews_api.imports.turns import take_import_turn
from services.reviews_api.returned import RETURNED
from services.reviews_api.timeline import GATHERING, Told, tell_all
from shared.auth.tokens import TokenChecker
from shared.clock import FixedClock
from shared.deadlines.law import Law
from shared.http.door import Door


@dataclass(frozen=True, slots=True)
class CensusImporter:
    """Loads a census, some children at a time, by the actions that the case system's own requests use."""

    batches: Batches
    law: Law

    async def load_census(self, census: Census, progress: Progress | None = None) -> Summary:
        """Import a census; `progress` hears after each batch how many children are done, of how many."""
        batches = self.batches
        nobody = cast(
            TokenChecker, None
        )  # nobody comes in by this door: what is read there is the time and the law
        door = Door(batches.engine, FixedClock(batches.now), self.law, nobody, {})
        turn = order(census.reference_date, int(batches.now.timestamp()))
        year_began = census.reference_date.replace(year=census.reference_date.year - 1).toordinal() + 1

        async def load(session: AsyncSession, batch: Sequence[ChildReturn], verdicts: Verdicts) -> None:
            told: list[Told] = []
            await take_import_turn(session, batches.authority)
            session.info.update({RETURNED: SOURCE, GATHERING: told})
            pen = Pen(session, door, batches.authority, turn, told, verdicts)
            for said in batch:
                await settle(pen, said, year_began)
            await tell_all(session, door, batches.authority, told)

        return await batches.load_all(census.children, load, census.verdicts, progress)
