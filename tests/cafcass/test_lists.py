"""Finding referrals, and the smaller turns that one can take."""

from tests.cafcass.casework import ACCOUNT, SECOND


async def test_referrals_are_listed_in_stretches_in_the_order_in_which_they_were_begun(casework):
    begun = [(await casework.begun())["id"] for _ in range(3)]
    first = await casework.ask("GET", "?limit=2")
    assert [one["id"] for one in first.json()["items"]] == begun[:2]
    rest = first.json()["next"].removeprefix("/v1/cafcass_referrals")
    second = await casework.ask("GET", rest)
    assert [one["id"] for one in second.json()["items"]] == begun[2:]
    assert second.json()["next"] is None


async def test_referrals_are_found_by_state_by_escalation_and_by_child(casework):
    first = await casework.begun()
    second = await casework.begun("C-2", advice={})
    assert [one["id"] for one in await casework.listed("?state=drafted")] == [first["id"]]
    assert [one["id"] for one in await casework.listed("?state=advice_sought")] == [second["id"]]
    assert [one["id"] for one in await casework.listed(f"?escalation={second['escalation_id']}")] == [
        second["id"]
    ]
    assert [one["id"] for one in await casework.listed("?child=C-2")] == [second["id"]]
    assert await casework.listed("?child=C-2&state=drafted") == []


async def test_advice_may_be_sought_while_it_is_drafted_and_every_asking_is_kept(casework):
    begun = await casework.begun(advice={"on": "2026-11-18", "note": "First."})
    await casework.written(begun["id"], ACCOUNT)
    asked = await casework.done(begun["id"], "seek_advice", {"note": "Second."})
    assert (asked["state"], asked["advice_sought_on"], asked["advice"]) == (
        "drafted",
        "2026-11-23",
        "Second.",
    )
    kept = [(s["reason"], s["happened_on"]) for s in asked["steps"] if s["verb"] == "seek_advice"]
    assert kept == [("First.", "2026-11-18"), ("Second.", "2026-11-23")]
    assert await casework.told() == ["cafcass.advice_sought"] * 2


async def test_one_that_cafcass_declined_is_closed_with_a_last_word(casework):
    referral = (await casework.referred())["id"]
    declined = await casework.done(referral, "decline", {"on": "2026-11-22", "said": "Not enough."})
    assert declined["possible"] == ["close"]
    closed = await casework.done(referral, "close", {"outcome": "We go on with the director."})
    assert (closed["state"], closed["outcome"]) == ("closed", "We go on with the director.")
    heard = next(step for step in closed["steps"] if step["verb"] == "decline")
    assert (heard["reason"], heard["happened_on"]) == ("Not enough.", "2026-11-22")
    assert (await casework.told())[-2:] == ["cafcass.declined", "cafcass.closed"]


async def test_a_referral_is_withdrawn_before_it_is_sent_and_not_after(casework):
    drafted = await casework.drafted()
    withdrawn = await casework.done(drafted["id"], "withdraw", {"because": "Put right."})
    assert (withdrawn["state"], withdrawn["possible"]) == ("withdrawn", [])
    assert (await casework.told()) == ["cafcass.withdrawn"]
    sent = await casework.referred()
    assert (await casework.do(sent["id"], "withdraw", {"because": "No."})).status_code == 409


async def test_legal_advice_is_a_note_for_officers_alone_and_the_referral_keeps_its_day(casework):
    drafted = await casework.drafted()
    noted = await casework.done(drafted["id"], "legal_advice", {"on": "2026-11-19", "words": "Arguable."})
    assert noted["legal_advice_on"] == "2026-11-19"
    assert "Arguable" not in str(noted)
    path = f"/{drafted['escalation_id']}/notes"
    assert [note["words"] for note in (await casework.story.read(path)).json()["items"]] == ["Arguable."]
    assert (await casework.story.read(path, role=SECOND)).status_code == 403


async def test_a_referral_goes_on_when_its_escalation_has_ended_and_its_bundle_says_so(casework):
    approved = await casework.approved()
    ended = await casework.story.post(f"/{approved['escalation_id']}/withdraw", {"reason": "A mistake."})
    assert ended.status_code == 200
    missing = {each["code"]: each["blocks"] for each in (await casework.bundle(approved["id"]))["missing"]}
    assert missing["alert_ended"] is False
    assert (await casework.done(approved["id"], "refer"))["state"] == "referred"
