"""Somebody who asks the API as its clients do: JSON, versions, idempotency keys."""

from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from closeloop.identity.models import User
from tests.builders.people import client_of

_numbers = count(1)


class Asker:
    """A signed-in browser, or a program with a key. Every write has an idempotency key."""

    def __init__(self, user: User | None, *, locale: str = "zh-CN", api_key: str = "") -> None:
        if api_key:
            bearer = {"authorization": f"Bearer {api_key}", "accept-language": locale}
            self._client = Client(headers=bearer)
        else:
            self._client = client_of(user, locale=locale)

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self._client.get(f"/api{path}", query)

    def post(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self._write("post", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self._write("put", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self._write("patch", path, body, **options)

    def delete(self, path: str, **options: Any) -> HttpResponse:
        return self._write("delete", path, None, **options)

    def _write(
        self, method: str, path: str, body: Any, *, version: int | None = None, key: str = ""
    ) -> HttpResponse:
        headers = {"idempotency-key": key or f"key-{next(_numbers)}"}
        if version is not None:
            headers["if-match"] = f'"{version}"'
        send = getattr(self._client, method)
        return send(
            f"/api{path}",
            {} if body is None else body,
            content_type="application/json",
            headers=headers,
        )


def client_as(user: User, **options: Any) -> Asker:
    """The person at the API."""
    return Asker(user, **options)
