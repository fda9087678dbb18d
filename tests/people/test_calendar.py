"""The calendar that an officer subscribes to."""

from datetime import UTC, date, datetime

from shared.auth.principal import Role
from tests.protection.case import Case


async def test_an_officer_s_calendar_holds_their_children_s_meetings_checks_and_dates(bench):
    await bench.worked()
    child = await bench.child("C-1")
    await bench.child("C-2", officer="iro-2")
    review = await bench.review("R-1", "C-1", "2026-11-26")
    await bench.review("R-2", "C-2", "2026-11-26")
    check = {"care_period": "P-C-1", "officer": "iro-1", "planned_on": "2026-11-30"}
    check_id = (await bench.town.put("/v1/midpoint_checks/M-1", check)).json()["id"]
    case = Case(bench.town)
    await case.child("C-3")
    meeting = (await case.conference("K-1", "C-3", chair="iro-1", scheduled_on="2026-12-04"))["id"]

    found = await bench.calendar(await bench.path())
    assert str(found[f"review-{review}@duecare"]["SUMMARY"]) == f"Looked-after review (child {child[-8:]})"
    assert found[f"review-{review}@duecare"].decoded("DTSTART") == date(2026, 11, 26)
    assert found[f"review-{review}@duecare"].decoded("DTEND") == date(2026, 11, 27)
    assert found[f"midpoint_check-{check_id}@duecare"].decoded("DTSTART") == date(2026, 11, 30)
    conference = found[f"conference-{meeting}@duecare"]
    assert str(conference["SUMMARY"]) == f"Initial child protection conference ({meeting[-8:]})"
    deadlines = await bench.town.rows(
        "SELECT id, due_on FROM deadline WHERE child_id = :c AND outcome = 'open'", c=child
    )
    assert deadlines
    for each in deadlines:
        assert found[f"deadline-{each.id}@duecare"].decoded("DTSTART") == each.due_on
    assert len(found) == 3 + len(deadlines)
    assert all(
        f"/v1/children/{child}" in found[f"deadline-{each.id}@duecare"]["DESCRIPTION"] for each in deadlines
    )


async def test_a_calendar_is_written_as_outlook_google_and_apple_read_it(bench):
    await bench.worked()
    await bench.child("C-1")
    await bench.review("R-1", "C-1", "2026-11-26")
    answer = await bench.fetch(await bench.path())
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    text = answer.text.replace("\r\n ", "")
    for line in (
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ):
        assert f"\r\n{line}\r\n" in text
    assert "\r\nDTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20261127\r\n" in text
    assert text.count("\r\nDTSTAMP:20261123T120000Z\r\n") == text.count("BEGIN:VEVENT")
    assert "VTIMEZONE" not in text and "TZID" not in text and "METHOD" not in text
    assert "CanaryQ7" not in text and "C-1" not in text and "iro-1" not in text


async def test_what_is_due_within_a_day_is_an_instant_whatever_london_s_clock_says(bench):
    await bench.worked()
    child = await bench.child("C-1")
    (due, *_) = await bench.town.rows(
        "SELECT id FROM deadline WHERE child_id = :c AND outcome = 'open'", c=child
    )
    await bench.plant(
        "UPDATE deadline SET due_on = '2027-06-01', due_at = '2027-06-01T15:00Z' WHERE authority_id = :a AND id = :d",
        d=due.id,
    )
    found = await bench.calendar(await bench.path())
    event = found[f"deadline-{due.id}@duecare"]
    assert event.decoded("DTSTART") == datetime(2027, 6, 1, 15, tzinfo=UTC) and "DTEND" not in event


async def test_a_review_that_moves_keeps_its_place_and_one_that_is_cancelled_leaves(bench):
    await bench.worked()
    await bench.child("C-1")
    review = f"review-{await bench.review('R-1', 'C-1', '2026-11-26')}@duecare"
    path = await bench.path()
    before = (await bench.calendar(path))[review]
    await bench.review("R-1", "C-1", "2026-11-27")
    after = (await bench.calendar(path))[review]
    assert after.decoded("DTSTART") == date(2026, 11, 27) and int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    cancelled = await bench.town.ask(
        "reviews", "POST", "/v1/reviews/R-1/cancel", {"approved_by": "manager-1", "reason": "illness"}
    )
    assert cancelled.status_code == 200 and review not in await bench.calendar(path)


