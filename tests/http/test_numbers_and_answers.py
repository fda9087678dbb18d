"""A number is sent as a number and a yes or no as true or false, in every body of every service."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from services.escalation_api.app import create_app as escalations
from services.reviews_api.app import create_app as reviews
from services.scheduler.app import create_app as scheduler
from shared.http.fields import Body

SERVICES = (reviews, escalations, scheduler)  # every body is there once its service is
ALMOST_NUMBERS = ("1", True, 1.0)
ALMOST_ANSWERS = ("1", "true", "yes", 1, 1.0)


def bodies(above: type[Body] = Body) -> Iterator[type[Body]]:
    for body in above.__subclasses__():
        yield body
        yield from bodies(body)


def asks_for(body: type[Body], field: str, kind: str) -> bool:
    """Whether a field asks for one of these, or for a list of them."""
    schema = body.model_json_schema()["properties"][field]
    return kind in [each.get("type") for each in (schema, *schema.get("anyOf", ()))]


def takes(body: type[Body], field: str, value: Any) -> bool:
    try:
        body.model_validate({field: value})
    except ValidationError as error:
        return all(each["loc"][0] != field for each in error.errors() if each["loc"])
    return True


@pytest.mark.parametrize(("kind", "almost"), [("integer", ALMOST_NUMBERS), ("boolean", ALMOST_ANSWERS)])
def test_what_is_almost_a_number_or_an_answer_is_refused(kind: str, almost: tuple[Any, ...]) -> None:
    asked = [
        (body, field)
        for body in {each for each in bodies() if each.__module__.startswith("services.")}
        for field in body.model_fields
        if asks_for(body, field, kind)
    ]
    assert len(asked) > 10
    taken = [
        (body.__name__, field, value)
        for body, field in asked
        for value in almost
        if takes(body, field, value)
    ]
    assert taken == []
