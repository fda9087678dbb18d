"""Reviews from beginning to end, in the words of the trade."""

from shared.auth.principal import Role
from tests.reviews.desk import APPROVED, refusal

FIRST, SERIES, ADJOURNED = "lac-review-first", "lac-review-series-of-meetings", "lac-review-adjournment"


async def test_a_review_begun_on_time_and_completed_as_a_series_within_20_working_days(desk):
    await desk.in_care()
    await desk.planned("2026-10-27")
    begun = await desk.step("meet", on="2026-10-27", mode="virtual")
    assert (begun["status"], begun["began_on"]) == ("under_way", "2026-10-27")
    await desk.step("meet", on="2026-11-06", mode="in_person")
    assert await desk.due(FIRST) == [("2026-10-29", "open", None)]
    assert await desk.due(SERIES) == [("2026-11-24", "open", None)]
    held = await desk.step(
        "complete", held_on="2026-11-20", participation="PN1", attended={"child": 1, "carer": 2}
    )
    assert (held["status"], held["held_on"], held["began_on"]) == ("held", "2026-11-20", "2026-10-27")
    assert [each["mode"] for each in held["meetings"]] == ["virtual", "in_person"]
    assert await desk.due(FIRST) == [("2026-10-29", "met", "2026-10-27")]
    assert await desk.due(SERIES) == [("2026-11-24", "met", "2026-11-20")]
    due = {each["timescale"]: each["due_on"] for each in held["deadlines"]}
    assert (due["lac-review-second"], due["review-decisions-issued"]) == ("2027-01-27", "2026-11-27")
    assert await desk.faults() == {}


async def test_a_series_that_takes_longer_counts_on_the_day_of_its_completion(desk):
    await desk.in_care()
    await desk.planned("2026-10-15")
    await desk.step("meet", on="2026-10-15", mode="in_person")
    await desk.step("complete", held_on="2026-11-20", late_reason="series_not_finished")
    assert await desk.due(FIRST) == [("2026-10-29", "met_late", "2026-11-20")]
    assert await desk.due(SERIES) == [("2026-11-12", "met_late", "2026-11-20")]
    assert await desk.faults() == {}


async def test_adjourned_once_and_then_late(desk):
    await desk.in_care()
    await desk.planned("2026-10-15")
    adjourned = await desk.step("adjourn", adjourned_on="2026-10-15", because="No report from school.")
    assert (adjourned["status"], adjourned["began_on"]) == ("adjourned", "2026-10-15")
    assert await desk.due(ADJOURNED) == [("2026-11-12", "open", None)]
    again = await desk.ask("adjourn", adjourned_on="2026-11-02", because="No report again.")
    assert refusal(again) == (409, "transition_refused")
    assert "completed" in again.json()["detail"]
    await desk.step("meet", on="2026-11-02", mode="hybrid")
    assert refusal(await desk.ask("adjourn", adjourned_on="2026-11-03", because="No.")) == (
        409,
        "transition_refused",
    )
    await desk.step("complete", held_on="2026-11-20", late_reason="report_not_ready")
    assert await desk.due(ADJOURNED) == [("2026-11-12", "met_late", "2026-11-20")]
    assert await desk.due(FIRST) == [("2026-10-29", "met_late", "2026-11-20")]
    assert await desk.faults() == {}


