"""A manager draws a dip sample by lot; officers say what they find on each child's record."""

import pytest

from shared.auth.principal import Role
from shared.http.percentages import percent
from tests.assurance.children import allocated, in_care
from tests.assurance.samples import SAMPLE, answer, close, code, draw, drawn


async def page(town, reference="DS-1"):
    return (await town.ask("reviews", "GET", f"/v1/dip_samples/{reference}")).json()


async def counts(town, reference="DS-1"):
    answers = (await page(town, reference))["figures"]["answers"]
    return {name: each["count"] for name, each in answers.items()}


def test_a_sample_of_149_children_of_whom_67_have_a_care_planning_meeting_recorded_is_45_per_cent():
    assert percent(67, 149) == 45


async def test_a_sample_of_20_children_of_whom_9_have_a_care_planning_meeting_recorded_is_45_per_cent(town):
    await in_care(town, 22)
    assert (await draw(town, size=20)).json()["drawn_from"] == 22
    sampled = await drawn(town)
    assert len(set(sampled)) == 20
    for number, child in enumerate(sampled):
        assert (await answer(town, child, "yes" if number < 9 else "no")).status_code == 201
    figures = (await page(town))["figures"]
    assert (figures["sampled"], figures["percentage"]) == (20, 45)
    assert await counts(town) == {"yes": 9, "no": 11, "not_applicable": 0, "unanswered": 0}


async def test_whom_the_question_does_not_fit_is_left_out_of_the_percentage(town):
    await in_care(town, 6)
    await draw(town, size=4)
    for child, said in zip(await drawn(town), ("yes", "no", "not_applicable"), strict=False):
        await answer(town, child, said)
    assert (await page(town))["figures"]["percentage"] == 50
    assert await counts(town) == {"yes": 1, "no": 1, "not_applicable": 1, "unanswered": 1}


async def test_the_same_seed_draws_the_same_children_in_the_same_order(town):
    await in_care(town, 12)
    for reference, seed in (("DS-1", 7), ("DS-2", 7), ("DS-3", 8)):
        await draw(town, reference, size=6, seed=seed)
    assert await drawn(town, "DS-1") == await drawn(town, "DS-2") != await drawn(town, "DS-3")


async def test_the_draw_stays_as_it_was_whoever_comes_into_care_later(town):
    await in_care(town, 6)
    await draw(town)
    before = await drawn(town)
    await town.put("/v1/children/C-late", {})
    await town.put("/v1/care_periods/CP-late", {"child": "C-late", "started_on": "2026-03-04"})
    again = await draw(town)
    assert (again.status_code, again.json()["drawn_from"]) == (200, 6)
    assert await drawn(town) == before


async def test_only_children_in_care_on_that_day_are_drawn(town):
    await in_care(town, 3)
    for name, period in (
        ("before", {"started_on": "2026-01-05", "ended_on": "2026-03-30"}),
        ("after", {"started_on": "2026-04-01"}),
        ("that-day", {"started_on": "2026-01-05", "ended_on": "2026-03-31"}),
    ):
        await town.put(f"/v1/children/C-{name}", {})
        await town.put(f"/v1/care_periods/CP-{name}", {"child": f"C-{name}"} | period)
    sample = await draw(town, size=9, whole=True)
    assert (sample.status_code, sample.json()["drawn_from"]) == (201, 4)
    assert "C-that-day" in await drawn(town) and "C-after" not in await drawn(town)


async def test_a_sample_may_be_of_one_officer_s_children(town):
    await in_care(town, 4)
    await allocated(town, "C-1", "iro-1")
    await allocated(town, "C-2", "iro-2")
    await allocated(town, "C-3", "iro-1", ended_at="2026-03-31T09:00:00Z")
    await allocated(town, "C-4", "iro-1", at="2026-04-01T09:00:00Z")
    await draw(town, officer="iro-1", size=1, whole=True)
    assert await drawn(town) == ["C-1"]


