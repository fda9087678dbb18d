"""A referral follows the child to the record that stays, and back."""

from services.escalation_api.reactions import follow_authority
from tests.cafcass.casework import ACCOUNT


async def heard(casework):
    await casework.story.sweep_and_relay()
    while await follow_authority(casework.town.apps["escalation"].state.door, casework.town.authority):
        pass


async def merge(casework, one, into):
    body = {"into": into, "because": "Referred twice."}
    answer = await casework.town.ask("reviews", "POST", f"/v1/children/{one}/merge", body)
    assert answer.status_code == 200, answer.text
    await heard(casework)


async def split(casework, one, to, *records):
    body = {"records": records, "to": {"reference": to}, "because": "They are two."}
    answer = await casework.town.ask("reviews", "POST", f"/v1/children/{one}/split", body)
    assert answer.status_code == 200, answer.text
    await heard(casework)


async def named(casework, referral):
    return [child["child"] for child in (await casework.get(referral)).json()["children"]]


async def test_a_referral_of_a_merged_record_is_of_the_child_who_stays_and_goes_back_when_that_is_undone(
    casework,
):
    referral = (await casework.drafted())["id"]
    await casework.story.child("C-2")
    await merge(casework, "C-1", "C-2")
    assert await named(casework, referral) == ["C-2"]
    (child,) = (await casework.bundle(referral))["children"]
    assert (child["child"], child["views"], child["looked_after"]) == (
        "C-2",
        "I want somebody to listen.",
        True,
    )
    assert [one["id"] for one in await casework.listed("?child=C-1")] == [referral]
    await split(casework, "C-2", "C-1", "CP-1")
    assert await named(casework, referral) == ["C-1"]
    assert await casework.listed("?child=C-2") == []


async def test_where_siblings_turn_out_to_be_one_child_what_was_told_of_either_is_kept(casework):
    begun = await casework.begun("C-1", "C-2")
    await casework.leaves_care("2026-07-01")
    first = ACCOUNT["children"][0]
    second = {"child": "C-2", "consent": "refused"}
    await casework.written(begun["id"], ACCOUNT | {"children": [first, second]})
    await merge(casework, "C-1", "C-2")
    (child,) = (await casework.get(begun["id"])).json()["children"]
    assert (child["child"], child["views"], child["consent"]) == ("C-2", first["views"], "refused")
