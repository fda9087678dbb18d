"""Half a year in a made-up council, in which anything may happen to any alert."""

from datetime import UTC, datetime
from random import Random
from typing import Any

from shared.auth.principal import Role
from shared.timescales.london import london_date
from tests.escalation_figures.office import Office

FIRST_DAY = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
CHILDREN = {"C-1": "east", "C-2": "east", "C-3": "west", "C-4": None}
THEMES = ("no_evidence_of_visits", "no_core_group", "late_pathway_plan")
WORDS = {"because": "So.", "reason": "So.", "outcome": "So."}
CHANGED = ("yes", "no", "not_needed", None)


async def live(office: Office, chance: Random, moments: int = 50) -> None:
    """So many moments, one or some days apart, in each of which something happens that may happen."""
    for child, team in CHILDREN.items():
        await office.child_of(team, child, family="F-1")
    office.town.clock.set(FIRST_DAY)
    for _ in range(moments):
        office.town.pass_time(days=chance.choice((0, 1, 2, 5)), minutes=chance.randrange(60))
        going_on = [each for each in await office.all() if each["possible"]]
        if going_on and chance.random() < 0.65:
            await act(office, chance, chance.choice(going_on))
        else:
            await begin(office, chance)


async def everything(office: Office) -> list[dict[str, Any]]:
    """Each escalation as it is read by itself."""
    ids = [each["id"] for each in await office.all()]
    return [(await office.read(f"/{each}", Role.IRO_MANAGER)).json() for each in ids]


async def begin(office: Office, chance: Random) -> None:
    """Something is raised: about one child, some, or a team; in one part or another."""
    about = chance.sample(sorted(CHILDREN), chance.choice((0, 1, 1, 2, 3)))
    more: dict[str, Any] = {"children": about} if about else {"team": "west"}
    if severity := chance.choice(("low", "high", None)):
        more["severity"] = severity
    more["theme"] = chance.choice(THEMES)
    raising = chance.choice((office.raise_one, office.raise_one, office.alert))
    if chance.random() < 0.1:
        raising, more["kind"] = office.raise_one, "good_practice"
    await raising(role=chance.choice((Role.IRO, Role.CP_CHAIR)), **more)


async def act(office: Office, chance: Random, alert: dict[str, Any]) -> None:
    """One of the things that can be done with it, or with what was promised in it."""
    promised = [n for n, each in enumerate(await office.promises(alert)) if each["possible"]]
    if promised:
        await follow_up(office, chance, alert, promised[0])
    elif alert["state"] == "open" and chance.random() < 0.5:
        soon = [today(office)] * chance.choice((0, 1, 2))
        senior = alert["stage"] not in ("informal", "practice_alert")
        await office.answer(alert, *soon, role=Role.SENIOR_MANAGER if senior else Role.TEAM_MANAGER)
    elif alert["state"] == "answered":
        answers = (await office.read(f"/{alert['id']}/responses", Role.IRO_MANAGER)).json()["items"]
        await office.decide(alert, answers[-1], chance.choice(("accept", "accept_partly", "reject")))
    else:
        await step(office, chance, alert)


async def step(office: Office, chance: Random, alert: dict[str, Any]) -> None:
    """A step of the alert as a whole."""
    verb = chance.choice([each for each in alert["possible"] if each != "answer"])
    partly, verb = verb == "resolve_partly", verb.removesuffix("_partly")
    said = {"advance": ("because",), "resolve": ("outcome",)}.get(verb, ("reason",))
    body: dict[str, Any] = {name: WORDS[name] for name in said}
    if verb == "resolve":
        body |= {"partly": partly, "plan_changed": chance.choice(CHANGED)}
    await office.do(alert, verb, Role.IRO_MANAGER, **body)


async def follow_up(office: Office, chance: Random, alert: dict[str, Any], number: int) -> None:
    """What becomes of a promise."""
    match chance.choice(("keep", "keep", "move", "drop")):
        case "keep":
            await office.promise(alert, number, "keep", done_on=today(office), evidence="Seen.")
        case "move":
            await office.promise(alert, number, "move", due_on=today(office), reason="Away.")
        case _:
            await office.promise(alert, number, "drop", reason="Not needed.")


def today(office: Office) -> str:
    """The date in London."""
    return london_date(office.town.clock.now()).isoformat()
