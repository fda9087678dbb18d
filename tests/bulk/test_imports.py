"""The case system tells many things at once, and hears what became of each."""

import pytest

from tests.bulk.sending import bring, outcomes, results, row, send, work
from tests.imports.returns import Council

CHILD = row("child", "C-1", date_of_birth="2014-05-03", source_version=1)
PERIOD = row("care_period", "CP-1", child="C-1", started_on="2026-11-02", source_version=1)
REVIEW = row("review", "R-1", care_period="CP-1", held_on="2026-11-20", participation="PN1", source_version=1)
OFFICER = row(
    "allocation",
    "A-1",
    care_period="CP-1",
    officer="iro-1",
    allocated_at="2026-11-03T09:00:00Z",
    source_version=1,
)
CHECK = row(
    "midpoint_check",
    "M-1",
    care_period="CP-1",
    officer="iro-1",
    completed_on="2026-11-20",
    finding="drift",
    source_version=1,
)
HISTORY = row("history", "H-1", kind="protection", child="C-1", source_version=1)
VISIT = row(
    "fact",
    "F-1",
    history="CP-1",
    kind="visit.made",
    happened_on="2026-11-20",
    codes={"seen": "yes"},
    source_version=1,
)
ALL = [CHILD, PERIOD, REVIEW, OFFICER, CHECK, HISTORY, VISIT]


async def dues(town, child="C-1"):
    sql = "SELECT timescale, due_on, outcome FROM deadline d JOIN child c ON c.id = d.child_id WHERE reference = :c"
    return sorted(tuple(each) for each in await town.rows(sql, c=child))


async def told(town, child="C-1"):
    """What was told of the child's records. Of deadlines less is told together: not what they were in between."""
    sql = """SELECT type, count(*) FROM outbox_event e JOIN child c ON c.id = e.child_id
             WHERE c.reference = :c AND type NOT LIKE 'deadline.%' GROUP BY type"""
    return sorted(tuple(each) for each in await town.rows(sql, c=child))


async def test_a_whole_child_comes_in_at_once_in_whatever_order_the_lines_are(town):
    assert set(await outcomes(town, reversed(ALL))) == {"created"}
    child = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    assert child["date_of_birth"] == "2014-05-03"
    assert {each["timescale"] for each in child["deadlines"]} >= {"lac-review-first", "lac-review-second"}


async def test_rows_told_together_come_to_what_they_come_to_one_by_one(town):
    await bring(town, ALL)
    for each in ALL:
        links = {name: "N" + each[name] for name in ("child", "care_period", "history") if name in each}
        fields = {
            name: value for name, value in (each | links).items() if name not in ("record", "reference")
        }
        plural = {"child": "children", "history": "histories"}.get(each["record"], f"{each['record']}s")
        await town.put(f"/v1/{plural}/N{each['reference']}", fields)
    assert await dues(town, "C-1") == await dues(town, "NC-1") != []
    assert await told(town, "C-1") == await told(town, "NC-1") != []


async def test_the_same_file_again_changes_nothing_and_says_nothing(town):
    await bring(town, ALL)
    before = await told(town), await dues(town)
    assert set(await outcomes(town, ALL)) == {"unchanged"}
    assert (await told(town), await dues(town)) == before


async def test_a_bad_row_loses_no_other(town):
    bad = [
        row("review", "R-2", care_period="CP-9", scheduled_on="2026-11-20"),
        row("review", "R-3", care_period="CP-1", held_on="2026-11-24"),
        row("review", "R-4", care_period="CP-1", held_on="2026-13-24"),
        row("review", "R-5", care_period="CP-1", held_on="2026-11-20", nickname="Sam"),
        row("conference_call", "X"),
        row("child", "a b"),
        row("history", "H-1", withdrawn_because="x"),
        b'{"record": "child", "record": "child", "reference": "C-7"}',
        b'{"record": "child", "reference": "C-7", "display_name": "a\\u0000"}',
        b'{"record": "child", "reference": "C-7", "display_name": NaN}',
        b"not json",
        b"[1]",
    ]
    found = await results(town, await bring(town, [*bad, *ALL]))
    assert [each["outcome"] for each in found] == ["rejected"] * len(bad) + ["created"] * len(ALL)
    assert [(each["code"], each["pointer"]) for each in found[: len(bad)]] == [
        ("not_found", None),
        ("in_the_future", "/held_on"),
        ("date_from_datetime_parsing", "/held_on"),
        ("extra_forbidden", "/nickname"),
        ("no_such_record", "/record"),
        ("no_such_reference", "/reference"),
        ("not_withdrawn", "/withdrawn_because"),
        *[("malformed", None)] * 5,
    ]
    assert "Sam" not in str(found) and "a b" not in str(found)


