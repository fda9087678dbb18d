"""What the APIs see of the scheduler."""

from datetime import date

from services.scheduler.housekeeping import Housekeeping
from services.scheduler.pace import Pace
from services.scheduler.watch.heartbeat import Heartbeat
from services.scheduler.watch.pulse import Pulse
from shared.loops import Loops
from shared.watch.queries import overdue_without_breach
from shared.watch.watchman import Watchman

LONG_AGO = date(2020, 3, 2)  # by whatever clock
APIS = ("reviews", "escalation")


def heart(bureau, pulse: Pulse) -> Heartbeat:
    housekeeping = Housekeeping(bureau.engine, Pace(), Loops(stop=lambda: None))
    return Heartbeat(bureau.engine, pulse, housekeeping)


async def ready(town, service: str) -> dict:
    town.apps[service].state.watchman = Watchman(town.apps[service].state.door.engine)
    answer = await town.ask(service, "GET", "/readyz")
    assert answer.status_code == 200
    return answer.json()


async def figure(town, service: str, name: str) -> float | None:
    town.apps[service].state.watchman = Watchman(town.apps[service].state.door.engine)
    lines = (await town.ask(service, "GET", "/metrics")).text.splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)


async def test_both_apis_say_how_late_the_scheduler_is(bureau):
    pulse = Pulse()
    pulse.start()
    pulse.beat("sweep")
    await heart(bureau, pulse).beat()
    for service in APIS:
        seen = (await ready(bureau.town, service))["scheduler"]
        assert 0 <= seen["late_seconds"] < 30 and not seen["clock_suspect"]
        assert 0 <= await figure(bureau.town, service, "duecare_scheduler_age_seconds") < 30


async def test_a_promise_that_was_broken_and_not_noticed_is_counted_by_the_apis_themselves(bureau):
    before = await overdue_without_breach(bureau.engine)
    await bureau.look_after(children=2, started_on=LONG_AGO)
    for service in APIS:
        assert await figure(bureau.town, service, "duecare_overdue_without_breach") == before + 2
    await bureau.sweep()
    for service in APIS:
        assert await figure(bureau.town, service, "duecare_overdue_without_breach") == before
