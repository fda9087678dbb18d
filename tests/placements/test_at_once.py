"""Two case workers place one child at the same moment: one of them is told."""

import asyncio

from tests.facts.record import refusal


async def test_of_two_placements_at_once_one_is_refused(record):
    answers = await asyncio.gather(*(record.place(f"PL-{n}", "2026-10-01") for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]
    assert {refusal(each)[1] for each in answers if each.status_code == 422} == {"overlapping_placement"}
