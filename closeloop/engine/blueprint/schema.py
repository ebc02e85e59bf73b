"""The JSON Schema of a blueprint, for editors and for other programs."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def read_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) that every blueprint file fits."""
    text = resources.files("closeloop.engine").joinpath("blueprint.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
