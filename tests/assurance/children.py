"""Children in care, for samples to be drawn from."""

from typing import Any

from tests.town import Town

STARTED = "2026-03-02"


async def in_care(town: Town, count: int, **period: Any) -> list[str]:
    """This many more children in care since March; the references of all of them."""
    names = [f"C-{number}" for number in range(1, count + 1)]
    for name in names:
        await town.put(f"/v1/children/{name}", {})
        await town.put(f"/v1/care_periods/CP-{name}", {"child": name, "started_on": STARTED} | period)
    return names


async def allocated(
    town: Town, name: str, officer: str, at: str = "2026-03-03T09:00:00Z", **more: Any
) -> None:
    """An officer for one of them."""
    body = {"care_period": f"CP-{name}", "officer": officer, "allocated_at": at} | more
    await town.put(f"/v1/allocations/A-{name}-{officer}", body)
