"""A field that holds a code of one of the lists that ship."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from shared.codes.lists import code_list


@dataclass(frozen=True, slots=True)
class CodeOf:
    """Marks a text, as in `Annotated[str, CodeOf("abuse_category")]`: it must be a code of that list, which the
    document names."""

    name: str

    @property
    def codes(self) -> list[str]:
        """The codes, in the order of the list."""
        return [code.code for code in code_list(self.name).codes]

    def check(self, value: str) -> str:
        """The code itself. Raises ValueError for another text."""
        if value not in self.codes:
            raise ValueError(f"must be one of {', '.join(self.codes)}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"enum": self.codes}
