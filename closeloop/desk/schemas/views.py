"""Saved views."""

from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

ViewName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class ViewColumn(Schema):
    """A column of a view."""

    field: str
    width: int | None = None


class ViewIn(Schema, extra="forbid"):
    """A view to save."""

    record_type: str = Field(max_length=100)
    name: ViewName
    kind: Literal["table", "board"] = "table"
    columns: list[ViewColumn] = Field(default=[], max_length=100)
    filter: dict[str, Any] | None = None
    sort: str = Field(default="", max_length=100)
    visibility: Literal["private", "unit", "everyone"] = "private"
    is_default: bool = False


class ViewChange(Schema, extra="forbid"):
    """Changes of a view; what is not given stays."""

    name: ViewName | None = None
    kind: Literal["table", "board"] | None = None
    columns: list[ViewColumn] | None = Field(default=None, max_length=100)
    filter: dict[str, Any] | None = None
    sort: str | None = Field(default=None, max_length=100)
    visibility: Literal["private", "unit", "everyone"] | None = None
    is_default: bool | None = None
    pinned: bool | None = None


class ViewOut(Schema):
    """A saved view."""

    id: int
    record_type: str
    name: str
    kind: Literal["table", "board"]
    columns: list[ViewColumn]
    filter: dict[str, Any] | None
    sort: str
    visibility: Literal["private", "unit", "everyone"]
    is_default: bool
    pinned: bool
    mine: bool
    owner: str
    version: int
