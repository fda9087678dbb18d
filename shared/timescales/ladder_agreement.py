"""Whether the ladders of the files agree: with their own stages, with each other, and with the timescales."""

from collections.abc import Collection, Sequence
from math import ceil

from shared.timescales.entry import Entry, Findings
from shared.timescales.ladder import Ladder
from shared.timescales.ladder_reading import Rung, read_ladder, read_stages
from shared.timescales.periods import CalendarDays, ElapsedHours, Period, WorkingDays
from shared.timescales.timescale import Timescale
from shared.timescales.toml_file import TomlFile

MOST = 20  # working days that the whole formal process may take: IRO Handbook 6.2

Clock = tuple[Entry, Timescale]


class LadderReader:
    """Reads the ladders of one file after another, the lowest first, and notes every mistake."""

    def __init__(self, findings: Findings) -> None:
        self.files: list[list[Ladder]] = []
        self.clocks: list[Clock] = []
        self._findings = findings
        self._codes: set[str] = set()

    def read(self, file: TomlFile) -> None:
        """The ladders of this file, laid over those read before."""
        stages = read_stages(file, self._findings)
        entries = self._findings.take(lambda: file.entries("ladder")) or []
        self._check_owned(stages, {str(entry.table.get("code")) for entry in entries})
        laid: list[Ladder] = []
        for entry in entries:
            mine = stages.get(str(entry.table.get("code")), [])
            ladder = self._findings.take(lambda entry=entry, mine=mine: read_ladder(entry, mine))  # type: ignore[misc]
            if ladder is not None and self._stands(entry, ladder, mine, laid):
                laid.append(ladder)
                self._keep_clocks(entry, ladder, mine)
        self.files.append(laid)

    def check_codes(self, taken: Collection[str]) -> None:
        """Note every clock whose code is a timescale's, or another clock's, already."""
        seen = set(taken)
        for entry, row in self.clocks:
            if row.code in seen:
                reason = f"its clock would be called '{row.code}', as another timescale is already"
                self._findings.mistakes += entry.refusal("code", reason).mistakes
            seen.add(row.code)

    def _check_owned(self, stages: dict[str, list[Rung]], ladders: Collection[str]) -> None:
        for name, rungs in stages.items():
            for entry, _ in rungs:
                if name not in ladders:
                    reason = f"there is no ladder '{name}' in this file"
                    self._findings.mistakes += entry.refusal("ladder", reason).mistakes

    def _stands(self, entry: Entry, ladder: Ladder, rungs: Sequence[Rung], laid: Sequence[Ladder]) -> bool:
        """Whether it can be used, with every reason why not noted."""
        before = len(self._findings.mistakes)
        if ladder.code in self._codes:
            self._note(
                entry, "code", f"duplicate code '{ladder.code}': a ladder is not changed, a newer one follows"
            )
        self._codes.add(ladder.code)
        if any(ladder.first_day == each.first_day for each in laid):
            self._note(entry, "from", "another ladder of this file begins on that day")
        if not any(stage.formal for stage in ladder.stages):
            self._note(entry, "code", f"the ladder '{ladder.code}' has no formal stage")
        self._check_rungs(entry, rungs)
        return len(self._findings.mistakes) == before

    def _check_rungs(self, ladder: Entry, rungs: Sequence[Rung]) -> None:
        seen: set[str] = set()
        formal = False
        for entry, stage in rungs:
            if stage.code in seen:
                self._note(entry, "code", f"duplicate stage '{stage.code}'")
            if formal and not stage.formal:
                self._note(entry, "formal", "an informal stage cannot stand above a formal one")
            seen.add(stage.code)
            formal = formal or stage.formal
        days = sum(_working_days(stage.limit) for _, stage in rungs if stage.formal)
        if days > MOST:
            reason = (
                f"its formal stages take {days} working days together, and may take {MOST} (IRO Handbook 6.2)"
            )
            self._note(ladder, "code", reason)

    def _keep_clocks(self, ladder: Entry, read: Ladder, rungs: Sequence[Rung]) -> None:
        entries = [entry for entry, _ in rungs]
        for number, row in enumerate(read.timescales()):
            self.clocks.append((entries[number] if number < len(entries) else ladder, row))

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
