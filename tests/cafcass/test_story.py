"""From advice sought to the last word, through public doors."""

from tests.cafcass.casework import ACCOUNT, SECOND


async def test_a_referral_goes_from_advice_sought_to_the_last_talk_with_the_guardian(casework):
    advice = {"on": "2026-11-20", "note": "Asked whether this is enough."}
    begun = await casework.begun(advice=advice)
    assert (begun["state"], begun["advice_sought_on"]) == ("advice_sought", "2026-11-20")
    referral = begun["id"]
    assert (await casework.written(referral, ACCOUNT))["state"] == "drafted"
    assert (await casework.done(referral, "ask_approval"))["state"] == "approval_asked"
    assert (await casework.done(referral, "approve", role=SECOND))["state"] == "approved"
    assert (await casework.done(referral, "refer", {"because": "Time is short."}))["state"] == "referred"
    heard = {"on": "2026-11-23", "said": "A guardian is named."}
    assert (await casework.done(referral, "act", heard))["state"] == "acting"
    closed = await casework.done(referral, "close", {"outcome": "The plan is carried out."})
    assert (closed["state"], closed["possible"]) == ("closed", [])
    verbs = [(step["verb"], step["taken_by"], step["reason"]) for step in closed["steps"]]
    assert verbs == [
        ("seek_advice", "somebody", "Asked whether this is enough."),
        ("draft", "iro-1", None),
        ("ask_approval", "iro-1", None),
        ("approve", "senior_manager-1", None),
        ("refer", "iro-1", "Time is short."),
        ("act", "iro-1", "A guardian is named."),
        ("close", "iro-1", "The plan is carried out."),
    ]
    assert await casework.told() == [
        "cafcass.advice_sought",
        "cafcass.approval_asked",
        "cafcass.approved",
        "cafcass.referred",
        "cafcass.acting",
        "cafcass.closed",
    ]


async def test_a_referral_leaves_its_escalation_and_its_clocks_as_they_are(casework):
    escalation = await casework.raised()
    before = (await casework.story.read(f"/{escalation}")).json()
    clocks = "SELECT id, due_at, outcome, revision FROM deadline ORDER BY id"
    ran = await casework.town.rows(clocks)
    referral = (await casework.begin(escalation)).json()["id"]
    await casework.written(referral, ACCOUNT)
    await casework.done(referral, "ask_approval")
    await casework.done(referral, "approve", role=SECOND)
    await casework.done(referral, "refer")
    assert (await casework.story.read(f"/{escalation}")).json() == before
    assert ran and await casework.town.rows(clocks) == ran


async def test_what_the_draft_says_is_shown_and_saying_it_again_changes_nothing(casework):
    drafted = await casework.drafted()
    assert {name: drafted[name] for name in ("breach", "remedy", "impact", "timetable")} == {
        name: value for name, value in ACCOUNT.items() if name != "children"
    }
    (child,) = drafted["children"]
    assert ACCOUNT["children"] == [{name: value for name, value in child.items() if name != "child_id"}]
    assert await casework.written(drafted["id"], ACCOUNT) == drafted


async def test_a_child_who_is_left_out_of_the_account_keeps_nothing(casework):
    drafted = await casework.drafted()
    left = await casework.written(drafted["id"], ACCOUNT | {"children": []})
    assert (left["children"][0]["views"], left["children"][0]["consent"]) == (None, None)