async def test_a_program_that_asks_again_is_told_that_nothing_is_new(bench):
    await bench.worked()
    await bench.child("C-1")
    path = await bench.path()
    first = await bench.fetch(path)
    assert first.headers["cache-control"] == "private, no-cache"
    bench.town.pass_time(minutes=5)
    again = await bench.fetch(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    await bench.review("R-1", "C-1", "2026-11-26")
    assert (await bench.fetch(path, if_none_match=first.headers["etag"])).status_code == 200


async def test_a_restricted_child_is_in_the_calendar_of_whom_the_record_names_and_of_nobody_else(bench):
    await bench.worked()
    child = await bench.child("C-1", restricted=True, restricted_to=["sub-other"])
    case = Case(bench.town)
    await case.conference("K-1", "C-1", chair="iro-1", scheduled_on="2026-12-04")
    path = await bench.path()
    assert await bench.calendar(path) == {}
    await bench.town.put("/v1/children/C-1", {"restricted": True, "restricted_to": ["sub-jo"]}, if_match="*")
    assert any(child in str(each["DESCRIPTION"]) for each in (await bench.calendar(path)).values())


async def test_only_a_hash_of_the_secret_is_kept_and_it_is_shown_once(bench):
    await bench.worked()
    made = await bench.link(idempotency_key="one")
    again = await bench.link(idempotency_key="one")
    secret = made.json()["path"].rpartition("/")[2].removesuffix(".ics")
    assert again.json() == made.json() | {"path": None}
    kept = await bench.town.rows("SELECT * FROM calendar_link", role="duecare_reviews")
    kept += await bench.town.rows("SELECT body FROM idempotency_key", role="duecare_reviews")
    assert len(kept) >= 2 and secret not in str(kept)
    listed = await bench.as_("sub-jo", Role.IRO, "GET", "/v1/calendar_links")
    assert [each["id"] for each in listed.json()["links"]] == [
        made.json()["id"]
    ] and secret not in listed.text


async def test_however_many_links_there_are_every_one_is_listed(bench):
    await bench.worked()
    made = [(await bench.link()).json()["id"] for _ in range(3)]
    first = (await bench.as_("sub-jo", Role.IRO, "GET", "/v1/calendar_links?limit=2")).json()
    second = (await bench.as_("sub-jo", Role.IRO, "GET", first["next"])).json()
    assert [each["id"] for each in first["links"] + second["links"]] == made[::-1] and second["next"] is None


async def test_whatever_is_wrong_with_a_link_is_not_found_in_the_same_words(bench):
    worker = await bench.worked()
    path = await bench.path()
    link = (await bench.as_("sub-jo", Role.IRO, "GET", "/v1/calendar_links")).json()["links"][0]["id"]
    secret = path.rpartition("/")[2].removesuffix(".ics")
    other = await bench.path()
    revoked = await bench.as_("sub-jo", Role.IRO, "DELETE", f"/v1/calendar_links/{link}")
    assert revoked.status_code == 204
    wrong = ["x", "%00", "A" * 43, "A" * 300, f"{secret}A", secret[:-1], "%F0%9F%98%80", secret]
    answers = [await bench.fetch(f"/v1/calendar_links/feed/{each}.ics") for each in wrong]
    for gone in ({"left_on": "2026-11-20"}, {"role": "iro_manager"}):
        await bench.worked(**gone)
        answers.append(await bench.fetch(other))
    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}
    assert worker not in answers[0].text


async def test_a_link_that_is_revoked_twice_is_revoked_once(bench):
    """Whose answer was lost asks again."""
    await bench.worked()
    link = (await bench.link("iro-1")).json()["id"]
    for who, role in (("sub-jo", Role.IRO), ("boss", Role.IRO_MANAGER)):
        assert (await bench.as_(who, role, "DELETE", f"/v1/calendar_links/{link}")).status_code == 204
    [row] = await bench.town.rows("SELECT revoked_by FROM calendar_link")
    assert row.revoked_by == "sub-jo"


async def test_an_officer_makes_links_for_themselves_and_a_manager_for_any_officer(bench):
    await bench.worked()
    await bench.worked("iro-2", subject="sub-al")
    await bench.worked("sw-1", role="social_worker", subject="sub-sw")
    assert (await bench.link("iro-1")).status_code == 201
    refused = [await bench.link(officer) for officer in ("iro-2", "nobody", "sw-1")]
    assert {(each.status_code, each.content) for each in refused} == {(403, refused[0].content)}
    managed = [await bench.link(officer, Role.IRO_MANAGER) for officer in ("iro-2", "nobody", "sw-1")]
    assert [each.status_code for each in managed] == [201, 404, 422]
    theirs = managed[0].json()["id"]
    hidden = await bench.as_("sub-jo", Role.IRO, "DELETE", f"/v1/calendar_links/{theirs}")
    assert hidden.status_code == 404
    assert (
        await bench.as_("boss", Role.IRO_MANAGER, "DELETE", f"/v1/calendar_links/{theirs}")
    ).status_code == 204


async def test_a_secret_enters_neither_the_log_nor_the_figures(bench, caplog):
    await bench.worked()
    path = await bench.path()
    secret = path.rpartition("/")[2].removesuffix(".ics")
    caplog.set_level("DEBUG")
    for each in (path, f"{path}x", path.replace(".ics", "A.ics")):
        await bench.fetch(each)
    figures = (await bench.fetch("/metrics")).text
    logged = "\n".join(each.getMessage() for each in caplog.records if each.name.startswith("duecare"))
    assert "/v1/calendar_links/feed/{secret}.ics" in logged
    assert secret not in logged and secret not in figures
