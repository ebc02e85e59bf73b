"""Operations that read their request and write their answer without Ninja's models.

For routes whose speed counts. The same schemas describe them, and a request that does not fit goes
Ninja's way, which says why. What such a view gives is held against its schema by a test, not at
every request.
"""

from functools import cached_property
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.operation import Operation
from ninja.params.models import Body, Path
from pydantic import TypeAdapter


class DirectOperation(Operation):
    """An operation that takes parts of its path and a body, and gives a mapping with status 200."""

    def run(self, request: HttpRequest, **path: Any) -> HttpResponseBase:
        """Answer the request; what is raised leaves as any operation's does."""
        try:
            for check in self.auth_callbacks:
                check(request)
            response = self.api.create_temporal_response(request)
            given = self._read(request, path) or self._get_values(request, path, response)
            if self.signature.response_arg:
                given[self.signature.response_arg] = response
            answer = self.view_func(request, **given)
            return self.api.create_response(request, answer, temporal_response=response)
        except Exception as error:
            return self.api.on_exception(request, error)

    def _read(self, request: HttpRequest, path: dict[str, Any]) -> dict[str, Any] | None:
        """What the view takes, or None where the request does not fit."""
        parts, bodies = self._parts, self._bodies
        try:
            given = {name: form.validate_python(path[name]) for name, form in parts.items()}
            for name, form in bodies.items():
                given[name] = form.validate_python(self.api.parser.parse_body(request))
        except Exception:  # of whatever kind: Ninja meets it again, and tells it as it does
            return None
        return given

    @cached_property
    def _parts(self) -> dict[str, "TypeAdapter[Any]"]:
        return self._forms(Path)

    @cached_property
    def _bodies(self) -> dict[str, "TypeAdapter[Any]"]:
        return self._forms(Body)

    def _forms(self, source: type) -> dict[str, "TypeAdapter[Any]"]:
        forms: Any = TypeAdapter
        return {
            param.name: forms(Annotated[param.annotation, param.source])
            for param in self.signature.params
            if isinstance(param.source, source)
        }
