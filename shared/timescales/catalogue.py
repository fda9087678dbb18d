"""The catalogue: England's timescales with a council's own laid over them, refused at load where wrong."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from shared.timescales.agreement import check_agreement
from shared.timescales.choices import Chosen, Setting, choose, read_chosen, read_counted, read_setting
from shared.timescales.counted import Counted
from shared.timescales.entry import CatalogueError, Entry, Findings, Mistake
from shared.timescales.overlay import Overlay, Rows, lay_over, read_overlay, switch_off
from shared.timescales.timescale import Timescale
from shared.timescales.toml_file import TomlFile

__all__ = ["Catalogue", "CatalogueError", "Timescale", "load_catalogue", "overlay_names", "read_catalogue"]

_HERE = Path(__file__).parent
_NATIONAL = "england"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every timescale in order, what the settings are and were chosen to be, whose overlay is in it, and a version
    that changes with any rule. `counted` are the facts that count as of another day."""

    timescales: tuple[Timescale, ...]
    version: str
    authority: str | None = None
    settings: tuple[Setting, ...] = ()
    chosen: Chosen = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)

    def find(self, code: str) -> Timescale | None:
        """The timescale with this code, or None."""
        return next((timescale for timescale in self.timescales if timescale.code == code), None)

    def started_by(
        self, kinds: Collection[str], histories: Collection[str], only: Collection[str] | None = None
    ) -> Iterator[Timescale]:
        """The timescales that these kinds of fact may start in one of these histories, in order.

        `only` names those that are wanted; a midpoint needs what it may be halfway to as well, so with one of them
        all are given.
        """
        every = only is None or any(row.is_midpoint for row in self.timescales if row.code in only)
        for row in self.timescales:
            wanted = row.untracked is None and (every or row.code in (only or ()))
            if wanted and row.belongs_to(histories) and row.starts_with(kinds):
                yield row


@lru_cache(maxsize=16)
def load_catalogue(overlay: str | None = "sefton", chosen: tuple[tuple[str, str], ...] = ()) -> Catalogue:
    """England's timescales and one overlay's: the name of one that ships, or the path of a .toml file; and settings
    that shall be other than the overlay says.

    Raises CatalogueError with the file, the line, the row and the reason of every mistake.
    """
    national = _HERE / f"{_NATIONAL}.toml"
    return read_catalogue(national, None if overlay is None else _overlay_path(overlay), dict(chosen))


def overlay_names() -> list[str]:
    """The overlays that ship."""
    return sorted(path.stem for path in _HERE.glob("*.toml") if path.stem not in (_NATIONAL, "calendar"))


def read_catalogue(national: Path, overlay: Path | None = None, chosen: Chosen | None = None) -> Catalogue:
    """A catalogue from a national file and an overlay. Raises CatalogueError."""
    base = TomlFile.at(national)
    base.top.only({"timescale", "setting", "counted"})
    settings = tuple(read_setting(entry) for entry in base.entries("setting"))
    overlays = _chain(overlay)
    answers = _answers(settings, overlays, chosen or {})
    findings = Findings()
    rows: Rows = {}
    for entry, row in _read(base, settings, answers, findings):
        if "replaces" in entry.table:
            findings.mistakes += entry.refusal("replaces", "only an overlay replaces a timescale").mistakes
        rows[row.code] = entry, row
    for each in overlays:
        lay_over(rows, _read(each.file, settings, answers, findings), findings)
        switch_off(rows, each.file, findings)
    findings.tell()
    check_agreement(list(rows.values()))
    counted = [read_counted(entry, settings, answers) for entry in base.entries("counted")]
    return _catalogue(rows, overlays, settings, answers, counted)


def _catalogue(
    rows: Rows,
    overlays: Sequence[Overlay],
    settings: tuple[Setting, ...],
    answers: Chosen,
    counted: list[Counted],
) -> Catalogue:
    timescales = tuple(row for _, row in rows.values())
    told = repr((timescales, counted))
    return Catalogue(
        timescales=timescales,
        version=hashlib.sha256(told.encode()).hexdigest()[:12],
        authority=overlays[-1].authority if overlays else None,
        settings=settings,
        chosen=answers,
        counted={rule.fact: rule for rule in counted},
    )


def _chain(path: Path | None) -> list[Overlay]:
    """The overlays from the lowest to the one asked for. Raises CatalogueError for one laid over itself."""
    found: list[Overlay] = []
    while path is not None:
        overlay = read_overlay(TomlFile.at(path))
        found.insert(0, overlay)
        if len(found) > 2:
            raise overlay.file.top.refusal(
                "extends", "an overlay is laid over one that ships, and no further"
            )
        path = _extended(overlay) if overlay.extends else None
    return found


def _extended(overlay: Overlay) -> Path:
    if overlay.extends not in overlay_names():
        known = ", ".join(overlay_names())
        raise overlay.file.top.refusal("extends", f"no such overlay ships; there are {known}")
    return _HERE / f"{overlay.extends}.toml"


def _answers(settings: Sequence[Setting], overlays: Sequence[Overlay], said: Chosen) -> Chosen:
    answers: dict[str, str] = {}
    for overlay in overlays:
        told = overlay.settings
        chosen = choose(settings, told)
        answers |= {name: chosen[name] for name in told.table} if told else {}
    typed = Entry("settings", 1, dict(said), {})
    return {**choose(settings, None), **answers, **{name: choose(settings, typed)[name] for name in said}}


def _overlay_path(overlay: str) -> Path:
    if overlay.endswith(".toml"):
        return Path(overlay)
    if overlay not in overlay_names():
        reason = f"no such overlay ships; there are {', '.join(overlay_names())}"
        raise CatalogueError([Mistake("overlay", 1, reason)])
    return _HERE / f"{overlay}.toml"


def _read(
    file: TomlFile, settings: Sequence[Setting], chosen: Chosen, findings: Findings
) -> Iterator[tuple[Entry, Timescale]]:
    seen: dict[str, int] = {}
    for entry in findings.take(lambda: file.entries("timescale")) or ():
        row = findings.take(lambda entry=entry: read_chosen(entry, settings, chosen))  # type: ignore[misc]
        if row is None:
            continue
        if row.code in seen:
            reason = f"duplicate code '{row.code}', first on line {seen[row.code]}"
            findings.mistakes += entry.refusal("code", reason).mistakes
            continue
        seen[row.code] = entry.lines.get("code", entry.line)
        yield entry, row
