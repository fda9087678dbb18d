"""What schemathesis is told of one service: who asks what, and by which names something is found."""

import json
from collections.abc import Iterator, Mapping, Sequence

from shared.auth.principal import Role
from tests.schemas.roles import ACCESS, role_for

OFTEN = 0.6  # of the times, a name that finds something


# Text of any kind is taken there, and each of its lines is judged by itself, later.
ANY_TEXT = "POST /v1/imports"


def plan(
    service: str, order: tuple[Role, ...], tokens: Mapping[Role, str], known: Mapping[str, Sequence[str]]
) -> str:
    """The text of a schemathesis.toml."""
    return "\n".join([*_general(), *_names(known), *_operations(service, order, tokens)])


def _general() -> Iterator[str]:
    yield 'hooks = "tests.schemas.hooks"'
    yield "max-stream-events = 3"
    yield "continue-on-failure = true"
    yield "generation.database = 'none'"
    yield "cache.enabled = false"


def _names(known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, values in known.items():
        yield f"[dictionaries.{name}]\nvalues = {json.dumps(list(values))}"
    yield "[parameters]"
    for name in known:
        for where in ("path", "query", "body"):
            yield f'"{where}.{name}" = {{ dictionary = "{name}", probability = {OFTEN} }}'


def _operations(service: str, order: tuple[Role, ...], tokens: Mapping[Role, str]) -> Iterator[str]:
    for operation in ACCESS[service]:
        token = tokens[role_for(service, operation, order)]
        yield f'[[operations]]\ninclude-name = "{operation}"\nheaders = {{ Authorization = "Bearer {token}" }}'
        if operation == ANY_TEXT:
            yield "checks.negative_data_rejection.enabled = false"
