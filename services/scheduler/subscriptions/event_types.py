"""Every type of event that Duecare speaks of."""

from collections.abc import Iterator

from shared.events import between_events, deadline_events, escalation_events, language

LANGUAGE = (language, deadline_events, escalation_events, between_events)
"""Named, because a class is known only once its module has been imported."""


def _said(kind: type[language.Event]) -> Iterator[str]:
    if "type" in vars(kind):
        yield kind.type
    for narrower in kind.__subclasses__():
        yield from _said(narrower)


KNOWN_TYPES = frozenset(_said(language.Event))