async def test_a_sample_may_be_of_the_children_on_a_child_protection_plan_that_day(town):
    for name, ended in (("1", None), ("2", "2026-03-30"), ("3", "2026-03-31")):
        await town.put(f"/v1/children/P-{name}", {})
        plan = {"child": f"P-{name}", "started_on": "2026-03-02", "initial_category": "NEG"}
        await town.put(f"/v1/protection_plans/P-{name}", plan | ({"ended_on": ended} if ended else {}))
    plans = {"population": "on_protection_plan", "whole": True}
    assert (await draw(town, question="core_group_held", **plans)).json()["drawn_from"] == 2
    assert set(await drawn(town)) == {"P-1", "P-3"}
    refused = await draw(town, "DS-2", officer="iro-1", **plans)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/officer")


@pytest.mark.parametrize("size", [3, 4])
async def test_a_sample_of_everybody_must_be_meant(town, size):
    await in_care(town, 3)
    refused = await draw(town, size=size)
    assert (refused.status_code, code(refused)) == (422, "not_a_sample")
    assert (await draw(town, size=size, whole=True)).status_code == 201
    assert len(await drawn(town)) == 3


async def test_nobody_cannot_be_drawn(town):
    refused = await draw(town, whole=True)
    assert (refused.status_code, code(refused)) == (422, "nobody")


async def test_a_day_to_come_has_no_children_yet(town):
    await in_care(town, 4)
    assert code(await draw(town, drawn_on="2026-11-24")) == "in_the_future"


async def test_a_sample_is_drawn_anew_while_nobody_has_answered_and_the_earlier_draw_is_kept(town):
    await in_care(town, 12)
    await draw(town, size=6)
    first = await drawn(town)
    assert (await draw(town, size=6, seed=1)).status_code == 428
    anew = await draw(town, size=6, seed=1, if_match='"1"')
    assert (anew.status_code, anew.json()["draw"]) == (200, 2)
    assert await drawn(town) != first
    kept = await town.rows("SELECT draw, count(*) AS n FROM dip_sample_child GROUP BY draw ORDER BY draw")
    assert [tuple(row) for row in kept] == [(1, 6), (2, 6)]
    told = await town.rows("SELECT 1 FROM outbox_event WHERE type = 'dip_sample.drawn'")
    assert len(told) == 2


@pytest.mark.parametrize(
    "other", [{"seed": 1}, {"size": 2}, {"question": "another"}, {"drawn_on": "2026-03-30"}]
)
async def test_once_there_is_an_answer_the_lot_is_cast(town, other):
    await in_care(town, 6)
    await draw(town)
    (first, *_) = await drawn(town)
    await answer(town, first, "yes")
    refused = await draw(town, if_match='"2"', **other)
    assert refused.status_code == 409
    assert "It can be answered or closed." in refused.json()["detail"]
    assert (await draw(town, title="Meetings", if_match='"2"')).json()["title"] == "Meetings"
    assert (await counts(town))["yes"] == 1


async def test_an_answer_is_corrected_by_whoever_has_read_it(town):
    await in_care(town, 6)
    await draw(town)
    (child, *_) = await drawn(town)
    first = await answer(town, child, "no", "cancelled_twice")
    assert (first.status_code, first.headers["etag"]) == (201, '"1"')
    assert (await answer(town, child, "no", "cancelled_twice")).status_code == 200
    assert (await answer(town, child, "yes")).status_code == 428
    assert (await answer(town, child, "yes", if_match='"7"')).status_code == 412
    mended = await answer(town, child, "yes", if_match='"1"')
    assert (mended.status_code, mended.headers["etag"], mended.json()["findings"]) == (200, '"2"', [])
    read = await town.ask("reviews", "GET", f"/v1/dip_samples/DS-1/answers/{child}")
    assert (read.headers["etag"], read.json()) == ('"2"', mended.json())
    assert read.json()["answered_by"] == "somebody"


async def test_a_child_who_was_not_drawn_has_no_answer(town):
    names = await in_care(town, 6)
    await draw(town)
    (spared, *_) = set(names) - set(await drawn(town))
    for child in (spared, "C-unknown"):
        assert (await answer(town, child, "yes")).status_code == 404
        assert (await town.ask("reviews", "GET", f"/v1/dip_samples/DS-1/answers/{child}")).status_code == 404


