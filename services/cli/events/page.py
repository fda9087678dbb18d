"""The page of the docs about events: how to hear them, then each with its meaning, its fields and an example."""

import json
from collections.abc import Iterator
from types import ModuleType

from services.cli.events.hearing import how_to_hear
from services.scheduler.event_types.asyncapi import PROMISE
from shared.events.catalogue import LANGUAGE, spoken_in
from shared.events.deadline_events import DeadlineBreached
from shared.events.fields import CODE, OTHERS, REFERENCE, Schema
from shared.events.language import Event
from shared.events.schemas import CONCERNED, data_schema, description, example_envelope

HEAD = f"""\
# Events

Made from the classes in `shared/events` and the routes of the scheduler by `make docs`, and never edited by hand. The
same for machines is [asyncapi.json](asyncapi.json), which the scheduler serves as `/asyncapi.json`.

**The delivery promise: {PROMISE}.**

An event is thin: ids, codes, dates and a link. No name, no date of birth, no free text ever enters one; who may read
more follows the link. Dates (`_on`) are London's, instants (`_at`) are UTC.

{how_to_hear()}
## What stays as it is

Every event is [CloudEvents 1.0](https://cloudevents.io) in JSON. `dataschema` names the JSON Schema of its `data`,
which `GET /v1/event_types/TYPE` answers; the schema of the whole event is `$defs/envelope` in it. `GET /v1/event_types`
lists all types with an example of each.

Types, fields and codes may be added; none is ever taken away or changes its meaning. So ignore what you do not know:
an event of another type, a field, a code. Where codes are listed below, those are the codes known today.

A correction is a new event, with an id of its own, about the same subject.

## The envelope

```json
{json.dumps(example_envelope(DeadlineBreached), indent=2)}
```

- `id`: the same every time, wherever it is heard.
- `source`: `/duecare/` and the council's code.
- `subject`: what it happened to, and its id, which `data` holds too (`deadline_id`).
- `time`: the instant (UTC) at which Duecare learnt of it.
- `data`: `child_id` is the child whom it concerns, and `link` where to read of the child in the service that keeps the
  record; both are missing where it concerns no child. What else it holds is listed below for each type.
"""

PATTERNS = {CODE: "code", REFERENCE: "reference"}
TITLES = {
    "deadline_events": "Deadlines and breaches",
    "care_events": "Children and their care",
    "review_events": "Reviews and their decisions",
    "between_events": "Between reviews",
    "protection_events": "Child protection",
    "escalation_events": "Escalations",
    "cafcass_events": "Referrals to Cafcass",
    "workforce_events": "Officers and caseloads",
    "assurance_events": "Assurance",
    "record_events": "Records of every kind, facts, exemptions, the calendar",
    "operator_events": "For those who run it",
}


def events_page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(_section(module) for module in LANGUAGE)


def _section(module: ModuleType) -> str:
    title = TITLES[module.__name__.rpartition(".")[2]]
    return f"\n## {title}\n" + "".join(_event(each) for each in spoken_in(module))


def _event(kind: type[Event]) -> str:
    schema = data_schema(kind)
    said_above = CONCERNED.keys() - set(schema["required"])
    fields = {name: field for name, field in schema["properties"].items() if name not in said_above}
    rows = "".join(_row(name, field) for name, field in fields.items())
    example = json.dumps(kind.example.data(), indent=2)
    return (
        f"\n### {kind.type}\n\n{description(kind)}{_whom(kind)}\n\n"
        f"| Field | What | Meaning |\n|---|---|---|\n{rows}\n```json\n{example}\n```\n"
    )


def _whom(kind: type[Event]) -> str:
    return "" if kind.example.child_id else " Concerns no child."


def _row(name: str, field: Schema) -> str:
    known: list[str] = next((each["enum"] for each in field.get("anyOf", ()) if "enum" in each), [])
    words = field.get("description", "").removesuffix(OTHERS).rstrip()
    codes = f" Codes: {', '.join(f'`{code}`' for code in known)}." if known else ""
    return f"| `{name}` | {' or '.join(_kinds(field))} | {words}{codes} |\n"


def _kinds(field: Schema) -> Iterator[str]:
    """What a field may be, in words."""
    for choice in field.get("anyOf", [field]):
        types = choice.get("type", [])
        for each in [types] if isinstance(types, str) else types:
            yield choice.get("format") or PATTERNS[choice["pattern"]] if each == "string" else each
