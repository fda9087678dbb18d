"""Recording that a review was held, against the same statements in bare asyncpg: one such request is overheard, and
what it said to the database is said again for other children, whose stories are the same but for their ids."""

import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid5

import httpx

from bench.caseload import MadeUp, in_care
from bench.filling import fill
from bench.ground import Ground
from bench.overhearing import overheard
from bench.record import record
from bench.replaying import COUNCIL, Script
from bench.report import Row
from bench.servers import CONNECTIONS, answering, ask
from bench.settling import store, sweep_by, tidy
from services.reviews_api.app import create_app
from shared.auth.local_issuer import LocalIssuer
from shared.auth.principal import Role
from shared.clock import SystemClock, today
from shared.deadlines.difference import deadline_id
from shared.deadlines.law import law
from shared.settings import Settings
from shared.timescales.engine import deadlines

CLOCK = SystemClock()
DAYS = 105  # the second review is planned for the week to come, and held before
CHILDREN, ROUNDS, SECONDS, GOAL = 2_400, 3, 3.0, 0.5
SPACE = UUID("6f1d3c1e-0f5b-4b8e-9a53-2a7b6f4f8d11")


async def holding_rows(ground: Ground) -> list[Row]:
    """Reviews held in a second, ours and by hand, in turn."""
    children = await _furnish(ground)
    print("Measuring reviews held ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        script = await _overheard(ground, Path(folder), children)
        path = Path(folder) / "script"
        path.write_bytes(pickle.dumps(script))
        async with answering(ground, Path(folder), ("ours", f"replay:{path}")) as (ports, issuer):
            token = issuer.token("bench", COUNCIL, Role.CASE_SYSTEM, CLOCK.now())
            rates = await _in_turn(list(ports.values()), token, [_address(each) for each in children[1:]])
    ratio = median(ours / theirs for ours, theirs in rates)
    figure = f"{median(ours for ours, _ in rates):,.0f} a second against {median(theirs for _, theirs in rates):,.0f}"
    what = (
        f"a review held, {len(script.spoken)} statements, one worker, {CONNECTIONS} connections, against the same "
        "statements in bare asyncpg"
    )
    return [Row(what, f"{figure}: ratio {ratio:.2f}", f"ratio at least {GOAL}", ratio >= GOAL)]


async def _in_turn(ports: list[int], token: str, addresses: list[str]) -> list[tuple[float, float]]:
    body, rates = f'{{"held_on":"{today(CLOCK).isoformat()}"}}', []
    for _ in range(ROUNDS):
        found = []
        for port in ports:
            taken = await ask(port, token, SECONDS, addresses, body=body)
            addresses = addresses[int(taken["asked"]) :]
            found.append(taken["rate"])
        rates.append((found[0], found[1]))
    return rates


async def _furnish(ground: Ground) -> list[MadeUp]:
    print(f"Writing {CHILDREN:,} children whose review is to be held ...", flush=True)
    first = in_care(1, today(CLOCK), days=DAYS)
    children, rules = [_twin(first, number) for number in range(CHILDREN)], law()
    for begin in range(0, CHILDREN, 500):
        batch = children[begin : begin + 500]
        await fill(ground.owner, COUNCIL, batch, CLOCK.now() - timedelta(days=2), tidy=False)
        await record(ground, COUNCIL, batch, begin)
        await store(ground, COUNCIL, batch, rules, explained=True)
    await sweep_by(ground, COUNCIL)
    await tidy(ground)
    return children


def _twin(story: MadeUp, number: int) -> MadeUp:
    """The same story of another child."""
    facts = tuple(replace(fact, record=_other(fact.record, number)) for fact in story.facts)
    return MadeUp(story.kind, _other(story.id, number), _other(story.child, number), facts)


def _other(id: UUID, number: int) -> UUID:
    return uuid5(SPACE, f"{number}:{id}")


def _review(each: MadeUp) -> UUID:
    return next(fact.record for fact in each.facts if fact.kind == "review.scheduled")


def _address(each: MadeUp) -> str:
    return f"/v1/reviews/{_review(each)}/hold"


def _ids(each: MadeUp, rules: Any) -> list[UUID]:
    """Every id of a child's story, in an order that is the same for all of them."""
    owed = deadlines(each.facts, rules.catalogue, rules.calendar)
    stored = [
        deadline_id(COUNCIL, due.timescale, due.anchor, each.id if due.anchor == each.child else None)
        for due in sorted(owed, key=lambda due: (due.timescale, due.starts_on, due.due_at))
    ]
    return [each.id, each.child, *(fact.record for fact in each.facts), *stored]


async def _overheard(ground: Ground, folder: Path, children: Sequence[MadeUp]) -> Script:
    """What the service says to the database when the first child's review is held."""
    settings = Settings()
    issuer = LocalIssuer(folder, settings.oidc_issuer, settings.oidc_audience)
    wanted = {"database_url": ground.database_url, "oidc_jwks_file": issuer.jwks_file}
    app, key = create_app(settings.model_copy(update=wanted)), "overheard"
    engine = app.state.door.engine
    token = issuer.token("bench", COUNCIL, Role.CASE_SYSTEM, CLOCK.now())
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        with overheard(engine) as heard:
            body = {"held_on": today(CLOCK).isoformat()}
            answer = await client.post(_address(children[0]), json=body, headers=headers)
    await engine.dispose()
    answer.raise_for_status()
    rules = law()
    ids = {str(_review(each)): _ids(each, rules) for each in children}
    return Script(str(_review(children[0])), key, tuple(heard), ids, answer.content)
