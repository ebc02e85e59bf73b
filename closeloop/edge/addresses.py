"""Finding a route by the words of its address, instead of trying one route after another."""

from collections.abc import Sequence
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

_Words = tuple[int, str, str | None]
"""How many parts a route has, its first one, and its last one unless that is a parameter."""


class Addresses(URLResolver):
    """Routes below one prefix, grouped by `_Words`; those of a group are tried in turn.

    Every route begins with a word, and no parameter takes a slash.
    """

    def __init__(
        self,
        prefix: str,
        patterns: Sequence[URLPattern | URLResolver],
        app_name: str,
        namespace: str,
    ) -> None:
        pattern = RoutePattern(prefix, is_endpoint=False)
        super().__init__(pattern, list(patterns), app_name=app_name, namespace=namespace)
        routes = [(_words(str(each.pattern)), each) for each in patterns]
        self._groups = {
            (count, first, last): [
                each for words, each in routes if words in _fitting(count, first, last)
            ]
            for (count, first, last), _ in routes
        }

    def resolve(self, path: Any) -> ResolverMatch:
        """The route of an address, as Django would find it; raises Resolver404."""
        found = self.pattern.match(str(path))
        if found:
            parts = found[0].split("/")
            count, first, last = len(parts), parts[0], parts[-1]
            group = self._groups.get((count, first, last)) or self._groups.get((count, first, None))
            for route in group or ():
                match = route.resolve(found[0])
                if match is not None:
                    return self._below(match)
        return super().resolve(path)

    def _below(self, match: Any) -> ResolverMatch:
        """A match of one of the routes as one of the whole address."""
        return ResolverMatch(
            match.func,
            match.args,
            match.kwargs,
            match.url_name,
            [self.app_name],
            [self.namespace],
            match.route,
            captured_kwargs=match.captured_kwargs,
            extra_kwargs=match.extra_kwargs,
        )


def _fitting(count: int, first: str, last: str | None) -> tuple[_Words, ...]:
    return (count, first, last), (count, first, None)


def _words(route: str) -> _Words:
    parts = route.split("/")
    if "<" in parts[0] or "<path:" in route:
        raise ValueError(f"the route {route} cannot be found by its words")
    return len(parts), parts[0], None if "<" in parts[-1] else parts[-1]
