"""Answers as JSON, values written as Ninja writes them."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder


class _Encoder(NinjaJSONEncoder):
    """The same, moments first: rows are full of them, and asking what else they may be is dear."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return DjangoJSONEncoder.default(self, o)
        return super().default(o)


class Renderer(BaseRenderer):
    """Renders with one encoder, which keeps nothing between answers."""

    media_type = "application/json"
    _encoder = _Encoder()

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The text of an answer."""
        return self._encoder.encode(data)
