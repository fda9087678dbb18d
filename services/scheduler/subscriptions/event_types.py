"""Every type of event that Duecare speaks of."""

from collections.abc import Iterator

from shared.events import (
    assurance_events,
    between_events,
    cafcass_events,
    care_events,
    deadline_events,
    escalation_events,
    language,
    operator_events,
    protection_events,
    review_events,
    workforce_events,
)

LANGUAGE = (
    assurance_events,
    between_events,
    cafcass_events,
    care_events,
    deadline_events,
    escalation_events,
    language,
    operator_events,
    protection_events,
    review_events,
    workforce_events,
)
"""Named, because a class is known only once its module has been imported."""


def _said(kind: type[language.Event]) -> Iterator[str]:
    if "type" in vars(kind):
        yield kind.type
    for narrower in kind.__subclasses__():
        yield from _said(narrower)


KNOWN_TYPES = frozenset(_said(language.Event))

FAMILIES = frozenset(each.partition(".")[0] + ".*" for each in KNOWN_TYPES)
"""Every noun with all that happens to it, also what a later version will tell: `deadline.*`."""
