"""Taking an escalation one step along its ladder, over HTTP, as the officer or the manager would."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from services.cli.sefton_year.deeds import Step
from services.cli.sefton_year.stage import Stage
from shared.timescales.london import day_starts_at

ADDRESS = "/v1/escalations"
OF_AN_ANSWER = ("send", "accept", "accept_partly", "reject")
OF_A_PROMISE = ("keep", "drop")


async def climb(stage: Stage, day: date, steps: Sequence[Step]) -> None:
    """Every step of a London date, hour by hour; those of one hour rest on nothing of each other."""
    for hour, together in groupby(sorted(steps, key=lambda step: step.hour), key=lambda step: step.hour):
        stage.clock.set(day_starts_at(day) + timedelta(hours=hour))
        await stage.at_once(take(stage, step) for step in together)


async def take(stage: Stage, step: Step) -> None:
    """Take the step. Raises CommandRefused where the service does not let it."""
    path = await _address(stage, step)
    answer = await stage.ask(
        "POST", path, step.body, role=step.role, service="escalation", subject=step.subject
    )
    if step.verb == "raise":
        stage.alerts[step.alert] = answer["id"]
    if step.verb == "draft":
        stage.answers[step.alert] = answer["id"]


async def _address(stage: Stage, step: Step) -> str:
    if step.verb == "raise":
        return ADDRESS
    alert = f"{ADDRESS}/{stage.alerts[step.alert]}"
    if step.verb == "draft":
        return f"{alert}/responses"
    if step.verb in OF_AN_ANSWER:
        return f"{alert}/responses/{stage.answers[step.alert]}/{step.verb}"
    if step.verb in OF_A_PROMISE:
        return f"{alert}/promises/{await _promised(stage, alert, step)}/{step.verb}"
    return f"{alert}/{step.verb}"


async def _promised(stage: Stage, alert: str, step: Step) -> str:
    """The id of what is promised and not yet done."""
    found = await stage.ask("GET", f"{alert}/promises", role=step.role, service="escalation")
    return next(str(each["id"]) for each in found["items"] if each["state"] == "promised")
