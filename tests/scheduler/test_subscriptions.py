import base64

import pytest

from shared.auth.principal import Role
from tests.scheduler.bureau import Bureau
from tests.scheduler.receiver import Receiver
from tests.town import Town


async def test_a_subscription_shows_its_secret_once_and_never_again(bureau):
    async with Receiver.listening() as receiver:
        created = await bureau.subscribe(receiver, "deadline.breached", "deadline.approaching")
    assert len(base64.b64decode(created["secret"].removeprefix("whsec_"))) == 32
    assert created["types"] == ["deadline.approaching", "deadline.breached"]
    shown = await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{created['id']}")
    listed = await bureau.town.ask("scheduler", "GET", "/v1/subscriptions")
    assert shown.json() == {key: value for key, value in created.items() if key != "secret"}
    assert listed.json() == {"subscriptions": [shown.json()], "next": None}
    assert created["secret"] not in shown.text + listed.text


async def test_however_many_there_are_every_one_is_listed(bureau):
    made = [(await bureau.subscribe("http://127.0.0.1:9/hooks"))["id"] for _ in range(5)]
    listed, address = [], "/v1/subscriptions?limit=2"
    while address:
        page = (await bureau.town.ask("scheduler", "GET", address)).json()
        listed, address = [*listed, *(each["id"] for each in page["subscriptions"])], page["next"]
    assert listed == made[::-1]


async def test_an_ended_subscription_stays_on_record_and_is_told_no_more(bureau):
    async with Receiver.listening() as receiver:
        created = await bureau.subscribe(receiver)
        path = f"/v1/subscriptions/{created['id']}"
        await bureau.look_after()
        await bureau.sweep()
        await bureau.relay()
        for _ in range(2):
            assert (await bureau.town.ask("scheduler", "DELETE", path)).status_code == 204
        await bureau.deliver()
        shown = (await bureau.town.ask("scheduler", "GET", path)).json()
        assert (shown["ended_because"], shown["ended_at"] is None) == ("deleted", False)
        assert receiver.hooks == []


@pytest.mark.parametrize("role", [Role.IRO, Role.SOCIAL_WORKER, Role.AUDITOR])
async def test_only_the_case_system_and_operators_may_subscribe(bureau, role):
    body = {"url": "http://127.0.0.1:9/hooks"}
    assert (
        await bureau.town.ask("scheduler", "POST", "/v1/subscriptions", body, role=role)
    ).status_code == 403


async def test_another_council_sees_no_event_no_subscription_and_no_delivery(
    bureau, database_url, tmp_path_factory
):
    async with (
        Receiver.listening() as receiver,
        Town.founded(database_url, f"{bureau.town.authority}-B", bureau.clock, tmp_path_factory) as town,
    ):
        created, other = await bureau.subscribe(receiver), Bureau(town)
        await bureau.look_after()
        await bureau.tell()
        path = f"/v1/subscriptions/{created['id']}"
        absent = await town.ask("scheduler", "GET", "/v1/subscriptions/00000000-0000-7000-8000-000000000000")
        for method, where in (("GET", path), ("GET", f"{path}/deliveries"), ("DELETE", path)):
            hidden = await town.ask("scheduler", method, where)
            assert (hidden.status_code, hidden.json()) == (404, absent.json())
        assert (await town.ask("scheduler", "GET", "/v1/subscriptions")).json() == {
            "subscriptions": [],
            "next": None,
        }
        assert await other.feed() == []
        for table in ("subscription", "delivery", "delivery_attempt", "outbox_event", "breach"):
            assert await town.rows(f"SELECT authority_id FROM {table}", role="duecare_scheduler") == []
            assert await bureau.town.rows(f"SELECT authority_id FROM {table}", role="duecare_scheduler")
