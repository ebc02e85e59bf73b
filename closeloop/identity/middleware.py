"""Sign-in by `Authorization: Bearer <API key>`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from closeloop.edge import problems, revisions
from closeloop.identity import actions, queries
from closeloop.identity.keys import MARK


class ApiKeySignIn:
    """A bearer key replaces the session; such requests need no CSRF token, for no cookie counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the key's person; 401 where the key is not valid."""
        header = request.headers.get("Authorization", "")
        if header.startswith(f"Bearer {MARK}"):
            used = queries.used_key(header.removeprefix("Bearer ").strip())
            if used is None:
                return problems.answer(request, problems.NotSignedIn())
            if used.is_first_use_today:
                actions.note_key_use(used.key)
            revisions.remember(used.revisions)
            request.user = used.key.user
            request.by_api_key = True  # type: ignore[attr-defined]
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)
