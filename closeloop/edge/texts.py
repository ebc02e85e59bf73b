"""What may be typed: texts without control characters that no database column takes."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_NO_CONTROLS)
]
"""One line, possibly empty."""

FilledLine = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_NO_CONTROLS),
]
"""One line with something in it."""

Paragraph = Annotated[str, StringConstraints(max_length=20_000, pattern=_NO_CONTROLS)]
"""Several lines, possibly none."""

Secret = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=_NO_CONTROLS)]
"""A password as typed: nothing is trimmed."""

Name = Annotated[dict[Literal["zh-CN", "en-US"], FilledLine], Field(min_length=1)]
"""A name in each language of the product."""
