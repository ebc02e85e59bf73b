"""Routes that cannot be declared without the permission that they need."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import ninja
from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed_in"


class Policy:
    """The place where the permission check is plugged in (`config.wiring`), for `org` lies above."""

    def __init__(self) -> None:
        self.check: Callable[[HttpRequest, str, dict[str, Any]], None] | None = None

    def enforce(self, request: HttpRequest, permission: str, arguments: dict[str, Any]) -> None:
        """Raise a Refusal unless the asker holds the permission; fails shut when none is plugged."""
        if permission == PUBLIC:
            return
        if self.check is None:
            raise RuntimeError("no permission check is wired")
        self.check(request, permission, arguments)


policy = Policy()


class Router(ninja.Router):
    """A Ninja router whose routes name their permission.

    `public`, `signed_in`, `admin:<capability>`, or `record:<verb>`; the last takes the record type
    from the path parameter `record_type`, or from the permission itself (`record:<verb>:<type>`).
    """

    def route(
        self,
        methods: Sequence[str],
        path: str,
        *,
        permission: str,
        **options: Any,
    ) -> Callable[[View], View]:
        """Declare one route; the operation id is the function's name."""

        def declare(view: View) -> View:
            @wraps(view)
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                policy.enforce(request, permission, kwargs)
                return view(request, *args, **kwargs)

            guarded.__permission__ = permission  # type: ignore[attr-defined]
            options.setdefault("operation_id", view.__name__)
            self.add_api_operation(path, list(methods), guarded, **options)
            return view

        return declare

    def get(self, path: str, *, permission: str, **options: Any) -> Any:  # type: ignore[override]
        """Declare a read."""
        return self.route(["GET"], path, permission=permission, **options)

    def post(self, path: str, *, permission: str, **options: Any) -> Any:  # type: ignore[override]
        """Declare a write that creates or acts."""
        return self.route(["POST"], path, permission=permission, **options)

    def put(self, path: str, *, permission: str, **options: Any) -> Any:  # type: ignore[override]
        """Declare a write that sets."""
        return self.route(["PUT"], path, permission=permission, **options)

    def patch(self, path: str, *, permission: str, **options: Any) -> Any:  # type: ignore[override]
        """Declare a write that changes some fields."""
        return self.route(["PATCH"], path, permission=permission, **options)

    def delete(self, path: str, *, permission: str, **options: Any) -> Any:  # type: ignore[override]
        """Declare a removal."""
        return self.route(["DELETE"], path, permission=permission, **options)
