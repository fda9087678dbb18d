import pytest

from shared.auth.principal import Role


async def test_the_catalogue_names_every_rule_its_source_and_the_calendar(bureau):
    catalogue = (await bureau.town.ask("scheduler", "GET", "/v1/timescales")).json()
    codes = [each["code"] for each in catalogue["timescales"]]
    assert codes == [each.code for each in bureau.town.apps["scheduler"].state.door.law.catalogue.timescales]
    assert catalogue["calendar"]["published_through"] >= "2027-12-31"
    assert all(each["source"] and each["basis"] for each in catalogue["timescales"])


async def test_one_rule_is_shown_in_words(bureau):
    rule = (await bureau.town.ask("scheduler", "GET", "/v1/timescales/lac-review-first")).json()
    assert (rule["limit"], rule["basis"]) == ("20 working days", "statutory")
    assert rule["warn"] == ["10 working days", "5 working days"]
    assert rule["in_force"] == [{"first_day": "2011-04-01", "last_day": None, "limit": None}]
    assert (rule["starts"]["fact"], rule["stops"]["fact"]) == ("care_period.started", "review.held")


async def test_everything_that_shapes_a_rule_is_shown(bureau):
    catalogue = (await bureau.town.ask("scheduler", "GET", "/v1/timescales")).json()
    shown = {each["code"]: each for each in catalogue["timescales"]}
    rows = {row.code: row for row in bureau.town.apps["scheduler"].state.door.law.catalogue.timescales}
    for code, row in rows.items():
        rule = shown[code]
        assert rule["histories"] == list(row.histories)
        assert rule["starts"] == rule["all_starts"][0] and len(rule["all_starts"]) == len(row.starts)
        assert set(rule["cancels"]) == {each["fact"] for each in rule["all_cancels"]}
        assert rule["settings"] == row.chosen and rule["note"] == row.note
        assert rule["promise"].startswith(("From ", "At the latest on the day "))
    assert shown["iha"]["or_earlier"] == {"fact": "review.held", "limit": None}
    assert shown["lac-review-first"]["unless"]["regime"] == ["short_breaks"]
    assert {rule["passing"] for rule in shown.values()} == {"breach", "agreement", "mark"}
    assert shown["temp-carer-approval"]["relief"]["extension"] == "56 days"
    same_record = [rule["stops"]["same_record"] for rule in shown.values()]
    assert any(same_record) and any(rule["stops"]["when"] for rule in shown.values())


async def test_every_setting_is_shown_with_what_was_chosen(bureau):
    catalogue = (await bureau.town.ask("scheduler", "GET", "/v1/timescales")).json()
    for setting in catalogue["settings"]:
        assert {setting["default"], setting["chosen"]} <= set(setting["values"])
        assert setting["title"] and setting["source"]
    assert "review_interval" in {setting["name"] for setting in catalogue["settings"]}


async def test_a_rule_that_is_not_there_is_not_found(bureau):
    assert (await bureau.town.ask("scheduler", "GET", "/v1/timescales/lac-review-tenth")).status_code == 404


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_who_works_here_may_read_the_rules(bureau, role):
    assert (await bureau.town.ask("scheduler", "GET", "/v1/timescales", role=role)).status_code == 200
