"""What a subscription may ask for: types of events, as the catalogue has them."""

from shared.events.catalogue import EVENTS

KNOWN_TYPES = frozenset(EVENTS)

FAMILIES = frozenset(each.partition(".")[0] + ".*" for each in KNOWN_TYPES)
"""Every noun with all that happens to it, also what a later version will tell: `deadline.*`."""
