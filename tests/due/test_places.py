"""Going through the list stretch by stretch, while others write."""

from tests.due.test_due import furnished


async def test_stretches_of_any_length_make_the_same_list(office):
    await furnished(office)
    whole = await office.due("days=366&limit=200")
    for limit in (1, 2, 3, len(whole), len(whole) + 1):
        assert await office.due(f"days=366&limit={limit}") == whole


async def test_the_address_of_what_follows_keeps_the_question(office):
    await furnished(office)
    first = await office.stretch("/v1/due?days=366&officer=iro-1&limit=1")
    assert first["next"].startswith("/v1/due?days=366&officer=iro-1&limit=1&after=")
    second = await office.stretch(first["next"])
    assert second["items"][0]["id"] != first["items"][0]["id"]
    assert second["next"].count("after=") == 1


async def test_no_line_is_lost_or_told_twice_while_others_write(office):
    await furnished(office)
    before = {line["id"] for line in await office.due("days=366")}
    seen, address, turn = [], "/v1/due?days=366&limit=1", 0
    while address:
        stretch = await office.stretch(address)
        seen += [line["id"] for line in stretch["items"]]
        address, turn = stretch["next"], turn + 1
        if turn <= 6:  # children whose dates lie before, among and after those that are left
            day = ("2026-08-03", "2026-10-01", "2026-11-20")[turn % 3]
            await office.child(f"N-{turn}", day, "iro-1")
        if turn == 3:
            await office.town.put("/v1/reviews/R-1", {"care_period": "P-C-1", "held_on": "2026-11-23"})
    still_open = {line["id"] for line in await office.due("days=366")}
    assert len(seen) == len(set(seen))
    assert before & still_open <= set(seen)


async def test_lines_of_one_instant_are_told_one_after_another(office):
    for number in range(5):
        await office.child(f"C-{number}", "2026-11-02")
    lines = await office.due("days=366&limit=1&timescale=lac-review-first")
    assert len({line["due_at"] for line in lines}) == 1
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines) and len(lines) == 5


async def test_marks_and_promises_are_told_in_one_order(office):
    await furnished(office)
    promised = [line["id"] for line in await office.due("overdue=false&days=366")]
    sql = "UPDATE deadline SET passing = 'mark' WHERE authority_id = :a AND timescale LIKE 'lac-review-%'"
    await office.plant(sql)
    for limit in (1, 3, 200):
        lines = await office.due(f"overdue=false&days=366&limit={limit}")
        assert [line["id"] for line in lines] == promised
