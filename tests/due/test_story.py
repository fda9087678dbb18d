"""A Monday in the reviewing service, from the manager's list to the child's timeline."""

from shared.auth.principal import Role


async def test_a_late_review_is_found_held_and_remembered(office):
    await office.child("C-1", "2026-11-16", "iro-1", iro_notified_at="2026-11-16T09:00:00Z")
    await office.child("C-2", "2026-10-20", "iro-2", iro_notified_at="2026-10-20T09:00:00Z")
    await office.town.put("/v1/reviews/R-1", {"care_period": "P-C-2", "scheduled_on": "2026-11-20"})
    await office.sweep()

    late = await office.stretch("/v1/due?overdue=true&basis=statutory", Role.IRO_MANAGER)
    (line,) = [each for each in late["items"] if each["timescale"] == "lac-review-first"]
    assert (line["child"], line["officer"], line["due_on"]) == ("C-2", "iro-2", "2026-11-17")
    assert line["breached"]

    day = (await office.town.ask("reviews", "GET", "/v1/caseloads/iro-2", role=Role.IRO)).json()
    (child,) = day["children"]
    assert child["child"] == "C-2" and child["deadlines"][0]["id"] == line["id"]

    hold = {"held_on": "2026-11-23", "participation": "PN1"}
    held = await office.town.ask("reviews", "POST", "/v1/reviews/R-1/hold", hold, role=Role.IRO)
    assert held.status_code == 200
    assert ("C-2", "lac-review-first") not in await office.names("officer=iro-2&days=366")
    assert ("C-2", "lac-review-second") in await office.names("officer=iro-2&days=366")

    told = await office.stretch("/v1/children/C-2/timeline?kinds=lac-review-first,review.held", Role.IRO)
    words = [each["words"] for each in told["items"]]
    assert [each["what"] for each in told["items"]] == [
        "deadline_opened",
        "deadline_breached",
        "fact",
        "deadline_closed",
    ]
    assert words[2] == "A review was held." and words[3].endswith("done, after its date.")
