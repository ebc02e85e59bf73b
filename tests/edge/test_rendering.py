"""Answers hold what Ninja's own renderer would write."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from closeloop.edge.rendering import Renderer


class Colour(StrEnum):
    """A choice."""

    RED = "red"


class Point(Schema):
    """A model."""

    x: int


VALUES = [
    datetime(2026, 3, 1, 8, 9, 24, 777473, UTC),
    datetime(2026, 3, 1, 8, 9, 24, 70, UTC),
    datetime(2026, 3, 1, 8, 9, 24, 0, UTC),
    datetime(2026, 3, 1, 8, 9, 24, 777473, ZoneInfo("UTC")),
    datetime(2026, 3, 1, 8, 9, 24, 777473, ZoneInfo("Asia/Shanghai")),
    datetime(2026, 3, 1, 8, 9, 24, 777473, timezone(timedelta(hours=-3))),
    date(2026, 3, 1),
    Decimal("12.30"),
    UUID(int=7),
    Colour.RED,
    Point(x=1),
    {1: "one", "中": "文"},
    [1.5, 0.1, 1e22, -0.0, True, None],
    2**63,
    2**64,
    -(2**70),
    "half a character \ud800",
    "\u2028 </script> \x00",
    (1, 2),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_reads_as_ninja_writes_it(value):
    text = Renderer().render(None, {"value": value}, response_status=200)
    assert json.loads(text) == json.loads(json.dumps({"value": value}, cls=NinjaJSONEncoder))


def test_what_cannot_be_written_is_an_error():
    with pytest.raises(TypeError):
        Renderer().render(None, {"value": object()}, response_status=200)
