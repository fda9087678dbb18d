"""Who may do what with a referral, from the service's own table, and who sees nothing of a restricted child."""

from itertools import product

import pytest

from services.escalation_api.access import ACCESS
from shared.auth.principal import Role
from tests.cafcass.casework import ACCOUNT, Casework
from tests.cafcass.test_bad_input import WORDS
from tests.escalations.story import CONCERN

ROUTES = sorted(route for route in ACCESS if "cafcass" in route)
CASE_S_OWN_TEAM = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


@pytest.mark.parametrize("role", Role)
async def test_a_role_may_do_with_a_referral_what_its_rows_say(casework, role):
    drafted = await casework.drafted()
    for route in ROUTES:
        method, template = route.split()
        path = template.replace("{id}", drafted["escalation_id"]).replace("{referral_id}", drafted["id"])
        verb = path.rpartition("/")[2]
        body = None if method == "GET" else ACCOUNT if method == "PUT" else WORDS.get(verb, {})
        bearer = f"Bearer {casework.town.token(role, 'someone')}"
        answer = await casework.town.ask(
            "escalation", method, path, body, authorization=bearer, if_match='"0"'
        )
        assert (answer.status_code == 403) == (role not in ACCESS[route]), (route, answer.text)
        assert answer.status_code < 500


def test_the_case_s_own_team_neither_reads_nor_writes_a_referral():
    assert ROUTES and not [pair for pair in product(ROUTES, CASE_S_OWN_TEAM) if pair[1] in ACCESS[pair[0]]]


NAMED = "iro-jo"


@pytest.fixture
async def restricted(casework: Casework):
    """A referral of C-1, a restricted child, and of a sibling whom all may see; it was sent."""
    await casework.in_care("C-2")
    await casework.in_care("C-1", restricted=True, restricted_to=[NAMED])
    concern = CONCERN | {"child": None, "children": ["C-1", "C-2"]}
    escalation = (await casework.story.post("", concern, role=Role.IRO_MANAGER)).json()["id"]
    begun = await casework.begin(escalation, {"children": ["C-2"]}, role=Role.IRO_MANAGER)
    assert begun.status_code == 201, begun.text
    return casework, begun.json()


async def test_a_referral_of_a_restricted_child_is_not_there_for_others(restricted):
    casework, referral = restricted
    absent = await casework.get("01936b7e-0d5c-7c3a-9d59-0f5b3a6e2c99")
    for path in ("", "/bundle", "/bundle.html"):
        address = f"/{referral['id']}{path}"
        hidden = await casework.ask("GET", address)
        assert (hidden.status_code, hidden.content) == (404, absent.content)
        assert (await casework.ask("GET", address, by=NAMED)).status_code == 200
        assert (await casework.ask("GET", address, role=Role.AUDITOR)).status_code == 200
    assert await casework.listed() == []
    assert (await casework.do(referral["id"], "ask_approval")).status_code == 404
    assert (await casework.begin(referral["escalation_id"])).status_code == 404
    assert (await casework.ask("GET", "?child=C-1")).status_code == 404


async def test_an_alert_about_a_restricted_sibling_is_in_no_bundle_for_others(casework):
    secret = "Canary of the restricted sibling."
    drafted = await casework.drafted()
    await casework.in_care("C-2", restricted=True, restricted_to=[NAMED])
    both = CONCERN | {"child": None, "children": ["C-1", "C-2"], "concern": secret}
    assert (await casework.story.post("", both, role=Role.IRO_MANAGER)).status_code == 201
    assert secret not in (await casework.document(drafted["id"])).text
    assert secret not in (await casework.page(drafted["id"])).text
    assert secret in (await casework.document(drafted["id"], by=NAMED)).text


async def test_a_sent_bundle_that_tells_of_a_sibling_is_not_there_for_whoever_may_not_see_that_child(
    casework,
):
    approved = await casework.approved()
    await casework.in_care("C-2")
    both = CONCERN | {"child": None, "children": ["C-1", "C-2"], "concern": "Of both."}
    assert (await casework.story.post("", both)).status_code == 201
    await casework.done(approved["id"], "refer")
    assert (await casework.document(approved["id"])).status_code == 200
    held = await casework.town.ask("reviews", "GET", "/v1/children/C-2")
    hide = {"restricted": True, "restricted_to": [NAMED]}
    await casework.town.put("/v1/children/C-2", hide, if_match=held.headers["etag"])
    assert (await casework.document(approved["id"])).status_code == 404
    assert (await casework.page(approved["id"])).status_code == 404
    assert (await casework.document(approved["id"], by=NAMED)).status_code == 200


async def test_events_of_referrals_hold_codes_and_ids_alone(casework):
    referral = await casework.referred()
    rows = await casework.town.rows("SELECT envelope FROM outbox_event WHERE type LIKE 'cafcass.%'")
    assert len(rows) == 3
    for row in rows:
        data = row.envelope["data"]
        assert set(data) == {"cafcass_referral_id", "escalation_id", "child_id", "link"}
        assert data["cafcass_referral_id"] == referral["id"]
