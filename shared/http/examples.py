"""An example of every answer, made of what the document says of it anyway: of its fields, and of what is sent."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
JSON = "application/json"
NAMED: Mapping[str, str] = {
    "child": "C-1001",
    "care_period": "CP-1001-1",
    "officer": "iro-3",
    "reference": "1001-1",
    "timescale": "lac-review-second",
    "title": "Second review",
    "basis": "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33(2)",
    "standing": "in_time",
    "kind": "review.held",
    "source": "case_system",
    "reason": "Day 0 is 20 November 2026, the day care started.",
}
BY_FORMAT: Mapping[str, str] = {
    "uuid": "0197b1a4-5a3c-7d11-9d59-0f5b3a6e2c11",
    "date": "2026-11-20",
    "date-time": "2026-11-20T09:30:00Z",
}
BY_TYPE: Mapping[str, Any] = {"integer": 1, "number": 1.5, "boolean": False}


def add_examples(document: dict[str, Any]) -> None:
    """Give every JSON body, and every JSON answer of success, in the document an example where it has none."""
    for path, operations in document["paths"].items():
        for operation in operations.values():
            own = sent(document, operation)
            if own:
                operation["requestBody"]["content"][JSON].setdefault("example", own)
            told = _told_at(document, path) | own | _withdrawn(path, own)
            for content in _answers(operation):
                content.setdefault("example", Examples(document, told).of(content["schema"]))


def sent(document: Schema, operation: Schema) -> dict[str, Any]:
    """The example of an operation's body; empty where it takes none."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON)
    found = Examples(document, {}).of(content["schema"]) if content else None
    return found if isinstance(found, dict) else {}


def _told_at(document: Schema, path: str) -> dict[str, Any]:
    """What an example puts at this address, or at that of the record it belongs to."""
    record = path.partition("}")[0] + "}" if "{" in path else path + "/{reference}"
    return sent(document, document["paths"].get(record, {}).get("put", {}))


def _withdrawn(path: str, own: Schema) -> dict[str, Any]:
    if not path.endswith("/withdraw") or "because" not in own:
        return {}
    return {"withdrawn_at": BY_FORMAT["date-time"], "withdrawn_because": own["because"]}


def _answers(operation: Schema) -> Iterator[dict[str, Any]]:
    for status, response in operation["responses"].items():
        if status < "300" and JSON in response.get("content", {}):
            yield response["content"][JSON]


class Examples:
    """Makes examples of a document's schemas. `told` are the values of fields that are shown as they were sent."""

    def __init__(self, document: Schema, told: Mapping[str, Any]) -> None:
        self.schemas: Mapping[str, Schema] = document.get("components", {}).get("schemas", {})
        self.told = told

    def of(self, schema: Schema, name: str = "", *, record: bool = True) -> Any:
        """An example of one schema: the one that it has, or one made of its parts. `record` is whether it is the
        record itself, or a list of such, whose fields are as they were sent."""
        schema = self._looked_up(schema)
        if "example" in schema:
            return self._whole(schema, schema["example"])
        if "examples" in schema:
            return schema["examples"][0]
        if "anyOf" in schema:
            return self._of_any(schema["anyOf"], name)
        if "enum" in schema or "const" in schema:
            return schema["const"] if "const" in schema else schema["enum"][0]
        return self._made(schema, name, record)

    def _looked_up(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def _of_any(self, choices: list[Schema], name: str) -> Any:
        """Nothing where that is one of the choices: most of what may be missing is, when a record is new."""
        return None if name and {"type": "null"} in choices else self.of(choices[0], name, record=False)

    def _whole(self, schema: Schema, example: Any) -> Any:
        """An example with the nothings that the framework leaves out of every document."""
        schema = self._looked_up(schema)
        if example is not None and "anyOf" in schema:
            return self._whole(schema["anyOf"][0], example)
        if isinstance(example, list) and "items" in schema:
            return [self._whole(schema["items"], each) for each in example]
        if not isinstance(example, dict):
            return example
        if "properties" not in schema:
            values = schema.get("additionalProperties")
            whole = values if isinstance(values, dict) else {}
            return {key: self._whole(whole, one) for key, one in example.items()}
        needed = [field for field in schema.get("required", ()) if field not in example]
        known = {
            field: self._whole(schema["properties"].get(field, {}), one) for field, one in example.items()
        }
        return known | {field: self.of(schema["properties"][field], field) for field in needed}

    def _made(self, schema: Schema, name: str, record: bool) -> Any:
        kind = schema.get("type")
        if "properties" in schema:
            fields: Mapping[str, Schema] = schema["properties"]
            told = self.told if record and "version" in fields else {}
            return {
                field: self._whole(one, told[field])
                if field in told
                else self.of(one, field, record=record and field == "items")
                for field, one in fields.items()
            }
        if kind == "array":
            return [self.of(schema["items"], name, record=record)]
        if kind == "object":
            values = schema.get("additionalProperties")
            return {"code": self.of(values, record=False)} if isinstance(values, dict) else {}
        if kind == "string":
            return BY_FORMAT.get(schema.get("format", "")) or NAMED.get(name, "as recorded")
        return BY_TYPE.get(kind or "")
