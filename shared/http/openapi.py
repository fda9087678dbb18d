"""What every guarded operation has in common, said once in the OpenAPI document: the token and the key."""

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import FastAPI

from shared.auth.access import Access
from shared.auth.principal import Role
from shared.http.examples import add_examples
from shared.http.idempotency import KEY
from shared.http.problems import MEDIA_TYPE, TITLES

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
    "description": "New for each new request, the same for its retries: a retry gets the first answer again.",
}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
TAKING_IN = (408, 413, 415)
"""How any request may fail whose body is taken in, whether it should have one or not."""
THE_FRAMEWORKS_OWN = "Validation Error"
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token from the council's identity provider.",
}


def complete(app: FastAPI, access: Access, keyed: set[str]) -> None:
    """Add to the document of `app` who may use its guarded routes ("METHOD /path"), what they need of every request,
    and those that are keyed besides."""
    plain: Callable[[], dict[str, Any]] = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            _add(plain(), access, keyed)
            add_examples(plain())
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _add(schema: dict[str, Any], access: Access, keyed: set[str]) -> None:
    schema.setdefault("components", {}).setdefault("securitySchemes", {})["bearer"] = BEARER
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"].get("schemas", {}).pop(unused, None)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            route = f"{method.upper()} {path}"
            if route in access:
                operation["security"] = [{"bearer": []}]
                _name_roles(operation, access[route])
                # 422: any address may have a parameter that is not known.
                _add_failures(operation, (422, *_taken_in(method), *((404,) if "{" in path else ())))
            if route in keyed:
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            _name_problems(operation)


def _name_roles(operation: dict[str, Any], allowed: frozenset[Role]) -> None:
    every = allowed == frozenset(Role)
    named = "every role" if every else ", ".join(f"`{role.value}`" for role in Role if role in allowed)
    operation["description"] = f"{operation.get('description', '')}\n\nOpen to: {named}.".strip()


def _taken_in(method: str) -> tuple[int, ...]:
    return () if method == "get" else TAKING_IN


def _add_failures(operation: dict[str, Any], statuses: Iterable[int]) -> None:
    for status in statuses:
        failure = {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
        operation["responses"].setdefault(str(status), failure)


def _name_problems(operation: dict[str, Any]) -> None:
    """Errors are problem+json, also where the framework describes an error of its own, or the answer is a page."""
    for status, response in operation["responses"].items():
        if status >= "400" and response.get("content"):
            response["content"] = {MEDIA_TYPE: {"schema": PROBLEM}}
        if response["description"] == THE_FRAMEWORKS_OWN:
            response["description"] = TITLES[422]
