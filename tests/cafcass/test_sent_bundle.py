"""What is missing before a referral is sent, and what stays once it is."""

import hashlib
import json

from tests.cafcass.casework import ACCOUNT, SECOND

BARS = {"no_breach", "no_remedy", "no_views", "no_consent"}


def codes(bundle, *, blocks):
    return {each["code"] for each in bundle["missing"] if each["blocks"] is blocks}


async def test_what_is_missing_is_told_in_words_and_some_of_it_bars_sending(casework):
    begun = await casework.begun()
    bundle = await casework.bundle(begun["id"])
    assert codes(bundle, blocks=True) == BARS
    assert codes(bundle, blocks=False) == {
        "no_impact", "no_timetable", "no_legal_advice", "no_contact", "no_answer", "no_advocate", "no_care_plan",
        "no_review_record",
    }  # fmt: skip
    assert {
        "code": "no_views",
        "words": "The child's views are not recorded.",
        "blocks": True,
        "child": "C-1",
    } in (bundle["missing"])


async def test_sending_is_refused_while_something_bars_it_and_nothing_is_kept(casework):
    approved = await casework.approved(remedy=None)
    answer = await casework.do(approved["id"], "refer")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duecare:problem:something_missing")
    assert "The remedy sought is not said." in answer.json()["detail"]
    assert (await casework.get(approved["id"])).json() == approved
    assert await casework.town.rows("SELECT 1 FROM cafcass_bundle") == []


async def test_consent_is_no_bar_whichever_it_is(casework):
    child = ACCOUNT["children"][0] | {"consent": "refused"}
    approved = await casework.approved(children=[child])
    assert (await casework.done(approved["id"], "refer"))["state"] == "referred"


async def test_a_child_who_has_left_care_meanwhile_bars_sending(casework):
    approved = await casework.approved()
    await casework.leaves_care()
    assert codes(await casework.bundle(approved["id"]), blocks=True) == {
        "not_looked_after",
        "no_legal_status",
    }
    assert (await casework.do(approved["id"], "refer")).status_code == 409


async def test_what_is_on_record_is_not_missing(casework):
    approved = await casework.approved()
    plan = {"history": "CP-1", "kind": "care_plan", "completed_on": "2026-06-05"}
    await casework.town.put("/v1/milestones/M-1", plan)
    await casework.done(approved["id"], "legal_advice", {"words": "Arguable."})
    told = codes(await casework.bundle(approved["id"]), blocks=False)
    assert told == {"no_contact", "no_answer", "no_review_record"}


async def test_a_sent_bundle_stays_as_it_was_sent_to_the_byte(casework):
    referral = (await casework.referred())["id"]
    document, page = await casework.document(referral), await casework.page(referral)
    await casework.recorded()
    await casework.town.put("/v1/allocations/A-1", {
        "care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z",
    })  # fmt: skip
    casework.town.pass_time(days=40)
    await casework.done(referral, "decline", {"said": "Not for us."})
    assert (await casework.document(referral)).content == document.content
    assert (await casework.page(referral)).content == page.content
    (kept,) = await casework.town.rows("SELECT document_sha256, page_sha256, sent_by FROM cafcass_bundle")
    assert kept.document_sha256 == hashlib.sha256(document.content).hexdigest()
    assert kept.page_sha256 == hashlib.sha256(page.content).hexdigest()
    assert kept.sent_by == "iro-1" and document.headers["etag"] == f'"{kept.document_sha256}"'
    assert json.loads(document.content)["referral"]["state"] == "referred"


async def test_before_it_is_sent_a_bundle_follows_the_record(casework):
    approved = await casework.approved()
    assert (await casework.bundle(approved["id"]))["children"][0]["reviews"] == []
    await casework.recorded()
    assert len((await casework.bundle(approved["id"]))["children"][0]["reviews"]) == 1


async def test_the_page_shows_what_people_wrote_and_runs_none_of_it(casework):
    wrote = "<script>alert('x')</script> & \"so on\""
    child = ACCOUNT["children"][0] | {"views": wrote, "advocate": "<b>Voices</b>"}
    drafted = await casework.drafted(breach=wrote, children=[child])
    page = (await casework.page(drafted["id"])).text
    assert "<script" not in page and "<b>" not in page
    assert page.count("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &#34;so on&#34;") == 2


async def test_the_page_is_one_readable_whole(casework):
    referral = (await casework.referred())["id"]
    answer = await casework.page(referral)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = answer.text
    for part in (
        '<html lang="en-GB">',
        "<h1>",
        "<caption>",
        'scope="col"',
        "@media print",
        "Mon 29 June 2026",
    ):
        assert part in page, part
    assert "http://" not in page and "https://" not in page and "src=" not in page
    assert "First looked-after review" in page and "Not sent yet" not in page


async def test_a_council_s_contacts_are_in_its_bundles(reachable):
    drafted = await reachable.drafted()
    bundle = await reachable.bundle(drafted["id"])
    assert bundle["contacts"] == {
        "officer": "Reviewing service, 0151 496 0001",
        "manager": "Its manager, 0151 496 0002",
        "cafcass": "Duty line, 0151 496 0003",
    }
    assert "no_contact" not in codes(bundle, blocks=False)
    assert "0151 496 0002" in (await reachable.page(drafted["id"])).text


async def test_nobody_can_change_a_bundle_that_was_sent_or_a_step_that_was_taken(casework):
    await casework.referred()
    for table in ("cafcass_bundle", "cafcass_step"):
        rights = await casework.town.rows(
            "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = :table "
            "AND grantee = 'duecare_escalation'",
            role=None,
            table=table,
        )
        assert {right.privilege_type for right in rights} == {"SELECT", "INSERT"}


async def test_a_second_person_can_read_the_bundle_before_approving(casework):
    drafted = await casework.drafted()
    await casework.done(drafted["id"], "ask_approval")
    assert (await casework.document(drafted["id"], role=SECOND)).status_code == 200
