import json

import pytest

from services.scheduler.deliveries.reachable import is_global
from services.scheduler.subscriptions.addresses import Addresses, named
from tests.scheduler.hostile import FAR, HOST, HOSTILE, NEAR

NAMED = Addresses(frozenset({HOST, "10.0.0.1", "127.1"}))
BELOW = Addresses(frozenset({"*.sefton.example", "*.example"}))
LOOPBACK = Addresses(frozenset(), loopback=True)


@pytest.mark.parametrize(
    "url",
    [
        f"https://{HOST}",
        f"https://{HOST}/hooks",
        "https://LCS.sefton.example:443/a?b=c",
        f"https://{HOST}/a%20b",
    ],
)
def test_a_named_host_over_https_is_allowed(url):
    assert NAMED.allow(url)


@pytest.mark.parametrize("url", HOSTILE)
def test_no_other_address_is_allowed(url):
    assert not NAMED.allow(url)


def test_an_address_of_the_network_is_never_a_name_even_if_listed():
    assert not NAMED.allow("https://10.0.0.1/")
    assert not NAMED.allow("https://127.1/")


def test_a_star_stands_for_the_hosts_below_and_not_for_the_host_itself_nor_for_all_there_are():
    assert BELOW.allow("https://lcs.sefton.example/") and BELOW.allow("https://a.b.sefton.example/")
    for url in ("https://sefton.example/", "https://evilsefton.example/", "https://a.other.example/"):
        assert not BELOW.allow(url)


@pytest.mark.parametrize(
    "host", ["*", "*.uk", "https://lcs.sefton.example", "10.0.0.1", "*.*.example.uk", "a b", "[::1]"]
)
def test_a_setting_that_names_no_host_is_said_at_the_start(host):
    with pytest.raises(ValueError, match="is a name"):
        named([HOST, host], loopback=False)


def test_a_setting_is_read_whatever_the_case_of_its_letters():
    assert named(["LCS.Sefton.Example"], loopback=False).allow(f"https://{HOST}/")


def test_this_machine_is_allowed_over_http_only_where_the_installation_says_so():
    assert LOOPBACK.allow("http://127.0.0.1:9000/hooks")
    assert LOOPBACK.allow("http://localhost:9000/hooks")
    for url in (
        "https://127.0.0.1:9000/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.2:9000/",
        "http://[::1]:9000/",
        "http://169.254.169.254/",
    ):
        assert not LOOPBACK.allow(url)


def test_only_the_internets_own_addresses_may_be_reached():
    assert [each for each in NEAR if is_global(each)] == []
    assert [each for each in FAR if not is_global(each)] == []


async def test_an_address_elsewhere_is_refused_without_repeating_it(bureau):
    body = {"url": "https://evil.example/hooks"}
    answer = await bureau.town.ask("scheduler", "POST", "/v1/subscriptions", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0] | {"message": ""} == {
        "pointer": "/url",
        "code": "address_not_allowed",
        "message": "",
    }
    assert "evil" not in answer.text


async def test_no_hostile_address_is_registered_nor_taken_as_a_change(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks")
    path = f"/v1/subscriptions/{created['id']}"
    for n, url in enumerate(each for each in (*HOSTILE, "\x00", "\ud800") if not LOOPBACK.allow(each)):
        asked = ("PUT", path) if n % 8 == 0 else ("POST", "/v1/subscriptions")
        answer = await bureau.town.ask(
            "scheduler", *asked, json.dumps({"url": url}), content_type="application/json"
        )
        assert answer.status_code == 422, url
        assert not url or url not in answer.text
    assert (await bureau.town.ask("scheduler", "GET", path)).json()["url"] == created["url"]
