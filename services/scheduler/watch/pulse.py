"""When each loop of this process last came round, by a clock that nobody can set."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.refusals import Unavailable

MUST_TURN = ("sweep", "relay")


@dataclass(slots=True)
class Pulse:
    """Beats once per full turn of a loop, over every council."""

    steady: Callable[[], float] = time.monotonic
    started: float | None = None
    turned: dict[str, float] = field(default_factory=dict)

    def start(self) -> None:
        """From now on the loops are expected to turn."""
        self.started = self.steady()

    def beat(self, loop: str) -> None:
        """This loop has come round."""
        self.turned[loop] = self.steady()

    def age(self, loop: str) -> float | None:
        """Seconds since this loop last came round; None where it never has."""
        return self.steady() - self.turned[loop] if loop in self.turned else None

    @property
    def alive(self) -> float:
        """Seconds since the loops began; 0 before."""
        return 0.0 if self.started is None else self.steady() - self.started

    def late(self) -> float:
        """Seconds since the latest of the loops that must turn came round, or since they began."""
        ages = (self.age(loop) for loop in MUST_TURN)
        return max(self.alive if age is None else age for age in ages)

    def check(self, within: float) -> None:
        """Raise Unavailable where a loop that must turn has not come round within so many seconds."""
        if self.late() > within:
            raise Unavailable(
                f"Not ready: no full sweep, or no turn of the relay, within {within:g} seconds."
            )