async def test_a_closed_sample_takes_no_answers(town):
    await in_care(town, 6)
    await draw(town)
    first, second, _ = await drawn(town)
    early = await close(town)
    assert early.status_code == 409 and "answered" in early.json()["detail"]
    await answer(town, first, "yes")
    assert (await close(town, on="2026-11-24")).status_code == 422
    assert (await close(town, on="2026-03-30")).status_code == 422
    closed = await close(town)
    assert (closed.json()["state"], closed.json()["closed_on"]) == ("closed", "2026-11-23")
    refused = await answer(town, second, "yes")
    assert refused.status_code == 409 and "draw another one" in refused.json()["detail"]
    assert (await answer(town, first, "yes")).status_code == 200
    assert (await close(town)).status_code == 409
    assert (await counts(town))["unanswered"] == 2


async def test_a_sample_that_was_a_mistake_takes_no_answers_and_comes_back_with_them(town):
    await in_care(town, 6)
    await draw(town)
    first, second, _ = await drawn(town)
    await answer(town, first, "yes")
    gone = await town.ask("reviews", "POST", "/v1/dip_samples/DS-1/withdraw", {"because": "Wrong question."})
    assert (gone.status_code, gone.json()["withdrawn_because"]) == (200, "Wrong question.")
    refused = await answer(town, second, "yes")
    assert (refused.status_code, code(refused)) == (422, "withdrawn")
    back = await draw(town, if_match=gone.headers["etag"])
    assert (back.status_code, back.json()["withdrawn_at"]) == (200, None)
    assert (await counts(town))["yes"] == 1


async def test_an_earlier_version_that_arrives_late_draws_nothing(town):
    await in_care(town, 12)
    await draw(town, source_version=5)
    before = await drawn(town)
    late = await draw(town, seed=1, source_version=4)
    assert (late.status_code, late.json()["seed"]) == (200, SAMPLE["seed"])
    assert await drawn(town) == before


async def test_what_is_told_of_a_sample_names_no_child(town):
    await in_care(town, 6)
    await draw(town)
    (told,) = await town.rows(
        "SELECT envelope::jsonb->'data' AS data FROM outbox_event WHERE type = 'dip_sample.drawn'"
    )
    assert told.data == {
        "dip_sample_id": (await page(town))["id"],
        "question": SAMPLE["question"],
        "drawn_on": SAMPLE["drawn_on"],
        "sampled": 3,
    }


async def test_the_children_are_listed_in_the_order_of_the_draw_a_stretch_at_a_time(town):
    await in_care(town, 6)
    await draw(town)
    everybody = await drawn(town)
    await answer(town, everybody[1], "yes")
    start = (await town.ask("reviews", "GET", "/v1/dip_samples/DS-1/children?limit=2", role=Role.IRO)).json()
    rest = (await town.ask("reviews", "GET", start["next"])).json()
    assert [each["child"] for each in start["items"] + rest["items"]] == everybody
    assert ([each["position"] for each in rest["items"]], rest["next"]) == ([3], None)
    assert await drawn(town, query="?answered=true") == [everybody[1]]
    assert await drawn(town, query="?answered=false") == [everybody[0], everybody[2]]


async def test_samples_are_listed_by_question_state_and_day(town):
    await in_care(town, 6)
    await draw(town, "DS-1")
    await draw(town, "DS-2", question="visit_recorded", drawn_on="2026-04-30")
    await answer(town, (await drawn(town, "DS-2"))[0], "no", reference="DS-2")

    async def listed(query):
        found = (await town.ask("reviews", "GET", f"/v1/dip_samples{query}")).json()
        return [each["reference"] for each in found["items"]], found["next"]

    assert await listed("") == (["DS-1", "DS-2"], None)
    for query in ("?question=visit_recorded", "?state=answering", "?drawn_from=2026-04-01"):
        assert await listed(query) == (["DS-2"], None)
    assert await listed("?drawn_to=2026-04-01") == (["DS-1"], None)
    first, following = await listed("?limit=1")
    assert first == ["DS-1"] and "after=" in following
    assert await listed(following.removeprefix("/v1/dip_samples")) == (["DS-2"], None)
