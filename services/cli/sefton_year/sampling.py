"""Drawing a dip sample of the story, and looking at each child's record."""

from typing import Any

from services.cli.sefton_year.deeds import Call, Sample
from services.cli.sefton_year.stage import Stage
from shared.auth.principal import Role

QUESTION = "care_planning_meeting_recorded"


async def take_sample(stage: Stage, sample: Sample) -> None:
    """Draw, tell of the meetings of the children who are to have had one, answer for each, and close."""
    path = f"/v1/dip_samples/{sample.reference}"
    await stage.ask("PUT", path, _lot(sample), role=Role.IRO_MANAGER)
    drawn = await stage.read_list(f"{path}/children?limit=200", role=Role.IRO_MANAGER)
    found = [(each["child"], yes) for each, yes in zip(drawn, sample.recorded, strict=True)]
    await stage.ask_all(_meeting(sample, child) for child, yes in found if yes)
    await stage.ask_all(_answer(sample, path, child, yes) for child, yes in found)
    await stage.ask("POST", f"{path}/close", {"closed_on": f"{sample.on}"}, role=Role.IRO_MANAGER)


def _lot(sample: Sample) -> dict[str, Any]:
    return {
        "title": sample.title,
        "question": QUESTION,
        "drawn_on": f"{sample.on}",
        "size": len(sample.recorded),
        "seed": sample.seed,
    }


def _meeting(sample: Sample, child: str) -> Call:
    body = {
        "care_period": child.replace("C-", "CP-", 1),
        "held_on": f"{sample.on.replace(day=12)}",
        "decisions_recorded": True,
        "minutes_on_record": True,
    }
    return Call(sample.on, 0, f"/v1/care_planning_meetings/CPM-{sample.reference}-{child}", body)


def _answer(sample: Sample, path: str, child: str, yes: bool) -> Call:
    body = {"answer": "yes" if yes else "no"}
    return Call(sample.on, 0, f"{path}/answers/{child}", body, role=Role.IRO_MANAGER)
