"""What a subscription may ask for: types of events, as the catalogue has them."""

from shared.events.catalogue import EVENTS

KNOWN_TYPES = frozenset(EVENTS)

FAMILIES = frozenset(each.partition(".")[0] + ".*" for each in KNOWN_TYPES)
"""Every noun with all that happens to it, also what a later version will tell: `deadline.*`."""


def known(value: str) -> str:
    """The same. Raises ValueError, naming those that there are, for what is neither a type nor a family of types."""
    if value not in KNOWN_TYPES and value not in FAMILIES:
        listed = ", ".join(sorted(KNOWN_TYPES | FAMILIES))
        raise ValueError(f"is no type of event and no family of types; known are {listed}")
    return value
