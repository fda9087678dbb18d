"""What every guarded operation has in common, said once in the OpenAPI document: the token and the key."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from shared.http.examples import add_examples
from shared.http.idempotency import KEY
from shared.http.problems import MEDIA_TYPE

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
    "description": "New for each new request, the same for its retries: a retry gets the first answer again.",
}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token from the council's identity provider.",
}


def complete(app: FastAPI, guarded: set[str], keyed: set[str]) -> None:
    """Add to the document of `app` what its guarded routes ("METHOD /path") need of every request, and those that
    are keyed besides."""
    plain: Callable[[], dict[str, Any]] = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            _add(plain(), guarded, keyed)
            add_examples(plain())
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _add(schema: dict[str, Any], guarded: set[str], keyed: set[str]) -> None:
    schema.setdefault("components", {}).setdefault("securitySchemes", {})["bearer"] = BEARER
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"].get("schemas", {}).pop(unused, None)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            route = f"{method.upper()} {path}"
            if route in guarded:
                operation["security"] = [{"bearer": []}]
            if route in keyed:
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            _name_problems(operation)


def _name_problems(operation: dict[str, Any]) -> None:
    """Errors are problem+json, also where the framework describes an error of its own."""
    for status, response in operation["responses"].items():
        if status >= "400" and "application/json" in response.get("content", {}):
            response["content"] = {MEDIA_TYPE: {"schema": PROBLEM}}
