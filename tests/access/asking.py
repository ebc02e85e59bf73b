"""The API's endpoints as it lists them itself, and asking one of them."""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from closeloop.config.api import api
from closeloop.identity.models import User
from tests.access.requests import Sample
from tests.access.world import Target
from tests.builders.people import client_of

TARGETS = frozenset(
    {
        "record_id",
        "lead_id",
        "comment_id",
        "file_id",
        "exception_id",
        "task_id",
        "document_id",
    }
)
"""Path parameters that name something that belongs to a record, and so to a scope."""


@dataclass(frozen=True)
class Endpoint:
    """One operation of the API."""

    name: str
    method: str
    path: str
    permission: str

    @property
    def parameters(self) -> frozenset[str]:
        """The names in the path."""
        return frozenset(re.findall(r"{(?:\w+:)?(\w+)}", self.path))

    @property
    def is_about_a_record(self) -> bool:
        """Whether the path names something within a scope."""
        return bool(self.parameters & TARGETS)

    def address(self, ids: dict[str, Any]) -> str:
        """The path about the target."""
        return "/api" + re.sub(
            r"{(?:\w+:)?(\w+)}", lambda found: str(ids.get(found[1], 1)), self.path
        )


ENDPOINTS = [
    Endpoint(
        name=operation.operation_id or "",
        method=method,
        path=prefix + path,
        permission=getattr(operation.view_func, "__permission__", ""),
    )
    for prefix, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for method in operation.methods
]


class Asker:
    """Somebody who asks, each time as if for the first time: what a request did is taken back."""

    def __init__(self, user: User | None) -> None:
        self.session = client_of(user).cookies.get(settings.SESSION_COOKIE_NAME)

    def ask(self, endpoint: Endpoint, sample: Sample, target: Target) -> HttpResponse:
        """Send the sample about the target."""
        client = Client(raise_request_exception=True)
        if self.session is not None:
            client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session.value})
        options: dict[str, Any] = {"headers": sample.headers, "query_params": sample.query}
        if sample.body is not None:
            options["data"] = sample.body(target)
        if not sample.is_form and endpoint.method != "GET":
            options["content_type"] = "application/json"
        with transaction.atomic():
            send = getattr(client, endpoint.method.lower())
            answer: HttpResponse = send(endpoint.address({**target.ids, **sample.path}), **options)
            transaction.set_rollback(True)
        return answer


def text_of(answer: Any) -> str:
    """Everything that the answer says."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def problem_of(answer: Any) -> dict[str, Any]:
    """The problem details of a refused request, else nothing."""
    is_problem = answer.headers.get("Content-Type", "") == "application/problem+json"
    return dict(answer.json()) if is_problem else {}
