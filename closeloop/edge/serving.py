"""How requests come from the web server and answers leave for it."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, get_resolver

from closeloop.edge.addresses import Addresses

Start = Callable[..., object]
Environment = dict[str, Any]


class Handler(WSGIHandler):
    """Django's handler; what it gives in one piece leaves as one, already closed.

    A server that iterates over an answer asks for its only piece and for its end apart, in chunks,
    and closes it when the client has all of it. Closed before, the request's connection to the
    database rests by the time at which the client can ask again.

    Of what Django's signals around a request do, only the care for the one connection is needed,
    so that is done without them: `tests/edge/test_serving.py` says what listens to them. An answer
    that is streamed, such as a file, ends as Django ends it.
    """

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """The request's route; what can be found by the words of its address is found so."""
        by_words = get_resolver().url_patterns[0]
        if isinstance(by_words, Addresses):
            try:
                match = by_words.resolve(request.path_info[1:])
            except Resolver404:
                return super().resolve_request(request)
            match.route = f"{by_words.pattern}{match.route}"
            request.resolver_match = match
            return match
        return super().resolve_request(request)

    def __call__(self, environ: Environment, start_response: Start) -> Any:
        """Answer one request: an iterable of bytes."""
        connection = connections[DEFAULT_DB_ALIAS]
        connection.close_if_unusable_or_obsolete()
        response: Any = self.get_response(self.request_class(environ))
        headers = [*response.items()]
        for cookie in response.cookies.values():
            headers.append(("Set-Cookie", cookie.output(header="")))
        start_response(f"{response.status_code} {response.reason_phrase}", headers)
        if not isinstance(response, HttpResponse):
            response._handler_class = self.__class__
            return response
        whole: Any = response
        content = whole.content
        for close in whole._resource_closers:
            close()
        connection.close_if_unusable_or_obsolete()
        return [content]
