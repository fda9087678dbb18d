"""The catalogue: England's timescales with a council's own laid over them, refused at load where wrong."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from shared.timescales.agreement import check_agreement
from shared.timescales.choices import (
    Chosen,
    Setting,
    choose,
    other_wordings,
    read_chosen,
    read_counted,
    read_setting,
)
from shared.timescales.counted import Counted
from shared.timescales.entry import CatalogueError, Entry, Findings, Mistake
from shared.timescales.ladder import Ladder, Stage
from shared.timescales.ladder_agreement import LadderReader
from shared.timescales.ladders import Ladders
from shared.timescales.overlay import Overlay, Rows, choose_reactions, lay_over, read_overlay, switch_off
from shared.timescales.timescale import Timescale
from shared.timescales.toml_file import TomlFile

__all__ = ["Catalogue", "CatalogueError", "Timescale", "load_catalogue", "overlay_names", "read_catalogue"]

_HERE = Path(__file__).parent
_NATIONAL = "england"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every timescale in order, what the settings are and were chosen to be, whose overlay is in it, and a version
    that changes with any rule. `counted` are the facts that count as of another day, and `laid` the ladders of
    escalation, whose clocks are the last of the timescales."""

    timescales: tuple[Timescale, ...]
    version: str
    authority: str | None = None
    settings: tuple[Setting, ...] = ()
    chosen: Chosen = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)
    laid: Ladders = field(default_factory=Ladders)
    _hung: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, code: str) -> Timescale | None:
        """The timescale with this code, or None."""
        return next((timescale for timescale in self.timescales if timescale.code == code), None)

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        """Every ladder of escalation, in order of its first day."""
        return self.laid.all

    def ladder(self, code: str) -> Ladder | None:
        """The ladder with this code, in force or not, or None."""
        return self.laid.find(code)

    def ladder_on(self, day: date) -> Ladder | None:
        """The ladder under which an escalation of this London date begins."""
        return self.laid.on(day)

    def clock_stage(self, timescale: str) -> tuple[Ladder, Stage] | None:
        """The ladder and the stage whose response clock has this code, or None."""
        return self.laid.stage_of(timescale)

    def started_by(
        self, kinds: Collection[str], histories: Collection[str], only: Collection[str] | None = None
    ) -> Iterator[Timescale]:
        """The timescales that these kinds of fact may start in one of these histories, in order. `only` names those
        that are wanted; with a midpoint, what it may be halfway to is given as well."""
        wanted = None if only is None else self._with_what_they_hang_on(frozenset(only))
        for row in self.timescales:
            asked = row.untracked is None and (wanted is None or row.code in wanted)
            if asked and row.belongs_to(histories) and row.starts_with(kinds):
                yield row

    def _with_what_they_hang_on(self, codes: frozenset[str]) -> frozenset[str]:
        if codes not in self._hung:
            midpoints = [row for row in self.timescales if row.code in codes and row.is_midpoint]
            others = (
                row for row in self.timescales if any(each.may_be_halfway_to(row) for each in midpoints)
            )
            self._hung[codes] = codes.union(row.code for row in others)
        return self._hung[codes]


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
    base.top.only({"timescale", "setting", "counted", "ladder", "stage"})
    settings = tuple(read_setting(entry) for entry in base.entries("setting"))
    findings = Findings()
    overlays = _chain(overlay, findings)
    answers = _answers(settings, overlays, chosen or {}, findings)
    rows: Rows = {}
    ladders = LadderReader(findings)
    ladders.read(base)
    for entry, row in _read(base, settings, answers, findings):
        if "replaces" in entry.table:
            findings.mistakes += entry.refusal("replaces", "only an overlay replaces a timescale").mistakes
        rows[row.code] = entry, row
    for each in overlays:
        lay_over(rows, _read(each.file, settings, answers, findings), findings)
        switch_off(rows, each.file, findings)
        choose_reactions(rows, each.file, findings)
        ladders.read(each.file)
    ladders.check_codes(rows)
    others = [other for entry, _ in rows.values() for other in other_wordings(entry, settings)]
    findings.take(lambda: check_agreement([*rows.values(), *ladders.clocks], others))
    findings.tell()
    counted = [read_counted(entry, settings, answers) for entry in base.entries("counted")]
    timescales = [row for _, row in (*rows.values(), *ladders.clocks)]
    return _catalogue(timescales, Ladders.of(ladders.files), overlays, settings, answers, counted)


def _catalogue(
    rows: Sequence[Timescale],
    ladders: Ladders,
    overlays: Sequence[Overlay],
    settings: tuple[Setting, ...],
    answers: Chosen,
    counted: list[Counted],
) -> Catalogue:
    timescales = _with_what_dates_hang_on(rows, counted)
    told = repr((timescales, counted, ladders))
    return Catalogue(
        timescales=timescales,
        version=hashlib.sha256(told.encode()).hexdigest()[:12],
        authority=overlays[-1].authority if overlays else None,
        settings=settings,
        chosen=answers,
        counted={rule.fact: rule for rule in counted},
        laid=ladders,
    )


def _with_what_dates_hang_on(rows: Sequence[Timescale], counted: Sequence[Counted]) -> tuple[Timescale, ...]:
    """The rows, each telling apart every wording of what its dates hang on: the day that a fact counts as of, and
    the rules that a midpoint may be halfway to."""
    dated = [replace(row, hangs_on=_counted_facts(row, counted)) for row in rows]
    return tuple(
        replace(row, hangs_on=(*row.hangs_on, *_towards(row, dated))) if row.is_midpoint else row
        for row in dated
    )


def _counted_facts(row: Timescale, counted: Sequence[Counted]) -> tuple[str, ...]:
    read = row.reads()
    return tuple(repr(rule) for rule in counted if read & {rule.fact, rule.leaves})


def _towards(row: Timescale, others: Sequence[Timescale]) -> list[str]:
    return [other.digest for other in others if other.untracked is None and row.may_be_halfway_to(other)]


def _chain(path: Path | None, findings: Findings) -> list[Overlay]:
    """The overlays from the lowest to the one asked for. Raises CatalogueError for a file that cannot be read."""
    found: list[Overlay] = []
    while path is not None and len(found) < 2:
        overlay = read_overlay(TomlFile.at(path), findings)
        found.insert(0, overlay)
        path = findings.take(lambda overlay=overlay: _extended(overlay))  # type: ignore[misc]
    if path is not None:
        reason = "an overlay is laid over one that ships, and no further"
        findings.mistakes += found[0].file.top.refusal("extends", reason).mistakes
    return found


def _extended(overlay: Overlay) -> Path | None:
    if overlay.extends is None:
        return None
    if overlay.extends not in overlay_names():
        known = ", ".join(overlay_names())
        raise overlay.file.top.refusal("extends", f"no such overlay ships; there are {known}")
    return _HERE / f"{overlay.extends}.toml"


def _answers(
    settings: Sequence[Setting], overlays: Sequence[Overlay], said: Chosen, findings: Findings
) -> Chosen:
    answers = dict(choose(settings, None))
    typed = Entry("settings", 1, dict(said), {})
    told = [findings.take(lambda overlay=overlay: overlay.settings) for overlay in overlays]  # type: ignore[misc]
    for each in (*told, typed):
        if each is not None and (chosen := findings.take(lambda each=each: choose(settings, each))):  # type: ignore[misc]
            answers |= {name: chosen[name] for name in each.table}
    return answers


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
