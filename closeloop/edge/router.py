"""Routes that cannot be declared without the permission that they need."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Protocol, TypeVar

import ninja
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.constants import NOT_SET
from ninja.security.base import AuthBase

from closeloop.edge import statements
from closeloop.edge.direct import DirectOperation
from closeloop.edge.problems import Problem
from closeloop.engine.refusals import Refusal, RefusalKind

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed_in"
OWN_SESSION = "own_session"
PROBLEM_STATUSES = frozenset({400, 401, 403, 404, 409, 412, 413, 422, 423, 428, 429})
"""What any route may answer with problem details; each is described with every route."""


class Declare(Protocol):
    """A decorator that leaves the view as it is."""

    def __call__(self, view: View) -> View:
        """Declare the view; gives it back."""
        ...


class CsrfFailed(Refusal):
    """Reload the page and try again: the request did not come from the product's own page."""

    code = "csrf_failed"
    kind = RefusalKind.FORBIDDEN


class Policy:
    """Where the permission check is plugged in (`config.wiring`), for `org` lies above."""

    def __init__(self) -> None:
        self.check: Callable[[HttpRequest, str, dict[str, Any]], None] | None = None

    def enforce(self, request: HttpRequest, permission: str, arguments: dict[str, Any]) -> None:
        """Raise a Refusal unless the asker holds the permission; shut when no check is plugged."""
        if permission == PUBLIC:
            return
        if self.check is None:
            raise RuntimeError("no permission check is wired")
        self.check(request, permission, arguments)


policy = Policy()


class Guard(AuthBase):
    """What happens before a request is even parsed: CSRF, sign-in, and permission where the path
    alone decides it. Ninja exempts its views from Django's CSRF check, so it is made here.

    Who asks may so far be presumed (`edge.statements.presume`); only a direct route, which does
    nothing but ask the database, leaves it at that until its first trip.
    """

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __init__(
        self, permission: str, *, is_signed: bool = False, is_direct: bool = False
    ) -> None:
        self.permission = permission
        self.is_signed = is_signed
        self.is_direct = is_direct
        super().__init__()

    def __call__(self, request: HttpRequest) -> bool:
        """Let the request pass, or raise a Refusal."""
        if not self.is_signed and not _has_csrf_token(request):
            raise CsrfFailed
        if not self.is_direct:
            statements.confirm()
        path: dict[str, Any] = request.resolver_match.kwargs if request.resolver_match else {}
        policy.enforce(request, self.permission, path)
        return True


class Router(ninja.Router):
    """A Ninja router whose routes name their permission.

    `public`; `signed_in`; `own_session` (signed in, even while a new password is due);
    `admin:<capability>` or several with `|` between; `record:<verb>`, which takes the record type
    from the path, else from the argument or body field `record_type`, or names it itself
    (`record:<verb>:<type>`). `keeps_answer=False` is for answers or bodies that hold a secret: they
    are not kept by idempotency key. `is_signed` is for callers without a page of ours, whose
    signature the view itself checks; it acts for nobody. `direct` is for the few routes whose speed
    counts (see `edge.direct`).
    """

    def route(
        self,
        methods: Sequence[str],
        path: str,
        *,
        permission: str,
        keeps_answer: bool = True,
        is_signed: bool = False,
        direct: bool = False,
        **options: Any,
    ) -> Declare:
        """Declare one route; the operation id is the function's name."""
        by_arguments = _is_decided_by_arguments(permission, path)

        def declare(view: View) -> View:
            @wraps(view)
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                request.keeps_answer = keeps_answer  # type: ignore[attr-defined]
                if by_arguments:
                    policy.enforce(request, permission, kwargs)
                return view(request, *args, **kwargs)

            guarded.__permission__ = permission  # type: ignore[attr-defined]
            options.setdefault("operation_id", view.__name__)
            options["response"] = _with_problems(options.get("response", NOT_SET))
            asked = SIGNED_IN if by_arguments else permission
            options["auth"] = Guard(
                asked, is_signed=is_signed and permission == PUBLIC, is_direct=direct
            )
            self.add_api_operation(path, list(methods), guarded, **options)
            if direct:
                self.path_operations[path].operations[-1].__class__ = DirectOperation
            return view

        return declare

    def get(self, path: str, *, permission: str, **options: Any) -> Declare:  # type: ignore[override]
        """Declare a read."""
        return self.route(["GET"], path, permission=permission, **options)

    def post(self, path: str, *, permission: str, **options: Any) -> Declare:  # type: ignore[override]
        """Declare a write that creates or acts."""
        return self.route(["POST"], path, permission=permission, **options)

    def put(self, path: str, *, permission: str, **options: Any) -> Declare:  # type: ignore[override]
        """Declare a write that sets."""
        return self.route(["PUT"], path, permission=permission, **options)

    def patch(self, path: str, *, permission: str, **options: Any) -> Declare:  # type: ignore[override]
        """Declare a write that changes some fields."""
        return self.route(["PATCH"], path, permission=permission, **options)

    def delete(self, path: str, *, permission: str, **options: Any) -> Declare:  # type: ignore[override]
        """Declare a removal."""
        return self.route(["DELETE"], path, permission=permission, **options)


def _is_decided_by_arguments(permission: str, path: str) -> bool:
    is_typeless = permission.startswith("record:") and permission.count(":") == 1
    return is_typeless and "record_type}" not in path


def _with_problems(response: Any) -> dict[Any, Any]:
    given = response if isinstance(response, dict) else {200: response}
    return {PROBLEM_STATUSES: Problem, **given}


def _no_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_CSRF = CsrfViewMiddleware(_no_view)


def _has_csrf_token(request: HttpRequest) -> bool:
    """Django's check, which its middleware leaves out for Ninja's views; it has read the cookie."""
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    return _CSRF.process_view(request, _no_view, (), {}) is None