async def test_rows_of_one_batch_are_checked_against_each_other(town):
    began = row("fact", "F-0", history="CP-1", kind="short_break.began", happened_on="2026-11-10")
    await bring(town, [CHILD, PERIOD])
    await bring(town, [began])
    twice = [
        row(
            "fact",
            f"F-{n}",
            history="CP-1",
            kind="short_break.ended",
            about="F-0",
            happened_on="2026-11-20",
        )
        for n in (1, 2)
    ]
    assert await outcomes(town, twice) == ["created", "already_reported"]


async def test_two_versions_of_one_record_in_one_file_come_to_the_later(town):
    await bring(town, [CHILD])
    versions = [PERIOD | {"started_on": f"2026-11-{day:02}", "source_version": day} for day in (5, 9, 7)]
    assert await outcomes(town, versions) == ["created", "changed", "superseded"]
    facts = await town.rows(
        "SELECT happened_on FROM fact WHERE kind = 'care_period.started' AND withdrawn_at IS NULL"
    )
    assert [str(each.happened_on) for each in facts] == ["2026-11-09"]


async def test_withdrawals_come_last_and_what_rests_on_others_goes_first(town):
    await bring(town, ALL)
    gone = [
        {
            "record": each["record"],
            "reference": each["reference"],
            "withdrawn_because": "x",
            "source_version": 2,
        }
        for each in ALL
        if each is not HISTORY
    ]
    assert set(await outcomes(town, gone)) == {"withdrawn"}
    assert set(await outcomes(town, gone)) == {"unchanged"}
    assert set(await outcomes(town, [each for each in ALL if each is not HISTORY])) == {"superseded"}


async def test_a_withdrawal_that_comes_before_its_record_is_not_lost(town):
    await bring(town, [CHILD, PERIOD])
    gone = row("review", "R-1", withdrawn_because="Entered for the wrong child.", source_version=2)
    assert await outcomes(town, [gone]) == ["withdrawn"]
    assert await outcomes(town, [REVIEW]) == ["superseded"]
    body = {"care_period": "CP-1", "held_on": "2026-11-20", "source_version": 2}
    refused = await town.ask("reviews", "PUT", "/v1/reviews/R-1", body)
    assert (refused.status_code, refused.json()["type"].rsplit(":")[-1]) == (409, "withdrawn_at_source")
    assert await town.rows("SELECT 1 FROM review") == []
    assert await outcomes(town, [REVIEW | {"source_version": 3}]) == ["created"]


async def test_a_withdrawal_of_what_is_not_held_needs_a_version_to_be_kept(town):
    assert await outcomes(town, [row("review", "R-1", withdrawn_because="x")]) == ["not_found"]


async def test_without_a_version_a_change_is_refused(town):
    await bring(town, [CHILD])
    assert await outcomes(town, [row("child", "C-1", date_of_birth="2014-05-04")]) == ["if_match_required"]


async def test_a_dry_run_says_the_same_and_keeps_nothing(town):
    bad = row("review", "R-2", care_period="CP-9", scheduled_on="2026-11-20")
    rehearsed = await outcomes(town, [*ALL, bad], dry_run=True)
    for table in ("child", "care_period", "fact", "deadline", "outbox_event", "tombstone"):
        assert await town.rows(f"SELECT 1 FROM {table}") == [], table
    assert await outcomes(town, [*ALL, bad]) == rehearsed


async def test_what_was_sent_is_forgotten_once_it_is_done(town):
    await send(town, ALL)
    assert len(await town.rows("SELECT 1 FROM bulk_import_row WHERE body IS NOT NULL")) == len(ALL)
    await work(town)
    assert await town.rows("SELECT 1 FROM bulk_import_row WHERE body IS NOT NULL") == []


