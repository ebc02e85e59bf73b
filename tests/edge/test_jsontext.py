"""JSON for the database: as Django's encoder writes it, and whatever can be gone through."""

import json
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy

from closeloop.edge.jsontext import dumped
from closeloop.engine.routing import Decision


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC),
        date(2026, 3, 1),
        time(9, 30),
        timedelta(days=1, seconds=5),
        Decimal("2.50"),
        UUID(int=7),
        gettext_lazy("Yes"),
        OrderedDict(a=1),
        2**70,
        {"一": [1, "二", None, True]},
    ],
)
def test_a_value_is_written_as_django_writes_it(value):
    assert json.loads(dumped(value)) == json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def test_what_can_be_gone_through_is_an_object_or_a_list():
    assert dumped(MappingProxyType({"a": (1, 2)})) == b'{"a":[1,2]}'
    assert dumped(Decision("b", "g", 5, free=(5, 6), loads=(0, 2)).room) == b"[[5,0],[6,2]]"


def test_what_is_neither_is_refused():
    with pytest.raises(TypeError):
        dumped(object())