async def test_postponed_without_an_approver_is_refused(desk):
    await desk.in_care()
    await desk.planned("2026-11-26")
    for missing in APPROVED:
        said = {name: value for name, value in APPROVED.items() if name != missing}
        refused = await desk.ask("postpone", scheduled_on="2026-12-03", **said)
        assert refusal(refused) == (422, "validation")
        assert refused.json()["errors"][0]["pointer"] == f"/{missing}"
    put_off = await desk.try_to_put(role=Role.IRO, scheduled_on="2026-12-03")
    assert refusal(put_off) == (422, "needs_an_approver")
    another = await desk.ask(
        "postpone", role=Role.IRO_MANAGER, scheduled_on="2026-12-03", reason="illness", approved_by="not-me"
    )
    assert refusal(another) == (422, "not_your_own_approval")
    assert refusal(await desk.ask("postpone", role=Role.IRO, scheduled_on="2026-12-03", **APPROVED)) == (
        403,
        "forbidden",
    )
    own = {"reason": "illness", "approved_by": "somebody"}
    answer = await desk.ask("postpone", role=Role.IRO_MANAGER, scheduled_on="2026-12-03", **own)
    assert (answer.status_code, answer.json()["scheduled_on"]) == (200, "2026-12-03")
    assert (answer.json()["postponed_from"], answer.json()["postponed_by"]) == ("2026-11-26", "somebody")
    assert await desk.events("review.postponed") == [
        (
            "review.postponed",
            {"postponed_from": "2026-11-26", "scheduled_on": "2026-12-03", "reason": "illness"},
        )
    ]


async def test_no_progress_on_last_review_s_decisions(desk):
    await desk.in_care()
    await desk.put("R-1", held_on="2026-10-20")
    for number in range(1, 5):
        await desk.decided(f"D-{number}", due_on="2026-11-10")
    await desk.step("finish", "decisions/D-1", done_on="2026-11-05")
    await desk.step("start", "decisions/D-2", started_on="2026-11-05")
    await desk.step("drop", "decisions/D-3", because="The child moved to another school.")
    await desk.put("R-2", held_on="2026-11-20")
    await desk.decided("D-5", "R-2", carried_from="D-4")
    found = await desk.get("/v1/reviews/R-2/progress", Role.IRO)
    assert (found["previous"]["reference"], found["previous"]["held_on"]) == ("R-1", "2026-10-20")
    counts = [found[name] for name in ("decisions", "done", "not_done", "dropped", "carried_over")]
    assert counts == [4, 1, 2, 1, 1]
    assert [each["reference"] for each in found["not_done_decisions"]] == ["D-4", "D-2"]
    late = await desk.get("/v1/decisions?child=C-1&overdue=true", Role.IRO)
    assert [each["reference"] for each in late["items"]] == ["D-2", "D-4"]
    assert (await desk.get("/v1/reviews/R-1/progress"))["previous"] is None


AROUND = {
    "review-invitations": ("2026-10-21", "met", "2026-10-19"),
    "sw-pre-review-report": ("2026-10-23", "met", "2026-10-22"),
    "review-decisions-issued": ("2026-11-04", "met", "2026-11-02"),
    "review-decisions-manager-challenge": ("2026-11-09", "met", "2026-11-05"),
    "review-record": ("2026-11-18", "met", "2026-11-12"),
    "review-record-distribution": ("2026-11-25", "met", "2026-11-20"),
}


async def test_everything_that_surrounds_a_review(desk):
    await desk.in_care()
    await desk.planned("2026-10-28")
    await desk.put(
        scheduled_on="2026-10-28",
        mode="hybrid",
        invitations_sent_on="2026-10-19",
        report_received_on="2026-10-22",
        iro_spoke_on="2026-10-27",
        iro_spoke_alone=True,
        my_report_returned=True,
        my_report_returned_on="2026-10-26",
    )
    await desk.step("hold", held_on="2026-10-28", participation="PN2", attended={"child": 1, "advocate": 1})
    await desk.step("issue_decisions", decisions_issued_on="2026-11-02")
    answered = await desk.step(
        "answer_decisions", decisions_answered_on="2026-11-05", decisions_answer="disagreed"
    )
    assert (answered["mode"], answered["iro_spoke_alone"], answered["my_report_returned"]) == (
        "hybrid",
        True,
        True,
    )
    whole = await desk.as_held()
    await desk.put(**whole | {"record_completed_on": "2026-11-12", "record_distributed_on": "2026-11-20"})
    for timescale, wanted in AROUND.items():
        assert await desk.due(timescale) == [wanted], timescale
    assert await desk.faults() == {}
