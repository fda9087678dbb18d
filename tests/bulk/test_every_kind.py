"""Every record with a reference of its own comes in bulk too, and there as it does one by one."""

import re

import pytest

from services.reviews_api.bulk.kinds import KINDS
from tests.bulk.council import EARLIER_VERSION, rested_on, row_of
from tests.bulk.sending import bring, outcomes
from tests.http.test_examples import routes

FEATURE = re.compile(r"services\.reviews_api\.(\w+)\.")
BY_REFERENCE = re.compile(r"/v1/\w+/\{reference\}")


def feature(of):
    return FEATURE.match(of.__module__).group(1)


async def test_whatever_is_put_by_its_own_reference_comes_in_bulk_and_nothing_else(town):
    put = {
        feature(route.endpoint)
        for route in routes(town.apps["reviews"].routes)
        if "PUT" in route.methods and BY_REFERENCE.fullmatch(route.path_format)
    }
    assert put == {feature(kind.put_record) for kind in KINDS.values()}
    assert len(put) == len(KINDS)


async def test_whatever_is_withdrawn_by_its_own_reference_is_withdrawn_in_bulk(town):
    withdrawn = {
        feature(route.endpoint)
        for route in routes(town.apps["reviews"].routes)
        if route.path_format.endswith("/{reference}/withdraw")
    }
    assert withdrawn == {feature(kind.withdraw_record) for kind in KINDS.values() if kind.withdraw_record}


@pytest.mark.parametrize("record", KINDS)
async def test_a_record_comes_once_and_is_unchanged_superseded_and_withdrawn(town, record):
    needed = await rested_on(town, record)
    if needed:
        assert set(await outcomes(town, needed)) == {"created"}
    told = await row_of(town, record)
    assert await outcomes(town, [told], dry_run=True) == ["created"]
    assert await outcomes(town, [told]) == ["created"]
    assert await outcomes(town, [told]) == ["unchanged"]
    assert (record in EARLIER_VERSION) == (record != "history")
    if record in EARLIER_VERSION:
        early = told | EARLIER_VERSION[record] | {"source_version": 4}
        late = early | {"source_version": 6}
        assert await outcomes(town, [early]) == ["superseded"]
        assert await outcomes(town, [late]) == ["changed"]
    if KINDS[record].withdraw_record is not None:
        gone = {"record": record, "reference": told["reference"], "withdrawn_because": "x"}
        assert await outcomes(town, [gone | {"source_version": 5}]) == ["superseded"]
        assert await outcomes(town, [gone | {"source_version": 7}]) == ["withdrawn"]
        assert await outcomes(town, [gone | {"source_version": 7}]) == ["unchanged"]


async def test_a_whole_council_comes_in_at_once_in_whatever_order_the_lines_are(town):
    rows = [await row_of(town, record) for record in KINDS if record != "exemption"]
    done = await bring(town, reversed(rows))
    assert (done["accepted"], done["rejected"]) == (len(rows), 0)
