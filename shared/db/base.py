"""What every stored row has in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from uuid6 import uuid7


class Base(MappedAsDataclass, DeclarativeBase):
    """A row that has its id and defaults at birth, so that its rules can be tested without a database."""

    type_annotation_map: ClassVar[Mapping[Any, Any]] = {
        str: Text(),
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        dict[str, Any]: JSONB(),
        dict[str, str]: JSONB(),
        list[str]: JSONB(),
    }


def new_id() -> UUID:
    """A UUIDv7: unique, and ordered by the time it was made, which keeps indexes compact."""
    return UUID(int=uuid7().int)


__all__ = ["JSON", "JSONB", "Base", "new_id"]
