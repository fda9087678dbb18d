"""Episodes become care periods."""

import pytest

from tests.imports.returns import Council, Return, counts, rejected

EPISODES = "episodes.csv"


async def test_touching_episodes_are_one_care_period(council: Council) -> None:
    said = Return().child().episode("01/02/2025", "03/04/2025").episode("03/04/2025", "01/09/2025")
    summary = await council.bring(said)
    assert await council.periods() == [("2025-02-01", "2025-09-01")]
    assert counts(summary, "episodes") == (2, 0, 0)
    assert (summary["children"], summary["care_periods"]) == (1, 1)


async def test_episodes_apart_are_two_care_periods(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025", "03/04/2025").episode("04/04/2025"))
    assert await council.periods() == [("2025-02-01", "2025-04-03"), ("2025-04-04", None)]


@pytest.mark.parametrize("status", ["V3", "V4"])
async def test_a_short_break_is_kept_and_starts_no_care_period(council: Council, status: str) -> None:
    said = Return().child().episode("01/02/2025", "03/04/2025", status=status).episode("03/04/2025")
    summary = await council.bring(said)
    assert await council.periods() == [("2025-04-03", None)]
    assert counts(summary, "episodes") == (2, 0, 0)


async def test_a_child_accommodated_under_section_20_is_an_ordinary_child(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025", status="V2"))
    assert await council.periods() == [("2025-02-01", None)]


@pytest.mark.parametrize("place", ["K3", "Z14", "H5", "P2", "Z1"])
async def test_placements_of_this_year_and_of_former_years_are_known(council: Council, place: str) -> None:
    summary = await council.bring(Return().child().episode("01/02/2025", place=place))
    assert summary["rejections"] == []


@pytest.mark.parametrize(
    ("episode", "column", "code"),
    [
        ({"start": "01/02/2025", "end": "31/01/2025"}, "DEC", "ends_before_it_starts"),
        ({"start": "24/11/2026"}, "DECOM", "in_the_future"),
        ({"start": "2025-02-01"}, "DECOM", "bad_date"),
        ({"start": "1/2/2025"}, "DECOM", "bad_date"),
        ({"start": "30/02/2025"}, "DECOM", "bad_date"),
        ({"start": ""}, "DECOM", "missing_value"),
        ({"start": "01/02/2025", "end": "soon"}, "DEC", "bad_date"),
        ({"start": "01/02/2025", "status": "X9"}, "LS", "unknown_code"),
        ({"start": "01/02/2025", "place": "Q1"}, "PLACE", "unknown_code"),
        ({"start": "01/02/2025", "new": "X"}, "RNE", "unknown_code"),
        ({"start": "01/02/2025", "ended": "why"}, "REC", "unknown_code"),
        ({"start": "04/06/2012"}, "DECOM", "before_birth"),
        ({"start": "01/02/2025", "child": "C2"}, "CHILD", "child_unknown"),
        ({"start": "01/02/2025", "child": "no name"}, "CHILD", "bad_reference"),
    ],
)
async def test_an_episode_that_cannot_be_is_rejected_and_loses_no_other(
    council: Council, episode: dict[str, str], column: str, code: str
) -> None:
    summary = await council.bring(Return().child().episode("01/03/2024", "02/03/2024").episode(**episode))  # type: ignore[arg-type]
    assert rejected(summary) == [(EPISODES, 3, column, code)]
    assert counts(summary, "episodes") == (1, 0, 1)


@pytest.mark.parametrize("seed", range(3))
async def test_of_two_that_overlap_the_later_is_rejected(council: Council, seed: int) -> None:
    said = Return().child().episode("01/02/2025", "01/06/2025").episode("31/05/2025", "01/09/2025")
    summary = await council.bring(said.shuffled(seed))
    assert [(column, code) for _, _, column, code in rejected(summary)] == [("DECOM", "overlaps")]
    assert await council.periods() == [("2025-02-01", "2025-06-01")]


async def test_an_open_episode_leaves_no_room_for_a_later_one(council: Council) -> None:
    summary = await council.bring(Return().child().episode("01/02/2025").episode("01/06/2025"))
    assert rejected(summary) == [(EPISODES, 3, "DECOM", "overlaps")]


async def test_what_is_held_leaves_no_room_either(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025", "01/06/2025"))
    summary = await council.bring(Return().episode("01/01/2025", "02/02/2025").episode("01/05/2025"))
    assert [code for *_, code in rejected(summary)] == ["overlaps", "overlaps"]
    assert await council.periods() == [("2025-02-01", "2025-06-01")]


async def test_two_accounts_of_one_episode_keep_the_one_that_ends_first(council: Council) -> None:
    said = Return().child().episode("01/02/2025", "01/06/2025").episode("01/02/2025", "01/05/2025")
    summary = await council.bring(said.episode("01/02/2025", "01/05/2025"))
    assert rejected(summary) == [(EPISODES, 2, "DECOM", "conflicting_duplicate")]
    assert counts(summary, "episodes") == (1, 1, 1)
    assert await council.periods() == [("2025-02-01", "2025-05-01")]


async def test_next_years_return_ends_the_period_that_was_open(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025").review("20/02/2025"))
    before = await council.everything()
    summary = await council.bring(Return().child().episode("01/02/2025", "01/02/2026").episode("01/02/2026"))
    assert counts(summary, "episodes") == (2, 0, 0)
    assert await council.periods() == [("2025-02-01", None)]
    await council.bring(Return().child().episode("01/02/2026", "01/05/2026"))
    assert await council.periods() == [("2025-02-01", "2026-05-01")]
    after = await council.everything()
    assert [row[0] for row in after["periods"]] == [row[0] for row in before["periods"]]
    assert await council.faults() == {}


async def test_a_correction_that_splits_a_period_moves_its_later_reviews(council: Council) -> None:
    said = Return().child().episode("01/02/2025", "01/06/2025").episode("01/06/2025")
    await council.bring(said.review("20/02/2025").review("20/06/2025"))
    await council.bring(Return().episode("01/02/2025", "01/05/2025"))
    assert await council.periods() == [("2025-02-01", "2025-05-01"), ("2025-06-01", None)]
    held = {(row[0], row[1]) for row in (await council.state())["facts"] if row[2] == "review.held"}
    assert held == {("C1-2025-02-20", "C1-2025-02-01"), ("C1-2025-06-20", "C1-2025-06-01")}
    assert await council.faults() == {}


async def test_a_correction_that_joins_two_periods_withdraws_the_second(council: Council) -> None:
    said = Return().child().episode("01/02/2025", "01/05/2025").episode("01/06/2025")
    await council.bring(said.review("20/02/2025").review("20/06/2025"))
    await council.bring(Return().episode("01/02/2025", "01/06/2025"))
    assert await council.periods() == [("2025-02-01", None)]
    assert len((await council.everything())["periods"]) == 2  # the record stays, its facts do not stand
    held = {(row[0], row[1]) for row in (await council.state())["facts"] if row[2] == "review.held"}
    assert held == {("C1-2025-02-20", "C1-2025-02-01"), ("C1-2025-06-20", "C1-2025-02-01")}
    assert await council.faults() == {}


async def test_care_that_proves_a_short_break_leaves_its_review_without_a_fact(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025").review("20/02/2025"))
    summary = await council.bring(Return().episode("01/02/2025", status="V4").review("20/02/2025"))
    assert rejected(summary) == [("reviews.csv", 2, "REVIEW", "short_breaks_only")]
    assert await council.periods() == []
    assert [row[2] for row in (await council.state())["facts"]] == ["child.born"]
    assert await council.faults() == {}
    await council.bring(Return().episode("01/02/2025").review("20/02/2025"))
    assert await council.periods() == [("2025-02-01", None)]
    assert await council.faults() == {}


async def _case_system_puts(council: Council, started_on: str, ended_on: str | None = None) -> None:
    await council.town.put("/v1/children/C1", {"date_of_birth": "2012-06-05"})
    period = {"child": "C1", "started_on": started_on, "ended_on": ended_on}
    await council.town.put("/v1/care_periods/P1", period)


async def test_a_period_of_the_case_system_is_used_and_not_doubled(council: Council) -> None:
    await _case_system_puts(council, "2025-02-01")
    summary = await council.bring(Return().child().episode("01/02/2025").review("20/02/2025"))
    assert summary["rejections"] == []
    assert summary["care_periods"] == 1
    held = [row for row in (await council.state())["facts"] if row[2] == "review.held"]
    assert [(row[0], row[1]) for row in held] == [("C1-2025-02-20", "P1")]


async def test_a_period_that_the_case_system_dates_otherwise_is_left_alone(council: Council) -> None:
    await _case_system_puts(council, "2025-02-03")
    said = Return().child().episode("01/02/2025", "01/04/2025").episode("01/04/2025").review("20/02/2025")
    summary = await council.bring(said)
    assert rejected(summary) == [
        (EPISODES, 2, "DECOM", "care_period_differs"),
        (EPISODES, 3, "DECOM", "care_period_differs"),
    ]
    assert await council.periods() == [("2025-02-03", None)]
    assert counts(summary, "reviews") == (1, 0, 0)
    assert await council.faults() == {}
