import base64

import pytest

from services.scheduler.subscriptions.addresses import Addresses
from shared.auth.principal import Role
from tests.scheduler.bureau import Bureau
from tests.scheduler.receiver import Receiver
from tests.town import Town

NAMED = Addresses(frozenset({"lcs.sefton.example"}))
LOOPBACK = Addresses(frozenset(), loopback=True)


@pytest.mark.parametrize("url", ["https://lcs.sefton.example/hooks", "https://LCS.sefton.example:443/a?b=c"])
def test_a_named_host_over_https_is_allowed(url):
    assert NAMED.allow(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://lcs.sefton.example/hooks",
        "https://lcs.sefton.example:8443/hooks",
        "https://lcs.sefton.example./hooks",
        "https://other.example/hooks",
        "https://a.lcs.sefton.example/hooks",
        "https://lcs.sefton.example.evil.example/",
        "https://user:word@lcs.sefton.example/",
        "https://lcs.sefton.example@evil.example/",
        "https://lcs.sefton.example\\@evil.example/",
        "https://lcs.sefton.example/#part",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "http://127.0.0.1:8080/",
        "ftp://lcs.sefton.example/",
        "//lcs.sefton.example/",
        "https:///hooks",
        "https://lcs.sefton.example/a b",
        "https://lcs.sefton.example:port/",
        "https://lcs.sefton.exampl\u0435/",
        "",
    ],
)
def test_no_other_address_is_allowed(url):
    assert not NAMED.allow(url)


def test_this_machine_is_allowed_over_http_only_where_the_installation_says_so():
    assert LOOPBACK.allow("http://127.0.0.1:9000/hooks")
    assert LOOPBACK.allow("http://localhost:9000/hooks")
    for url in (
        "https://127.0.0.1:9000/",
        "http://127.0.0.2:9000/",
        "http://[::1]:9000/",
        "http://169.254.169.254/",
    ):
        assert not LOOPBACK.allow(url)


def test_an_ip_address_is_never_a_name_even_if_listed():
    assert not Addresses(frozenset({"10.0.0.1"})).allow("https://10.0.0.1/")


async def test_a_subscription_shows_its_secret_once_and_never_again(bureau):
    async with Receiver.listening() as receiver:
        created = await bureau.subscribe(receiver, "deadline.breached", "deadline.approaching")
    assert len(base64.b64decode(created["secret"].removeprefix("whsec_"))) == 32
    assert created["types"] == ["deadline.approaching", "deadline.breached"]
    shown = await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{created['id']}")
    listed = await bureau.town.ask("scheduler", "GET", "/v1/subscriptions")
    assert shown.json() == {key: value for key, value in created.items() if key != "secret"}
    assert listed.json() == {"subscriptions": [shown.json()]}
    assert created["secret"] not in shown.text + listed.text


async def test_an_address_elsewhere_is_refused_without_repeating_it(bureau):
    body = {"url": "https://evil.example/hooks"}
    answer = await bureau.town.ask("scheduler", "POST", "/v1/subscriptions", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/url"
    assert "evil" not in answer.text


@pytest.mark.parametrize("types", [[], ["deadline.breeched"], ["x" * 100], [None], "deadline.breached"])
async def test_a_type_that_nothing_is_ever_told_of_is_refused(bureau, types):
    body = {"url": "http://127.0.0.1:9/hooks", "types": types}
    answer = await bureau.town.ask("scheduler", "POST", "/v1/subscriptions", body)
    assert answer.status_code == 422


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
        assert (await town.ask("scheduler", "GET", "/v1/subscriptions")).json() == {"subscriptions": []}
        assert await other.feed() == []
        for table in ("subscription", "delivery", "delivery_attempt", "outbox_event", "breach"):
            assert await town.rows(f"SELECT authority_id FROM {table}", role="duecare_scheduler") == []
            assert await bureau.town.rows(f"SELECT authority_id FROM {table}", role="duecare_scheduler")
