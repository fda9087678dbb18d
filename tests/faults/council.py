"""A council served by processes that are killed and started again."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.faults.chance import note
from tests.faults.invariants import assert_invariants
from tests.scheduler.live import Live, until
from tests.scheduler.receiver import Receiver
from tests.stateful.processes import Nursery, Served

SLACK = 4
"""The limits are goals for an idle machine; a test fails at four times that, and notes what it took."""


@dataclass
class Council(Live):
    """Tests build with `bureau` and let the processes do the rest."""

    nursery: Nursery
    started: list[Served] = field(default_factory=list)

    async def start(self, service: str = "scheduler", crash: str = "", **variables: str) -> Served:
        """A service that knows this council's tokens only where variables name its keys."""
        served = await self.nursery.start(service, crash, **variables)
        self.started.append(served)
        return served

    async def start_known(self, service: str = "scheduler", **variables: str) -> Served:
        """A service that can be asked with this council's tokens."""
        keys = str(self.town.settings.oidc_jwks_file)
        return await self.start(service, DUECARE_OIDC_JWKS_FILE=keys, **variables)

    async def dies(self, place: str) -> None:
        """A scheduler starts, and is killed at this crash point."""
        dying = await self.start(crash=place)
        await until(lambda: self._is_dead(dying), 30)
        note(f"killed {place.partition(':')[0]}")

    async def _is_dead(self, served: Served) -> bool:
        return not served.lives()

    async def recovers(self, within: float, receivers: Mapping[str, Receiver]) -> None:
        """I10, and then all the others: nothing is left to do within these seconds of an idle machine."""
        began = time.monotonic()
        await self.drained(within * SLACK)
        took = time.monotonic() - began
        note(f"recovered, of {within:.0f} s allowed, within {math.ceil(took)} s")
        await assert_invariants(self.town, receivers)

    def kill_all(self) -> None:
        for served in self.started:
            served.kill()
