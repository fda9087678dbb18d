"""Another time of day for one process, by libfaketime of Debian's package `libfaketime`."""

from dataclasses import dataclass
from pathlib import Path

import pytest

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
