"""What an entry says: the one form of drafts, versions and packs."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from closeloop.edge.texts import FilledLine, Name, Paragraph

LANGUAGES = ("zh-CN", "en-US")
STAGE, EVENT, LABEL = "stage", "event", "label"
"""The facets that the code knows by name; the others are data (`facets.py`)."""

_FacetKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
_Tag = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$")]


class Pages(BaseModel):
    """Pages of slides, or minutes of a video, and what they show."""

    model_config = ConfigDict(extra="forbid")

    at: FilledLine = Field(description="such as 3–5, or 00:40")
    title: Name


class Piece(BaseModel):
    """A file, a link, or an outline of slides, with its pages."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    file_id: int | None = None
    url: Annotated[str, Field(pattern=r"^https://[^\s]{1,500}$")] | None = None
    pages: list[Pages] = Field(default_factory=list, max_length=50)


class Content(BaseModel):
    """The whole of an entry.

    `tags`: values by facet. `phrases`: words at which it is found whatever else it says, set by who
    manages the library. `entries`: what a pack holds, in order, by id.
    """

    model_config = ConfigDict(extra="forbid")

    title: Name
    body: dict[Literal["zh-CN", "en-US"], Paragraph]
    tags: dict[_FacetKey, Annotated[list[_Tag], Field(max_length=50)]] = Field(
        default_factory=dict, max_length=20
    )
    phrases: list[FilledLine] = Field(default_factory=list, max_length=50)
    pieces: list[Piece] = Field(default_factory=list, max_length=50)
    entries: list[int] = Field(default_factory=list, max_length=50)

    def as_data(self) -> dict[str, Any]:
        """The content as it is stored."""
        return self.model_dump(mode="json")


def said(texts: dict[str, str] | None, language: str) -> str:
    """A text in a language, else in the other."""
    given = texts or {}
    return given.get(language) or next((each for each in given.values() if each), "")
