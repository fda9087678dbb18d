"""The loops that watch the others."""

import httpx

from services.scheduler.schedule import Schedule
from services.scheduler.watch.deadman import DeadMansSwitch
from services.scheduler.watch.heartbeat import Heartbeat
from services.scheduler.watch.vigilance import Vigilance


def watch(schedule: Schedule, vigilance: Vigilance, client: httpx.AsyncClient) -> None:
    """Begin to beat, and to ping where there is an address for that."""
    heart = Heartbeat(schedule.door.engine, schedule.pulse, schedule.housekeeping, schedule.agreed)
    schedule.loops.start("heartbeat", lambda: heart.beating(vigilance.beat_seconds))
    if vigilance.deadman_url:
        switch = DeadMansSwitch(client, schedule.pulse, vigilance.deadman_url, vigilance.deadman_seconds)
        schedule.loops.start("dead man's switch", switch.pinging)
