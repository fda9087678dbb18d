"""What a subscription may ask for: types of events, as the catalogue has them."""

from shared.events.catalogue import EVENTS

KNOWN_TYPES = frozenset(EVENTS)
