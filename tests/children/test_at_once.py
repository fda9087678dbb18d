"""Several people write of one child while the records are merged: each is told, or their word is the child's."""

import asyncio


async def test_of_two_who_merge_at_once_one_is_refused(twice, council):
    answers = await asyncio.gather(twice.merge("C-1", "C-2"), twice.merge("C-2", "C-1"))
    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 200 and codes[1] in (409, 422)
    await twice.noticed()
    assert await council.faults() == {}


async def test_what_is_written_during_a_merge_is_the_surviving_child_s_or_is_to_be_sent_again(twice, council):
    town = twice.town
    writes = [
        ("reviews/N-1", {"care_period": "CP-1", "held_on": "2026-09-10"}),
        ("placements/PL-1", {"care_period": "CP-1", "started_on": "2026-06-02", "placement_type": "foster"}),
        ("legal_statuses/N-3", {"care_period": "CP-1", "status": "C1", "from_on": "2026-08-01"}),
        ("facts/N-4", {"history": "H-1", "kind": "visit.made", "happened_on": "2026-11-20"}),
        ("histories/N-5", {"kind": "missing_episode", "child": "C-1"}),
        ("care_periods/CP-1", {"child": "C-1", "started_on": "2026-06-01", "ended_on": "2026-09-18"}),
    ]
    put = (town.ask("reviews", "PUT", f"/v1/{path}", body, if_match="*") for path, body in writes)
    *answers, merged = await asyncio.gather(*put, twice.merge())
    assert {answer.status_code for answer in answers} <= {
        200,
        201,
        422,
        503,
    }  # 422: "another child's", by then
    if merged.status_code == 503:  # somebody else was at the same records
        assert (await twice.merge()).status_code == 200
    owned = await twice.owned()
    assert all(set(whose) <= {"C-2"} for whose in owned.values()), owned
    await twice.noticed()
    assert await council.faults() == {}
