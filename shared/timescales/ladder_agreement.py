"""Whether the ladders of the files agree: with their own stages, with each other, and with the timescales."""

from collections.abc import Collection, Mapping, Sequence
from math import ceil

from shared.timescales.entry import Entry, Findings
from shared.timescales.ladder import Ladder, Stage
from shared.timescales.ladder_reading import Rung, read_ladder, read_stages
from shared.timescales.periods import CalendarDays, ElapsedHours, Period, WorkingDays
from shared.timescales.timescale import Timescale
from shared.timescales.toml_file import TomlFile

FORMAL_DAYS = 20  # working days that the whole formal process may take: IRO Handbook 6.2

Clock = tuple[Entry, Timescale]


class LadderReader:
    """Reads the ladders of one file after another, the lowest first, and notes every mistake."""

    def __init__(self, findings: Findings) -> None:
        self.files: list[list[Ladder]] = []
        self.clocks: list[Clock] = []
        self._findings = findings
        self._codes: set[str] = set()
        self._names: list[str] = []

    def read(self, file: TomlFile) -> None:
        """The ladders of this file, laid over those read before."""
        self._names.append(file.top.file)
        stages = read_stages(file, self._findings)
        entries = self._findings.take(lambda: file.entries("ladder")) or []
        self._check_owned(stages, {str(entry.table.get("code")) for entry in entries})
        laid: list[Ladder] = []
        for entry in entries:
            mine = stages.get(str(entry.table.get("code")), [])
            sound = [stage for _, stage in mine if stage is not None]
            ladder = self._findings.take(lambda entry=entry, sound=sound: read_ladder(entry, sound))  # type: ignore[misc]
            if ladder is not None and len(sound) == len(mine):
                self._add(entry, ladder, [each for each, _ in mine], laid)
        self.files.append(laid)

    def check_codes(self, rows: Mapping[str, Clock]) -> None:
        """Note every clock whose code is taken by a timescale or by another clock: of two files the upper is wrong."""
        seen: set[str] = set()
        for entry, row in self.clocks:
            if row.code in rows and self._lies_above(rows[row.code][0], entry):
                self._note(rows[row.code][0], "code", f"'{row.code}' is a clock of the ladder of escalation")
            elif row.code in rows or row.code in seen:
                self._note(entry, "code", f"its clock would be called '{row.code}', as another timescale is")
            seen.add(row.code)

    def _lies_above(self, one: Entry, other: Entry) -> bool:
        return self._names.index(one.file) > self._names.index(other.file)

    def _check_owned(self, stages: Mapping[str, list[Rung]], ladders: Collection[str]) -> None:
        for name in stages.keys() - ladders:
            for entry, _ in stages[name]:
                self._note(entry, "ladder", f"there is no ladder '{name}' in this file")

    def _add(self, entry: Entry, ladder: Ladder, stages: Sequence[Entry], laid: list[Ladder]) -> None:
        before = len(self._findings.mistakes)
        self._check(entry, ladder, stages, laid)
        laid.append(ladder)
        if len(self._findings.mistakes) == before:
            rows = ladder.timescales()
            tables = [*stages, *[entry] * (len(rows) - len(stages))]
            self.clocks += zip(tables, rows, strict=True)

    def _check(self, entry: Entry, ladder: Ladder, stages: Sequence[Entry], beside: Sequence[Ladder]) -> None:
        if ladder.code in self._codes:
            reason = f"duplicate code '{ladder.code}': a ladder is not changed, a newer one follows it"
            self._note(entry, "code", reason)
        self._codes.add(ladder.code)
        if any(ladder.first_day == each.first_day for each in beside):
            self._note(entry, "from", "another ladder of this file begins on that day")
        self._check_stages(stages, ladder.stages)
        formal = [stage.limit for stage in ladder.stages if stage.formal]
        if not formal:
            self._note(entry, "code", f"the ladder '{ladder.code}' has no formal stage")
        if (days := sum(map(_working_days, formal))) > FORMAL_DAYS:
            reason = (
                f"its formal stages take {days} working days together; IRO Handbook 6.2 allows {FORMAL_DAYS}"
            )
            self._note(entry, "code", reason)

    def _check_stages(self, entries: Sequence[Entry], stages: Sequence[Stage]) -> None:
        seen: set[str] = set()
        formal = False
        for entry, stage in zip(entries, stages, strict=True):
            if stage.code in seen:
                self._note(entry, "code", f"duplicate stage '{stage.code}'")
            if formal and not stage.formal:
                self._note(entry, "formal", "an informal stage cannot stand above a formal one")
            seen.add(stage.code)
            formal = formal or stage.formal

    def _note(self, entry: Entry, key: str, reason: str) -> None:
        self._findings.mistakes += entry.refusal(key, reason).mistakes


def _working_days(limit: Period) -> int:
    """How many working days a limit takes at most: of calendar days, five in seven."""
    match limit:
        case WorkingDays():
            return limit.days
        case CalendarDays():
            return ceil(limit.days * 5 / 7)
        case ElapsedHours():
            return ceil(limit.hours / 24)
        case _:
            raise TypeError("no limit of a stage")
