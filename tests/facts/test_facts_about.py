"""Facts about a short break hang together."""

import asyncio

from tests.facts.record import refusal


async def test_a_fact_that_others_are_about_stays_while_they_stand(record):
    await record.in_care()
    await record.told("F-break", "short_break.began", "2026-09-01")
    await record.told("F-ended", "short_break.ended", "2026-11-01", about="F-break")
    assert refusal(await record.withdraw("F-break")) == (409, "asked_about")
    await record.withdrawn("F-ended")
    await record.withdrawn("F-break")
    orphan = await record.tell("F-ended", "short_break.ended", "2026-11-01", about="F-break")
    assert refusal(orphan) == (409, "transition_refused")


async def test_nothing_ends_before_it_begins(record):
    await record.in_care()
    await record.told("F-break", "short_break.began", "2026-10-10")
    early = await record.tell("F-end", "short_break.ended", "2026-10-09", about="F-break")
    assert refusal(early) == (422, "ends_before_it_begins")
    await record.told("F-end", "short_break.ended", "2026-10-12", about="F-break")
    assert refusal(await record.tell("F-break", "short_break.began", "2026-10-13")) == (
        422,
        "ends_before_it_begins",
    )
    await record.told("F-break", "short_break.began", "2026-10-12")


async def test_two_facts_of_a_kind_about_one_record_are_refused(record):
    await record.in_care()
    await record.told("F-break", "short_break.began", "2026-09-01")
    await record.told("F-end", "short_break.ended", "2026-11-01", about="F-break")
    again = ("F-end-2", "short_break.ended", "2026-11-02")
    assert refusal(await record.tell(*again, about="F-break")) == (409, "already_reported")
    await record.withdrawn("F-end")
    await record.told(*again, about="F-break")
    assert refusal(await record.tell("F-end", "short_break.ended", "2026-11-01", about="F-break")) == (
        409,
        "already_reported",
    )


async def test_of_two_who_report_the_same_at_once_one_is_refused(record):
    await record.in_care()
    await record.told("F-break", "short_break.began", "2026-09-01")
    fact = ("short_break.ended", "2026-11-02")
    answers = await asyncio.gather(*(record.tell(f"F-{n}", *fact, about="F-break") for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {refusal(each)[1] for each in answers if each.status_code == 409} == {"already_reported"}


async def test_writers_of_one_history_take_turns(record):
    await record.officer()
    pause = {"from_on": "2026-11-24", "until_on": "2026-11-30"}
    seen = {"officer": "iro-1", "observer": "manager-1", "observed": "review"}
    answers = await asyncio.gather(
        *(record.put(f"/v1/observations/O-{n}", seen | {"made_on": f"2026-11-{n + 10}"}) for n in range(4)),
        record.put("/v1/workers/iro-1", {"role": "iro", "started_on": "2026-11-03"}),
        record.grant("X-1", "iro-supervision", "pause", **pause),
    )
    assert [answer.status_code for answer in answers] == [201] * 4 + [200, 201]
    assert await record.due("iro-supervision") == [("2026-12-10", "open")]
