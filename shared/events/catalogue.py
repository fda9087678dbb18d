"""Every event that Duecare speaks of: the one list of their classes."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from shared.events import (
    assurance_events,
    between_events,
    cafcass_events,
    care_events,
    deadline_events,
    escalation_events,
    operator_events,
    protection_events,
    record_events,
    review_events,
    workforce_events,
)
from shared.events.language import Event

LANGUAGE: tuple[ModuleType, ...] = (
    deadline_events,
    care_events,
    review_events,
    between_events,
    protection_events,
    escalation_events,
    cafcass_events,
    workforce_events,
    assurance_events,
    record_events,
    operator_events,
)
"""Named, because a class is known only once its module has been imported. In the order in which they are told of."""


def spoken_in(module: ModuleType) -> list[type[Event]]:
    """The events that a module of the language holds, in its order."""
    own = (each for each in vars(module).values() if getattr(each, "__module__", None) == module.__name__)
    return [
        each for each in own if isinstance(each, type) and issubclass(each, Event) and "type" in vars(each)
    ]


EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {
        kind.type: kind
        for kind in sorted(
            (each for module in LANGUAGE for each in spoken_in(module)), key=lambda kind: kind.type
        )
    }
)
"""The class of each type, by the alphabet."""
