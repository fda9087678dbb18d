"""What the page says of how to hear: of every door, by what the scheduler itself says of them."""

import json
import re
from urllib.parse import urlsplit

import pytest

from services.cli.events.hearing import how_to_hear
from services.scheduler.access import ACCESS, LISTENERS, SUBSCRIBERS
from services.scheduler.subscriptions.schemas import NewSubscription

FEED, STREAM, PAGED = "/v1/events", "/v1/events/stream", {"limit", "wait"}


@pytest.fixture
def routes(town):
    """The routes of the scheduler, by their paths, as its OpenAPI document has them."""
    return town.apps["scheduler"].openapi()["paths"]


def in_address(operation):
    return {each["name"] for each in operation["parameters"] if each["in"] == "query"}


def test_the_page_names_every_filter_that_the_feed_takes(routes):
    filters = in_address(routes[FEED]["get"])
    assert {"after", "type", "subject", "team", "officer"} <= filters
    assert [name for name in filters if f"\n| `{name}` | " not in how_to_hear()] == []


def test_the_stream_takes_the_filters_of_the_feed_as_the_page_says(routes):
    assert in_address(routes[STREAM]["get"]) - {"lastEventId"} == in_address(routes[FEED]["get"]) - PAGED


def test_the_page_names_every_door_that_is_for_those_who_hear(routes):
    doors = [
        f"{method.upper()} {path}"
        for path, operations in routes.items()
        for method in operations
        if ACCESS.get(f"{method.upper()} {path}") in (LISTENERS, SUBSCRIBERS) or "/event_types" in path
    ]
    assert {"GET /v1/events/stream", "POST /v1/subscriptions/{subscription_id}/replays"} < set(doors)
    assert [door for door in doors if f"\n| `{door}` | " not in how_to_hear()] == []


def test_the_page_names_whatever_a_subscription_can_be_told():
    page = how_to_hear().partition("### Webhooks")[2].partition("\n### ")[0]
    assert [name for name in NewSubscription.model_fields if not re.search(rf'[`"]{name}[`"]', page)] == []


def test_the_example_of_a_subscription_is_one():
    [body] = re.findall(r"-d '({.*})'", how_to_hear())
    assert NewSubscription.model_validate(json.loads(body)).types == ["deadline.*"]


async def test_the_example_of_the_feed_is_answered(town):
    [asked] = re.findall(r'curl -s "\$DUECARE_URL(\S+)"', how_to_hear())
    assert urlsplit(asked).path == FEED
    answer = await town.ask("scheduler", "GET", asked)
    assert answer.status_code == 200 and {"events", "next", "head"} == set(answer.json())
