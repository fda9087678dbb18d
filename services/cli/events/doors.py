"""Tables of where events are asked for: made of the scheduler's own routes, so that none is ever missing."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI

from services.scheduler.access import ACCESS
from services.scheduler.app import ROUTERS
from shared.auth.principal import Role
from shared.http.examples import sent

Part = dict[str, Any]
ABOUT_EVENTS = ("events", "event types", "subscriptions", "deliveries", "reconciliation")
FEED = "/v1/events"
UNBOUNDED = 2**31  # of such numbers a reader need not know the end


def doors() -> str:
    """Every route by which events are heard of, with what it is sent."""
    rows = "".join(
        f"| `{method.upper()} {path}` | {operation['summary']}{_example(operation)} |\n"
        for path, method, operation in _operations()
    )
    return f"| Door | What it is for |\n|---|---|\n{rows}"


def filters() -> str:
    """What may be said in the address of the feed."""
    parameters = _document()["paths"][FEED]["get"]["parameters"]
    rows = "".join(f"| `{each['name']}` | {each['description']}{_bounds(each)} |\n" for each in parameters)
    return f"| In the address | Meaning |\n|---|---|\n{rows}"


def open_to(route: str) -> str:
    """The roles that may use a route, in words."""
    return ", ".join(f"`{role.value}`" for role in Role if role in ACCESS[route])


@cache
def _document() -> Part:
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    return app.openapi()


def _operations() -> Iterator[tuple[str, str, Part]]:
    for path, methods in _document()["paths"].items():
        for method, operation in methods.items():
            if operation["tags"][0] in ABOUT_EVENTS:
                yield path, method, operation


def _example(operation: Part) -> str:
    example = sent(_document(), operation)
    return f": `{json.dumps(example)}`" if example else ""


def _bounds(parameter: Part) -> str:
    schema = parameter["schema"]
    said = ""
    if schema.get("default"):
        said += f" Where it is left out, {schema['default']}."
    if schema.get("maximum", UNBOUNDED) < UNBOUNDED:
        said += f" No more than {schema['maximum']:g}."
    if "maxItems" in schema:
        said += f" No more than {schema['maxItems']} of them."
    return said
