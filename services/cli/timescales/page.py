"""duecare timescales docs: the page of the documentation that is made from the catalogue, never written by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from services.cli.timescales.practice import Overlay, mistakes_told, practised
from shared.timescales.catalogue import Catalogue
from shared.timescales.description import describe, promise
from shared.timescales.kinds import HISTORIES
from shared.timescales.timescale import Timescale

Choose = Callable[[str, str], Catalogue]
"""The same catalogue with one setting, by name, at another value."""

HEAD = """\
# The timescales

Made from the catalogue by `make docs`, and never edited by hand: change a row in
[shared/timescales](../shared/timescales) instead, and make it again.

Each says how long may pass from one fact to another. Days are London's. A date that falls on a weekend or a bank
holiday stays there; only a count of working days steps over such days. A figure is *not confirmed* until somebody
has read it in its source.
"""
COUNCIL = """
England's timescales, with those of the council {} laid over them.
"""
SETTINGS = """
## Settings

Where practice differs, a council says so in its own file, under `[settings]`.

| Setting | Asks | Answers (the default first) | Here | Source |
|---|---|---|---|---|
"""


def docs(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there, not to the terminal.")
    ] = None,
    overlay: Overlay = None,
) -> None:
    """Write what every timescale promises, in Markdown."""
    with mistakes_told():
        text = page(practised(overlay), lambda name, value: practised(overlay, [f"{name}={value}"]))
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def page(catalogue: Catalogue, choose: Choose) -> str:
    """The whole page."""
    council = COUNCIL.format(catalogue.authority) if catalogue.authority else ""
    lines = [HEAD + council + SETTINGS + "\n".join(_settings(catalogue))]
    for history, kind in HISTORIES.items():
        if rows := [row for row in catalogue.timescales if row.histories[0] == history]:
            lines.append(f"## {kind.title}")
            lines += ["\n".join(_row(row, catalogue, choose)) for row in rows]
    return "\n\n".join(lines) + "\n"


def _settings(catalogue: Catalogue) -> Iterator[str]:
    for each in catalogue.settings:
        answers = [each.default, *(value for value in each.values if value != each.default)]
        said = ", ".join(f"`{value}`" for value in answers)
        yield f"| `{each.name}` | {each.title} | {said} | `{catalogue.chosen[each.name]}` | {each.source} |"


def _row(row: Timescale, catalogue: Catalogue, choose: Choose) -> Iterator[str]:
    said = describe(row)
    yield f"### {row.title}\n"
    yield f"`{row.code}` · {row.basis}{'' if row.confirmed else ', *not confirmed*'} · {row.source}\n"
    yield f"{said.promise}\n"
    if row.untracked:
        yield f"- Not kept here: {row.untracked}"
    yield f"- In force: {'; '.join(said.in_force)}."
    yield from _unless_empty("Falls away", said.ends)
    yield from _unless_empty("Warnings", said.warnings)
    yield f"- When the date passes: {said.passing}"
    yield from _unless_empty("May be granted", said.granted)
    yield from _unless_empty("Also kept of", [HISTORIES[each].title.lower() for each in row.histories[1:]])
    yield from _choices(row, catalogue, choose)
    if row.note:
        yield f"- Note: {row.note.strip()}"


def _choices(row: Timescale, catalogue: Catalogue, choose: Choose) -> Iterator[str]:
    for setting in catalogue.settings:
        if setting.name in row.chosen:
            for value in setting.values:
                other = choose(setting.name, value).find(row.code)
                if other and value != row.chosen[setting.name] and promise(other) != promise(row):
                    yield f"- With `{setting.name} = {value}`: {promise(other)}"


def _unless_empty(heading: str, found: list[str] | tuple[str, ...]) -> Iterator[str]:
    if found:
        yield f"- {heading}: {'; '.join(found)}."
