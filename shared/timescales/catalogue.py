"""The catalogue: England's timescales with a council's own laid over them, refused at load where wrong."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shared.timescales.agreement import check_agreement
from shared.timescales.entry import CatalogueError, Entry
from shared.timescales.reading import read_timescale
from shared.timescales.timescale import Timescale
from shared.timescales.toml_file import read_entries

__all__ = ["Catalogue", "CatalogueError", "Timescale", "load_catalogue", "overlay_names", "read_catalogue"]

_HERE = Path(__file__).parent
_NATIONAL = "england"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every timescale in order, whose overlay is in it, and a version that changes with any rule."""

    timescales: tuple[Timescale, ...]
    version: str
    authority: str | None = None

    def find(self, code: str) -> Timescale | None:
        """The timescale with this code, or None."""
        return next((timescale for timescale in self.timescales if timescale.code == code), None)


@lru_cache(maxsize=16)
def load_catalogue(overlay: str | None = "sefton") -> Catalogue:
    """England's timescales and one overlay's: the name of one that ships, or the path of a .toml file.

    Raises CatalogueError with the file, the line and the reason.
    """
    national = _HERE / f"{_NATIONAL}.toml"
    return read_catalogue(national, None if overlay is None else _overlay_path(overlay))


def overlay_names() -> list[str]:
    """The overlays that ship."""
    return sorted(path.stem for path in _HERE.glob("*.toml") if path.stem not in (_NATIONAL, "calendar"))


def read_catalogue(national: Path, overlay: Path | None = None) -> Catalogue:
    """A catalogue from a national file and an overlay. Raises CatalogueError."""
    rows = _national_rows(national)
    authority = _lay_over(rows, overlay) if overlay is not None else None
    check_agreement(list(rows.values()))
    timescales = tuple(timescale for _, timescale in rows.values())
    return Catalogue(timescales, hashlib.sha256(repr(timescales).encode()).hexdigest()[:12], authority)


def _overlay_path(overlay: str) -> Path:
    if overlay.endswith(".toml"):
        return Path(overlay)
    if overlay not in overlay_names():
        raise CatalogueError("overlay", 1, f"no such overlay ships; there are {', '.join(overlay_names())}")
    return _HERE / f"{overlay}.toml"


def _national_rows(path: Path) -> dict[str, tuple[Entry, Timescale]]:
    top, entries = read_entries(path, "timescale")
    top.only({"timescale"})
    rows: dict[str, tuple[Entry, Timescale]] = {}
    for entry, timescale in _read(entries):
        if "replaces" in entry.table:
            raise entry.refusal("replaces", "only an overlay replaces a timescale")
        rows[timescale.code] = entry, timescale
    return rows


def _lay_over(rows: dict[str, tuple[Entry, Timescale]], path: Path) -> str:
    """Adds an overlay's rows to the national ones, and returns whose they are."""
    top, entries = read_entries(path, "timescale")
    authority = top.only({"timescale", "authority"}).text("authority")
    if not re.fullmatch(r"E[0-9]{8}", authority):
        raise top.refusal("authority", "an authority is its nine-character code, such as E08000014")
    for entry, timescale in _read(entries):
        _check_replacing(entry, timescale.code in rows)
        rows[timescale.code] = entry, timescale
    return authority


def _check_replacing(entry: Entry, exists: bool) -> None:
    replaces = entry.flag("replaces", default=False)
    if exists and not replaces:
        raise entry.refusal(
            "code", "the code is England's already: say 'replaces = true' to replace that row"
        )
    if replaces and not exists:
        raise entry.refusal("replaces", "there is no timescale of England's with this code to replace")


def _read(entries: list[Entry]) -> Iterator[tuple[Entry, Timescale]]:
    seen: dict[str, int] = {}
    for entry in entries:
        timescale = read_timescale(entry)
        if timescale.code in seen:
            first = seen[timescale.code]
            raise entry.refusal("code", f"duplicate code '{timescale.code}', first on line {first}")
        seen[timescale.code] = entry.lines.get("code", entry.line)
        yield entry, timescale
