"""Every type of event that Duecare speaks of."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import shared.events
from shared.events.language import Event


def _said(kind: type[Event]) -> Iterator[str]:
    if "type" in vars(kind):
        yield kind.type
    for narrower in kind.__subclasses__():
        yield from _said(narrower)


for _module in iter_modules(shared.events.__path__):
    if _module.name.endswith("events") or _module.name == "language":
        import_module(f"shared.events.{_module.name}")

KNOWN_TYPES = frozenset(_said(Event))
