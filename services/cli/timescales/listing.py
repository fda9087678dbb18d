"""duecare timescales list: every row, with its basis, its source, and since when it holds."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from services.cli.timescales.practice import Overlay, mistakes_told, practised
from shared.timescales.catalogue import Catalogue
from shared.timescales.choices import Setting
from shared.timescales.description import describe
from shared.timescales.kinds import HISTORIES
from shared.timescales.timescale import Passing, Timescale

WIDTH = 100


def list_timescales(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, with all of it.")] = False,
    overlay: Overlay = None,
) -> None:
    """Print every timescale, and on whose authority it stands.

    Its code, its title, how long it allows, since when, and the source that says so. What each promises, word for
    word, is printed by `duecare timescales docs`.
    """
    with mistakes_told():
        catalogue = practised(overlay)
    if as_json:
        typer.echo(json.dumps(as_dict(catalogue), indent=2, ensure_ascii=False))
    else:
        _print(catalogue)


def as_dict(catalogue: Catalogue) -> dict[str, Any]:
    """The catalogue as plain values."""
    return {
        "version": catalogue.version,
        "authority": catalogue.authority,
        "settings": [_setting(each, catalogue) for each in catalogue.settings],
        "timescales": [_row(each) for each in catalogue.timescales],
    }


def _setting(setting: Setting, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "name": setting.name,
        "title": setting.title,
        "values": list(setting.values),
        "default": setting.default,
        "chosen": catalogue.chosen[setting.name],
        "source": setting.source,
    }


def _row(row: Timescale) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "history": list(row.histories),
        "limit": str(row.limit),
        "promise": describe(row).promise,
        "basis": row.basis.value,
        "source": row.source,
        "confirmed": row.confirmed,
        "in_force": [
            {
                "from": each.first_day.isoformat(),
                "to": each.last_day.isoformat() if each.last_day else None,
                "limit": str(each.limit or row.limit),
            }
            for each in row.in_force
        ],
        "warn": [str(each) for each in row.warn],
        "passing": row.passing.value,
        "on_breach": row.on_breach.value,
        "settings": dict(row.chosen),
        "untracked": row.untracked,
        "note": row.note,
    }


def _print(catalogue: Catalogue) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    console = Console(width=WIDTH, highlight=False, markup=False)
    for history, kind in HISTORIES.items():
        rows = [row for row in catalogue.timescales if row.histories[0] == history]
        table = Table(
            title=kind.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, width=WIDTH
        )
        for heading, ratio in (("Timescale", 46), ("Limit and dates", 26), ("Basis and source", 28)):
            table.add_column(heading, ratio=ratio, overflow="fold")
        for row in rows:
            table.add_row("\n".join(_named(row)), "\n".join(_allowed(row)), "\n".join(_founded(row)))
            table.add_row()
        if rows:
            console.print(table)
    for setting in catalogue.settings:
        console.print(f"{setting.name} = {catalogue.chosen[setting.name]}: {setting.title.lower()}")


def _named(row: Timescale) -> Iterator[str]:
    yield row.code
    yield row.title
    if len(row.histories) > 1:
        yield f"(also: {', '.join(HISTORIES[each].title.lower() for each in row.histories[1:])})"
    if row.untracked:
        yield f"not kept: {row.untracked}"


def _allowed(row: Timescale) -> Iterator[str]:
    yield str(row.limit)
    yield from describe(row).in_force
    if row.passing is not Passing.BREACH:
        yield f"passing: {row.passing}"
    yield from (f"{name}: {value}" for name, value in row.chosen.items())


def _founded(row: Timescale) -> Iterator[str]:
    yield row.basis if row.confirmed else f"{row.basis}, not confirmed"
    yield row.source
