"""What the other bodies share: ids, keys, coordinates, names."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from closeloop.edge.texts import Name

Id = Annotated[int, Field(ge=1, lt=2**63)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
System = Literal["WGS84", "GCJ02"]
Degrees = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Meridian = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Metres = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Told = Annotated[
    str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")
]


class FollowUpName(Schema):
    """Somebody or something by name."""

    id: int
    name: str


class StandardRef(Schema):
    """The version that it was judged by."""

    key: str
    version: int
    name: Name
