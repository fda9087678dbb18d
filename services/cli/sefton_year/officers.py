"""The officers whom the report counts."""

FULL_TIME = tuple(f"iro-{n}" for n in range(1, 9))
PART_TIME = "iro-9"
CHAIRS = ("chair-1", "chair-2")
