"""Answers as JSON, values written as Ninja writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


_TO_MILLISECONDS = slice(1, 24)
"""Of a moment in quotes."""


class _Encoder(NinjaJSONEncoder):
    """The same; what rows are full of comes first, for asking what else it may be is dear.

    Moments in UTC are written by orjson and cut as Django cuts them, for Python takes eight times
    as long.
    """

    def default(self, o: Any) -> Any:
        kind = type(o)
        if kind is datetime and o.tzinfo is UTC and o.microsecond:
            return f"{orjson.dumps(o)[_TO_MILLISECONDS].decode()}Z"
        if kind is datetime or kind is date or kind is Decimal:
            return DjangoJSONEncoder.default(self, o)
        return super().default(o)


class Renderer(BaseRenderer):
    """Renders with one encoder, which keeps nothing between answers."""

    media_type = "application/json"
    _encoder = _Encoder()

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The text of an answer, in UTF-8."""
        try:
            return orjson.dumps(data, self._encoder.default, _OPTIONS)
        except orjson.JSONEncodeError:  # whole numbers beyond 64 bits, halves of a character
            return self._encoder.encode(data).encode()
