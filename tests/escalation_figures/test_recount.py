"""Whatever happens in a council, its figures are what a recount of its escalations, one by one, gives."""

from datetime import date
from random import Random

import pytest

from tests.escalation_figures import recount
from tests.escalation_figures.life import everything, live
from tests.escalation_figures.recount import became, broken, lengths, on, totals, worked

FIRST, LAST = date(2026, 6, 15), date(2026, 8, 31)
PERIOD = {"from_": FIRST, "to": LAST}


def pair(each):
    return each["alerts"], each["child_alerts"]


def pairs(found):
    return {code: pair(each) for code, each in found.items()}


@pytest.fixture(params=[11, 12])
async def lived(office, request):
    """A council after half a year, what it tells of its escalations, and the London date."""
    await live(office, Random(request.param))
    return office, await everything(office), on(office.town.clock.now().isoformat())


async def test_a_recount_gives_the_same_figures(lived):
    office, told, today = lived
    assert len({each["state"] for each in told}) >= 5, "too little happened to say anything"
    await check_raised(office, told)
    await check_open(office, told, today)
    await check_response_times(office, told, today)
    await check_outcomes(office, told, today)
    await check_themes(office, told)


async def check_raised(office, told):
    found = await office.figures("raised", **PERIOD)
    raised = recount.raised_in(told, FIRST, LAST)
    informal = [each for each in raised if not each["stages"][0]["formal"]]
    formal = [each for each in told if each["formal_at"] and FIRST <= on(each["formal_at"]) <= LAST]
    praise = [e for e in told if e["state"] == "recorded" and FIRST <= on(e["raised_at"]) <= LAST]
    assert pair(found["raised"]) == totals(raised)
    assert pair(found["began_formally"]) == totals(each for each in raised if each not in informal)
    for name, mine in (("informal", informal), ("formal", formal), ("good_practice", praise)):
        assert pair(found[name]) == totals(mine), name
        assert found[name]["thematic"] == sum(not each["children"] for each in mine)
        assert found[name]["about_siblings"] == sum(len(each["children"]) > 1 for each in mine)
        for code in ("team", "theme", "severity", "raised_as"):
            assert pairs(found[name][f"by_{code}"]) == broken(mine, lambda e, code=code: e[code]), (
                name,
                code,
            )
        for stage in found[name].get("by_stage", ()):
            assert pair(stage) == totals(each for each in mine if each["stage"] == stage["stage"])


async def check_open(office, told, today):
    found = await office.figures("open")
    mine = [each for each in told if each["state"] in recount.UNDER_WAY]
    assert pair(found["all"]) == totals(mine)
    assert found["all"]["overdue"] == sum(recount.overdue(each, today) for each in mine)
    assert found["all"]["past_whole"] == sum(recount.past_whole(each, today) for each in mine)
    for code in ("team", "theme", "state"):
        assert pairs(found[f"by_{code}"]) == broken(mine, lambda e, code=code: e[code]), code
    assert {each["stage"]: pair(each) for each in found["by_stage"]} == broken(mine, lambda e: e["stage"])
    assert sum(each["to_answer"] for each in found["by_responder"]) == sum(e["state"] == "open" for e in mine)
    old = [each for each in mine if worked(on(each["raised_at"]), today) > 40]
    assert pair(found["by_age"]["over_40"]) == totals(old)


async def check_response_times(office, told, today):
    found = await office.figures("response_times", **PERIOD)
    asked = [each for alert in told for each in alert["stages"] if FIRST <= on(each["opened_at"]) <= LAST]
    assert {each["stage"] for each in found["stages"]} == {each["stage"] for each in asked}
    for stage in found["stages"]:
        mine = [each for each in asked if each["stage"] == stage["stage"]]
        ends = [became(each, today) for each in mine]
        assert stage["asked"] == len(mine)
        assert [stage[name] for name in ("in_time", "late", "silent", "waiting")] == [
            ends.count(name) for name in ("in_time", "late", "silent", "waiting")
        ]
        answered = [each for each in mine if each["answered_at"]]
        days = [worked(on(each["opened_at"]), on(each["answered_at"])) for each in answered]
        assert (stage["answered"], stage["to_answer"]) == (len(answered), lengths(days))


async def check_outcomes(office, told, today):
    found = await office.figures("outcomes", **PERIOD)
    ended = [each for each in told if each["closed_at"] and FIRST <= on(each["closed_at"]) <= LAST]
    for state in ("resolved", "partly_resolved", "withdrawn", "superseded"):
        assert pair(found["ended"][state]) == totals(e for e in ended if e["state"] == state), state
    resolved = [each for each in ended if each["state"] in ("resolved", "partly_resolved")]
    for said in ("yes", "no", "not_needed", "not_said"):
        assert pair(found["plan_changed"][said]) == totals(
            each for each in resolved if (each["plan_changed"] or "not_said") == said
        )
    took = [worked(on(each["raised_at"]), on(each["closed_at"])) for each in resolved]
    assert found["times"]["to_resolved"] == lengths(took)
    reopened = [s for each in told for s in each["stages"] if s["why"] == "reopened"]
    assert found["reopened"] == sum(FIRST <= on(each["opened_at"]) <= LAST for each in reopened)
    await check_promises(office, told, today, found)


async def check_promises(office, told, today, found):
    each_with_its = [(alert, each) for alert in told for each in await office.promises(alert)]
    made = [each for _, each in each_with_its if FIRST <= on(each["promised_at"]) <= LAST]
    done = [each for each in made if each["state"] == "done"]
    late = [each for each in done if each["done_on"] > each["due_on"]]
    owed = [each for each in made if each["state"] == "promised"]
    moves = {step["about_id"] for alert in told for step in alert["steps"] if step["verb"] == "move"}
    assert found["promises"] == {
        "made": len(made),
        "kept_in_time": len(done) - len(late),
        "kept_late": len(late),
        "dropped": sum(each["state"] == "dropped" for each in made),
        "outstanding": len(owed),
        "overdue": sum(date.fromisoformat(each["due_on"]) < today for each in owed),
        "moved": sum(each["id"] in moves for each in made),
    }
    first: dict[str, date] = {}
    for alert, each in each_with_its:
        if each["done_on"]:
            day = date.fromisoformat(each["done_on"])
            first[alert["id"]] = min(day, first.get(alert["id"], day))
    began = {each["id"]: on(each["raised_at"]) for each in told}
    took = [worked(began[alert], day) for alert, day in first.items() if FIRST <= day <= LAST]
    assert found["times"]["to_first_promise_kept"] == lengths(took)


async def check_themes(office, told):
    found = await office.figures("themes", **PERIOD)
    counted = recount.months(recount.raised_in(told, FIRST, LAST))
    shown = {
        (e["theme"], e["team"]): {m: n["alerts"] for m, n in e["by_month"].items()} for e in found["themes"]
    }
    assert shown == counted
    looked_at = recount.months(recount.raised_in(told, date(2026, 3, 1), LAST))
    assert {(e["theme"], e["team"]) for e in found["recurring"]} == {
        which for which, counts in looked_at.items() if len(counts) >= 3
    }
