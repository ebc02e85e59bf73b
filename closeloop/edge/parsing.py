"""Reading bodies and queries so that only what can be stored passes: real text, real numbers."""

import json
import re
from typing import Any, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.types import DictStrAny

MALFORMED = 400
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class StrictParser(Parser):
    """Refuses (400) NUL and lone surrogates, which no text column takes, and infinite numbers."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body as JSON; what is raised here leaves as 400."""
        body = json.loads(request.body, parse_constant=_no_number, parse_float=_finite)
        if b"\\u" in request.body:
            _check(body)
        return cast(DictStrAny, body)

    def parse_querydict(
        self, data: MultiValueDict[Any, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        """The query or form; a list where the field is one."""
        for key, values in data.lists():
            if any(map(_is_unstorable, [key, *values])):
                raise HttpError(MALFORMED, "not a text")
        return super().parse_querydict(data, list_fields, request)


def _check(value: Any) -> None:
    if _is_unstorable(value):
        raise ValueError("not a text")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key)
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)


def _is_unstorable(value: object) -> bool:
    return isinstance(value, str) and _UNSTORABLE.search(value) is not None


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("the number is too large")
    return number


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
