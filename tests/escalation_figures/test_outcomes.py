"""What came of alerts. The clock says Monday 23 November 2026, noon."""

from shared.auth.principal import Role

ONE, NONE = {"alerts": 1, "child_alerts": 1}, {"alerts": 0, "child_alerts": 0}


async def test_every_end_is_counted_as_what_it_is(office):
    await office.child_of("east", "C-1")
    await office.child_of("east", "C-2")
    siblings = await office.raise_one(children=["C-1", "C-2"])
    await office.do(siblings, "resolve", outcome="Visited.", plan_changed="yes")
    partly, *others = [await office.raise_one("C-1") for _ in range(4)]
    await office.do(partly, "resolve", outcome="One of two.", partly=True)
    await office.do(others[0], "withdraw", reason="Of another.")
    await office.do(others[1], "supersede", reason="The child has left care.")
    found = await office.figures("outcomes")
    assert found["ended"] == {
        "resolved": {"alerts": 1, "child_alerts": 2},
        "partly_resolved": ONE,
        "withdrawn": ONE,
        "superseded": ONE,
    }
    assert found["plan_changed"] == {
        "yes": {"alerts": 1, "child_alerts": 2},
        "no": NONE,
        "not_needed": NONE,
        "not_said": ONE,
    }


async def test_one_that_is_reopened_has_not_ended(office):
    await office.child_of("east", "C-1")
    alert = await office.raise_one("C-1")
    await office.do(alert, "resolve", outcome="Visited.")
    await office.do(alert, "reopen", reason="It was not.")
    found = await office.figures("outcomes")
    assert (found["ended"]["resolved"], found["reopened"]) == (NONE, 1)
    await office.do(alert, "resolve", outcome="Visited.", plan_changed="no")
    found = await office.figures("outcomes")
    assert (found["ended"]["resolved"], found["reopened"], found["plan_changed"]["no"]) == (ONE, 1, ONE)
    assert (await office.figures("outcomes", to="2026-11-22"))["reopened"] == 0


async def test_it_is_measured_from_the_alert_to_its_end_in_working_days(office):
    await office.child_of("east", "C-1")
    quick, slow = await office.raise_one("C-1"), await office.alert("C-1")
    await office.do(quick, "resolve", outcome="Visited.")
    office.town.pass_time(days=9)  # Wednesday 2 December: seven working days
    await office.do(slow, "resolve", outcome="Visited.")
    found = await office.figures("outcomes")
    assert found["times"]["to_resolved"] == {"count": 2, "median": 3.5, "ninetieth": 7}
    assert {kind: each["to_resolved"]["median"] for kind, each in found["times_of"].items()} == {
        "informal_resolution": 0,
        "practice_alert": 7,
    }


async def test_the_first_promise_that_is_kept_is_the_action(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    await office.answer(alert, "2026-11-27", "2026-12-04", then="accept")
    office.town.clock.set(office.town.clock.now().replace(month=12, day=7))
    await office.promise(alert, 1, "keep", done_on="2026-12-03", evidence="Seen.")
    await office.promise(alert, 0, "keep", done_on="2026-12-01", evidence="Seen.")  # a Tuesday
    found = (await office.figures("outcomes"))["times"]["to_first_promise_kept"]
    assert found == {"count": 1, "median": 6, "ninetieth": 6}
    later = await office.figures("outcomes", from_="2026-12-02", to="2026-12-31")
    assert later["times"]["to_first_promise_kept"]["count"] == 0
    sooner = await office.figures("outcomes", from_="2026-12-01", to="2026-12-01")
    assert sooner["times"]["to_first_promise_kept"]["count"] == 1


async def test_what_was_promised_is_followed_to_its_end(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    days = ("2026-11-25", "2026-11-25", "2026-11-25", "2026-11-25", "2026-11-30", "2026-11-25")
    await office.answer(alert, *days, then="accept")
    await office.promise(alert, 1, "move", due_on="2026-12-04", reason="Away until then.")
    office.town.clock.set(office.town.clock.now().replace(day=26))
    await office.promise(alert, 0, "keep", done_on="2026-11-25", evidence="Seen.")
    await office.promise(alert, 1, "keep", done_on="2026-11-26", evidence="Seen.")
    await office.promise(alert, 2, "keep", done_on="2026-11-26", evidence="Seen.")
    await office.promise(alert, 3, "drop", reason="The child has moved.")
    found = await office.figures("outcomes")
    assert found["promises"] == {
        "made": 6,
        "kept_in_time": 2,
        "kept_late": 1,
        "dropped": 1,
        "outstanding": 2,
        "overdue": 1,
        "moved": 1,
    }
    assert (await office.figures("outcomes", from_="2026-11-24"))["promises"]["made"] == 0


async def test_praise_has_no_outcome(office):
    await office.child_of("east", "C-1")
    praise = await office.raise_one("C-1", kind="good_practice", role=Role.IRO_MANAGER)
    await office.do(praise, "retract", reason="Of another.")
    found = await office.figures("outcomes", role=Role.AUDITOR)
    assert set(map(str, found["ended"].values())) == {str(NONE)}