async def test_progress_counts_every_row_and_results_are_read_in_pages(town):
    children = [row("child", f"C-{number}") for number in range(7)]
    done = await bring(town, [*children, row("child", "-"), children[0]])
    counted = {name: done[name] for name in ("rows", "accepted", "unchanged", "superseded", "rejected")}
    assert counted == {"rows": 9, "accepted": 7, "unchanged": 1, "superseded": 0, "rejected": 1}
    found = await results(town, done, limit=2)
    assert [each["line"] for each in found] == list(range(1, 10))
    assert [each["line"] for each in await results(town, done, limit=2, outcome="created")] == list(
        range(1, 8)
    )


@pytest.mark.parametrize(
    ("rows", "code"), [([], "no_rows"), ([b"", b"  "], "no_rows"), ([b"{}"] * 10_001, "too_many_rows")]
)
async def test_a_file_with_no_rows_or_too_many_is_refused_whole(town, rows, code):
    refused = await send(town, rows)
    assert (refused.status_code, refused.json()["type"].rsplit(":")[-1]) == (422, code)
    assert await town.rows("SELECT 1 FROM bulk_import") == []


async def test_rows_are_sent_as_ndjson(town):
    assert (await send(town, ALL, content_type="application/json")).status_code == 415


async def test_one_key_is_one_import_and_a_dry_run_is_another_request(town):
    first = await send(town, ALL, idempotency_key="one")
    again = await send(town, ALL, idempotency_key="one")
    assert (first.status_code, first.headers["location"]) == (202, f"/v1/imports/{first.json()['id']}")
    assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])
    assert len(await town.rows("SELECT 1 FROM bulk_import")) == 1
    assert (await send(town, ALL, dry_run=True, idempotency_key="one")).status_code == 422


async def test_another_import_s_results_are_nobody_s(town):
    for address in ("", "/results"):
        gone = await town.ask("reviews", "GET", f"/v1/imports/00000000-0000-0000-0000-000000000007{address}")
        assert gone.status_code == 404


async def test_a_file_may_be_larger_than_other_bodies_and_has_its_own_limit(town):
    padding = b" " * 2_000_000
    taken = await send(town, [b'{"record": "child", "reference": "C-1"}' + padding])
    assert taken.status_code == 202
    address = "/v1/imports"
    limit = town.settings.import_limit
    refused = await town.ask(
        "reviews", "POST", address, b" " * (limit + 1), content_type="application/x-ndjson"
    )
    assert refused.status_code == 413


async def test_every_deadline_can_be_recounted_from_the_facts_after_an_import(town, tmp_path):
    council = Council(town, tmp_path)
    await bring(town, ALL)
    later = [
        REVIEW | {"held_on": "2026-11-19", "source_version": 2},
        row("fact", "F-1", withdrawn_because="It was the sister.", source_version=2),
    ]
    assert await outcomes(town, later) == ["changed", "withdrawn"]
    wrong = await council.faults()
    assert {fault for fault in wrong if "overdue" not in fault} == set(), wrong


async def test_an_exemption_comes_with_the_deadline_that_it_is_for(town):
    approved = row("fact", "F-2", history="CP-1", kind="temporary_approval.given", happened_on="2026-08-10")
    await bring(town, [CHILD, PERIOD | {"started_on": "2026-08-01"}, approved])
    [deadline] = await town.rows("SELECT id FROM deadline WHERE timescale = 'temp-carer-approval'")
    words = {"because": "The panel sits in January.", "approved_by": "manager-2"}
    said = {"kind": "extension", "until_on": "2027-01-25"} | words
    known = row("exemption", "E-1", deadline=str(deadline.id), **said)
    unknown = row("exemption", "E-9", deadline="0197b1a4-5a3c-5d11-9d59-0f5b3a6e2c11", **said)
    assert await outcomes(town, [unknown, known]) == ["not_found", "created"]
    [moved] = await town.rows("SELECT due_on FROM deadline WHERE timescale = 'temp-carer-approval'")
    assert str(moved.due_on) == "2027-01-25"
