"""A council's own practice laid over England's: what it may add, tighten and switch off, and what it may not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.timescales.entry import Entry, Findings
from shared.timescales.escalation_kinds import ESCALATION, ESCALATION_KINDS
from shared.timescales.kinds import KINDS
from shared.timescales.reading import word
from shared.timescales.tighter import looser, uncovered
from shared.timescales.timescale import Basis, OnBreach, Passing, Timescale
from shared.timescales.toml_file import TomlFile
from shared.timescales.wording import day_in_words

Rows = dict[str, tuple[Entry, Timescale]]
_TOP = {
    "timescale",
    "authority",
    "extends",
    "settings",
    "off",
    "untracked",
    "tells",
    "ladder",
    "stage",
    "reaction",
}
_FIXED = (
    "histories",
    "starts",
    "stops",
    "cancels",
    "when",
    "unless",
    "elapsed",
    "or_earlier",
    "passing",
    "relief",
    "value_on",
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay's file, whose it is, and the name of the overlay that it is laid over, where not England alone."""

    file: TomlFile
    authority: str
    extends: str | None

    @property
    def settings(self) -> Entry | None:
        """What it says of the settings, if anything."""
        return self.file.table("settings")


def read_overlay(file: TomlFile, findings: Findings) -> Overlay:
    """The top of an overlay, as far as it can be read, with every mistake in it noted."""
    findings.take(lambda: file.top.only(_TOP))
    authority = findings.take(lambda: _authority(file.top))
    return Overlay(file, authority or "", findings.take(lambda: file.top.optional_text("extends")))


def _authority(top: Entry) -> str:
    authority = top.text("authority")
    if not re.fullmatch(r"E[0-9]{8}", authority):
        raise top.refusal("authority", "an authority is its nine-character code, such as E08000014")
    return authority


def lay_over(rows: Rows, added: Iterable[tuple[Entry, Timescale]], findings: Findings) -> None:
    """Add an overlay's rows to those beneath, noting every one that may not be."""
    for entry, row in added:
        findings.take(lambda entry=entry, row=row: _check(entry, row, rows))  # type: ignore[misc]
        rows[row.code] = entry, row


def _check(entry: Entry, row: Timescale, rows: Rows) -> None:
    replaces, beneath = entry.flag("replaces", default=False), rows.get(row.code)
    if beneath is None:
        if replaces:
            raise entry.refusal("replaces", "there is no timescale of England's with this code to replace")
    elif not replaces:
        raise entry.refusal(
            "code", "the code is England's already: say 'replaces = true' to replace that row"
        )
    elif beneath[1].basis is Basis.STATUTORY:
        _check_tighter(entry, row, beneath[1])


def _check_tighter(entry: Entry, row: Timescale, law: Timescale) -> None:
    """A statutory row may be given less time, and nothing else of it may change."""
    if row.basis is not Basis.STATUTORY:
        raise entry.refusal(
            "basis", "the row is statutory: it stays so, whatever time a council allows itself"
        )
    for name in _FIXED:
        if getattr(row, name) != getattr(law, name):
            key = {"histories": "history"}.get(name, name)
            raise entry.refusal(key, f"the row is statutory: its '{key}' is the law's and cannot be changed")
    if (day := uncovered(row, law)) is not None:
        raise entry.refusal("in_force", f"the row is statutory and in force on {day_in_words(day)}")
    if why := looser(row, law):
        raise entry.refusal("limit", why)


def switch_off(rows: Rows, file: TomlFile, findings: Findings) -> None:
    """Take away the local rows that the overlay switches off, and mark those of whose end nothing is told."""
    for entry in findings.take(lambda: file.entries("off")) or ():
        if code := findings.take(lambda entry=entry: _off(entry, rows)):  # type: ignore[misc]
            del rows[code]
    if told := findings.take(lambda: _told(file.top)):
        for code, (held, row) in rows.items():
            if row.stops.fact not in told:
                rows[code] = held, replace(row, untracked=f"Nothing is told of {row.stops.fact}.")
    for entry in findings.take(lambda: file.entries("untracked")) or ():
        if code := findings.take(lambda entry=entry: _known(entry, rows)):  # type: ignore[misc]
            held, row = rows[code]
            rows[code] = held, replace(row, untracked=entry.text("because"))


def choose_reactions(rows: Rows, file: TomlFile, findings: Findings) -> None:
    """Let a breach suggest an escalation, open one at once, or do neither, as the overlay says."""
    for entry in findings.take(lambda: file.entries("reaction")) or ():
        if chosen := findings.take(lambda entry=entry: _reaction(entry, rows)):  # type: ignore[misc]
            held, row = rows[chosen[0]]
            rows[row.code] = held, replace(row, on_breach=chosen[1])


def _reaction(entry: Entry, rows: Rows) -> tuple[str, OnBreach]:
    code = _known(entry, rows, "on_breach")
    on_breach = word(entry, "on_breach", OnBreach)
    if rows[code][1].passing is not Passing.BREACH and on_breach is not OnBreach.NONE:
        raise entry.refusal("on_breach", "a row whose passing is no breach has nothing to react to")
    if rows[code][1].belongs_to([ESCALATION]):
        raise entry.refusal(
            "code", "an escalation's own clocks go up its ladder: its stages say what silence does"
        )
    return code, on_breach


def _told(top: Entry) -> frozenset[str]:
    """The kinds of fact that the council's systems tell of, with those that follow from them and those of
    escalations, which are raised here; none where it does not say, which means all."""
    told = top.texts("tells")
    if unknown := [kind for kind in told if kind not in KINDS]:
        raise top.refusal("tells", f"unknown kind of fact '{unknown[0]}'; see kinds.py for the known ones")
    derived = {kind for kind, each in KINDS.items() if each.derived}
    return frozenset(derived.union(told, ESCALATION_KINDS)) if told else frozenset()


def _off(entry: Entry, rows: Rows) -> str:
    code = _known(entry, rows)
    if rows[code][1].basis is not Basis.LOCAL:
        raise entry.refusal(
            "code", f"'{code}' is {rows[code][1].basis}: only a local row can be switched off"
        )
    return code


def _known(entry: Entry, rows: Rows, *also: str) -> str:
    entry.only({"code", "because", *also})
    code = entry.text("code")
    entry.text("because")
    if code not in rows:
        raise entry.refusal("code", f"there is no timescale '{code}' beneath this overlay")
    return code
