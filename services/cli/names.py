"""Names that nobody could take for a real child's."""

from random import Random

# fmt: off
FIRST = (
    "Aster", "Basil", "Briar", "Bryony", "Cedar", "Clover", "Coriander", "Fennel", "Fern", "Hazel",
    "Heather", "Juniper", "Larch", "Laurel", "Linden", "Maple", "Marjoram", "Myrtle", "Poppy", "Rowan",
    "Saffron", "Sage", "Sorrel", "Tansy", "Thyme", "Willow", "Yarrow",
)
LAST = (
    "Demo", "Example", "Fable", "Fiction", "Imagined", "Invented", "Placeholder", "Pretend", "Sample",
    "Story",
)
# fmt: on


def made_up_name(random: Random) -> str:
    """A display name such as Rowan Example."""
    return f"{random.choice(FIRST)} {random.choice(LAST)}"
