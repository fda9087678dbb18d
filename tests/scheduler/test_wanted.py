from tests.assurance.children import allocated, in_care
from tests.scheduler.receiver import Receiver


async def told_about(receiver):
    """The types of what a receiver was told, for each child."""
    heard = {}
    for hook in receiver.hooks:
        heard.setdefault(hook.event["data"].get("child_id"), set()).add(hook.event["type"])
    return heard


async def test_a_family_of_types_is_all_that_happens_to_one_kind_of_record(bureau):
    async with Receiver.listening() as family, Receiver.listening() as other:
        created = await bureau.subscribe(family, "deadline.*", "deadline.breached", "review.held")
        await bureau.subscribe(other, "review.*", "breach.*")
        await bureau.look_after()
        await bureau.tell()
        assert created["types"] == ["deadline.*", "deadline.breached", "review.held"]
        assert sorted(hook.event["type"] for hook in family.hooks) == ["deadline.breached", "deadline.opened"]
        assert other.hooks == []


async def test_who_asks_for_a_team_or_an_officer_is_told_of_their_children_alone(bureau):
    town = bureau.town
    await in_care(town, 2)
    ids = []
    for name, team, officer in (("C-1", "north", "ann"), ("C-2", "south", "bob")):
        version = (await town.ask("reviews", "GET", f"/v1/children/{name}")).headers["etag"]
        child = await town.put(f"/v1/children/{name}", {"team": team}, if_match=version)
        await allocated(town, name, officer)
        ids.append(child.json()["id"])
    async with (
        Receiver.listening() as north,
        Receiver.listening() as bobs,
        Receiver.listening() as both,
        Receiver.listening() as neither,
    ):
        await bureau.subscribe(north, teams=["north", "east"])
        await bureau.subscribe(bobs, "deadline.*", officers=["bob"])
        await bureau.subscribe(both, teams=["north"], officers=["ann"])
        await bureau.subscribe(neither, teams=["north"], officers=["bob"])
        await bureau.tell()
        assert set(await told_about(north)) == set(await told_about(both)) == {ids[0]}
        assert set(await told_about(bobs)) == {ids[1]}
        assert {each.partition(".")[0] for each in (await told_about(bobs))[ids[1]]} == {"deadline"}
        assert neither.hooks == []


MANY = [f"team-{n}" for n in range(10_000)]
REFUSED = (
    *(
        {"types": each}
        for each in ([], ["deadline.breeched"], ["dead.*"], ["*"], ["x" * 100], [None], "deadline.met")
    ),
    *({"teams": each} for each in ([], [""], ["a b"], [7], ["\x00"], MANY, {}, "north")),
    {"officers": []},
    {"officers": MANY},
    {"types": ["deadline.breached"] * 10_000},
    {"team": ["north"]},
    {"scheme": "rsa"},
)


async def test_a_filter_that_nothing_could_ever_pass_is_refused(bureau):
    for filters in REFUSED:
        body = {"url": "http://127.0.0.1:9/hooks"} | filters
        answer = await bureau.town.ask("scheduler", "POST", "/v1/subscriptions", body)
        assert answer.status_code == 422, filters
