"""What is sent to and from the routes of themes."""

from pydantic import Field, StrictBool

from shared.http.fields import Body, Line, View


class ThemeBody(Body):
    """A theme of the council's own, or another title for one that ships."""

    title: Line = Field(examples=["No visit by the placing social worker"])
    retired: StrictBool = Field(False, description="true where nothing new is to be raised about it.")


class ThemeView(View):
    """A theme: `shipped` is whether it comes with Duecare. One that is retired cannot be chosen any more."""

    code: str = Field(examples=["no_evidence_of_visits"])
    title: str
    shipped: bool
    retired: bool
    version: int = Field(description="0 where the council has not touched it.")


class ThemeList(View):
    """All themes, in the order of their codes."""

    items: list[ThemeView]
