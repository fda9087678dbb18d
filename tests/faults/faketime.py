"""Another time of day for one process, by libfaketime of Debian's package `libfaketime`."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from shared.db.embedded import EmbeddedServer
from shared.db.embedded_programs import RunAs

PLACES = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/lib64/faketime", "/usr/local/lib/faketime")
LIBRARY = "libfaketimeMT.so.1"


def library() -> Path | None:
    """Where it is installed; None where it is not."""
    found = (path for place in PLACES for path in Path("/").glob(f"{place.lstrip('/')}/{LIBRARY}"))
    return next(found, None)


def needs_libfaketime() -> pytest.MarkDecorator:
    """Skips, and says why, where the library is absent."""
    return pytest.mark.skipif(
        library() is None, reason=f"{LIBRARY} is in none of {', '.join(PLACES)}: apt-get install libfaketime"
    )


@dataclass
class FakeTime:
    """`file` says how far the process is from the real time; the monotonic clock stays as it is."""

    file: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def step(self, offset: str) -> None:
        """From now on it is so much later: "+3650d", "-1h", "+0" for the real time."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{offset}\n")
        new.replace(self.file)


class FakedServer(EmbeddedServer):
    """A PostgreSQL of its own whose clock can be set, without anybody else's."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.fake = FakeTime(home / "faketime")

    def _start_again(self, identity: RunAs, folder: Path, log: Path, first: bool) -> int:
        self.fake.step("+0")
        variables = (f"{name}={value}" for name, value in self.fake.environment.items())
        identity = replace(identity, prefix=(*identity.prefix, "env", *variables))
        return super()._start_again(identity, folder, log, first)
