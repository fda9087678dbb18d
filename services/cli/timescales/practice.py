"""Whose practice is asked about, and how a mistake in the asking is told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from shared.timescales.catalogue import Catalogue, CatalogueError, load_catalogue
from shared.timescales.preview import PreviewRefused

OVERLAY_HELP = (
    "The council's own timescales: the name of a set that ships, or a .toml file; empty for England's alone. "
    "Default: DUECARE_POLICY or DUECARE_OVERLAY."
)
Overlay = Annotated[str | None, typer.Option("--overlay", metavar="NAME|FILE.toml", help=OVERLAY_HELP)]


def practised(overlay: str | None, said: Iterable[str] = ()) -> Catalogue:
    """England's timescales with the overlay named, or else the installation's; `said` are settings as NAME=VALUE.

    Raises PreviewRefused and CatalogueError.
    """
    practice = _installed() if overlay is None else overlay or None
    catalogue = load_catalogue(practice)
    chosen = tuple(sorted(dict(_chosen(each, catalogue) for each in said).items()))
    return load_catalogue(practice, chosen) if chosen else catalogue


def _installed() -> str | None:
    from services.cli.console import read_settings

    return read_settings().practice


def _chosen(text: str, catalogue: Catalogue) -> tuple[str, str]:
    name, _, value = text.partition("=")
    setting = next((each for each in catalogue.settings if each.name == name), None)
    if setting is None:
        known = ", ".join(each.name for each in catalogue.settings)
        raise PreviewRefused(f"A setting is written NAME=VALUE. The settings are {known}.")
    if value not in setting.values:
        raise PreviewRefused(f"The setting {name} is one of {', '.join(setting.values)}.")
    return name, value


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Tells what was asked wrongly in one line on stderr, and ends with exit code 2."""
    try:
        yield
    except PreviewRefused as refusal:
        line = str(refusal)
    except CatalogueError as error:
        more = len(error.mistakes) - 1
        line = str(error.mistakes[0])
        line += f" (and {more} more: see `duecare timescales check`)" if more else ""
    else:
        return
    typer.echo(" ".join(line.split()), err=True)
    raise typer.Exit(2)
