"""Sign-in by `Authorization: Bearer <API key>`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from closeloop.edge import problems
from closeloop.identity import queries
from closeloop.identity.keys import MARK


class ApiKeySignIn:
    """A bearer key replaces the session; such requests need no CSRF token, for no cookie counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        header = request.headers.get("Authorization", "")
        if header.startswith(f"Bearer {MARK}"):
            person = queries.person_of_key(header.removeprefix("Bearer ").strip())
            if person is None:
                return problems.answer(request, problems.NotSignedIn())
            request.user = person  # type: ignore[assignment]
            request.by_api_key = True  # type: ignore[attr-defined]
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)
