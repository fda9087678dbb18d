"""The `duecare` command. Each subcommand is imported only when it is asked for, so that every one starts quickly."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from services.cli.console import plain_errors

# In the order in which a newcomer meets them: the module, and what it calls the command.
COMMANDS = {
    "demo": ("services.cli.demo.command", "demo"),
    "up": ("services.cli.up", "up"),
    "migrate": ("services.cli.migrate", "migrate"),
    "import": ("services.cli.import_", "import_app"),
    "verify": ("services.cli.verify", "verify"),
    "rebuild": ("services.cli.rebuild", "rebuild"),
    "demo-year": ("services.cli.sefton_year.command", "demo_year"),
    "states": ("services.cli.states", "states"),
    "ladder": ("services.cli.ladder.command", "ladder"),
    "events": ("services.cli.events.command", "events"),
    "timescales": ("services.cli.timescales.command", "timescales"),
}


class Commands(TyperGroup):
    """The subcommands, by name; what a user can put right is told in one line."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = _as_command(getattr(import_module(module), name))
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        with plain_errors():
            return super().invoke(ctx)


def _as_command(found: Any) -> Any:
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(found)
    return get_command(alone)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def duecare() -> None:
    """Duecare keeps the dates that councils owe to children in their care.

    New here? `duecare demo` shows everything with a made-up council, and needs nothing installed.

    Settings come from the environment: DATABASE_URL names a PostgreSQL (15 or later) to use instead of the
    embedded one, and every other setting begins with DUECARE_.
    """


if __name__ == "__main__":
    app()
