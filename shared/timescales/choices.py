"""Settings: the questions on which practice differs, each with its default, and what a council chose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.timescales.counted import Counted
from shared.timescales.entry import Entry, Findings
from shared.timescales.period_reading import day_period
from shared.timescales.reading import OPTIONAL, REQUIRED, kind, read_timescale
from shared.timescales.timescale import Timescale

Chosen = Mapping[str, str]
_KEPT = {"code", "history", "basis", "in_force", "choose", "replaces"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A question on which practice differs: its name, what it asks, the answers there are, and the default."""

    name: str
    title: str
    values: tuple[str, ...]
    default: str
    source: str


def read_setting(entry: Entry) -> Setting:
    """A setting from its table. Raises CatalogueError."""
    entry.only({"name", "title", "values", "default", "source"})
    values, default = entry.texts("values"), entry.text("default")
    if default not in values:
        raise entry.refusal("default", "the default is none of the values")
    return Setting(entry.text("name"), entry.text("title"), values, default, entry.text("source"))


def choose(settings: Sequence[Setting], said: Entry | None) -> Chosen:
    """The value of every setting: what was said, or the default. Raises CatalogueError with every mistake."""
    chosen = {setting.name: setting.default for setting in settings}
    if said is None:
        return chosen
    findings = Findings()
    findings.take(lambda: said.only(chosen))
    for setting in settings:
        if setting.name in said.table:
            value = findings.take(lambda setting=setting: _value(said, setting))  # type: ignore[misc]
            chosen[setting.name] = value or setting.default
    findings.tell()
    return chosen


def _value(said: Entry, setting: Setting) -> str:
    value = said.text(setting.name)
    if value not in setting.values:
        known = ", ".join(setting.values)
        raise said.refusal(setting.name, f"'{value}' is no value of {setting.name}; these are: {known}")
    return value


def read_chosen(entry: Entry, settings: Sequence[Setting], chosen: Chosen) -> Timescale:
    """The timescale as the settings make it. Every other way it could be is read too, so that a mistake in one
    is told before a council chooses it. Raises CatalogueError."""
    findings = Findings()
    wordings = list(_wordings(entry, settings))
    for names, wording in wordings:
        findings.take(lambda wording=wording, names=names: read_timescale(wording, names))  # type: ignore[misc]
    findings.tell()
    whole = entry
    mine: dict[str, str] = {}
    for name, options in _options(entry, settings):
        mine[name] = chosen[name]
        whole = _merged(whole, options, chosen[name])
    return read_timescale(whole, mine)


def other_wordings(entry: Entry, settings: Sequence[Setting]) -> Iterator[tuple[Entry, Timescale]]:
    """The timescale as each answer by itself would make it, with the table that says so."""
    for names, wording in _wordings(entry, settings):
        if names:
            yield wording, read_timescale(wording, names)


def _wordings(entry: Entry, settings: Sequence[Setting]) -> Iterator[tuple[Chosen, Entry]]:
    yield {}, entry
    for name, options in _options(entry, settings):
        for value in options.table:
            yield {name: value}, _merged(entry, options, value)


def _options(entry: Entry, settings: Sequence[Setting]) -> Iterator[tuple[str, Entry]]:
    if "choose" not in entry.table:
        return
    values = {setting.name: setting.values for setting in settings}
    choices = entry.inside("choose").only(values)
    for name in choices.table:
        yield name, choices.inside(name).only(values[name])


def _merged(entry: Entry, options: Entry, value: str) -> Entry:
    if value not in options.table:
        return entry
    other = options.inside(value).only(set(REQUIRED + OPTIONAL) - _KEPT)
    lines = {**entry.lines, **dict.fromkeys(other.table, options.line)}
    return Entry(entry.file, entry.line, {**entry.table, **other.table}, lines, entry.row)


def read_counted(entry: Entry, settings: Sequence[Setting], chosen: Chosen) -> Counted:
    """A fact that counts as of another day, where the setting says so. Raises CatalogueError."""
    entry.only({"fact", "as_of", "leaves", "within", "setting"})
    fact, as_of, leaves = (str(kind(entry, key, entry.text(key))) for key in ("fact", "as_of", "leaves"))
    within = day_period(entry, "within")
    wanted = entry.inside("setting").only(setting.name for setting in settings)
    counts = all(chosen[name] == wanted.text(name) for name in wanted.table)
    return Counted(fact, as_of, leaves, within if counts else None)
