"""What the web server is given: whole answers as one piece, with their connection at rest."""

import io

import pytest
from django.core import cache, signals
from django.core.handlers import base
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import close_old_connections, connection, reset_queries
from django.http import FileResponse, HttpResponse
from django.urls import path

from closeloop.edge import statements
from closeloop.edge.postgresql.base import resting
from closeloop.edge.serving import Handler

pytestmark = pytest.mark.django_db(transaction=True)


def whole(_request):
    answer = HttpResponse(str(statements.row("SELECT pg_backend_pid()", [])[0]))
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


def file(_request):
    return FileResponse(io.BytesIO(b"a file"))


def failing(_request):
    raise LookupError


urlpatterns = [path("whole", whole), path("file", file), path("failing", failing)]


@pytest.fixture
def ask(settings, monkeypatch):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    monkeypatch.setattr(resting, "is_wanted", True)
    connection.close()
    handler = Handler()

    def asked(address):
        environment = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "wsgi.input": io.BytesIO()}
        told = []
        answer = handler(environment, lambda status, headers: told.extend((status, headers)))
        return *told, answer

    yield asked
    connection.close()
    while resting.connections:
        resting.connections.pop()[0].close()


def test_a_whole_answer_is_one_piece_and_its_connection_rests_before_it_leaves(ask):
    for _ in range(2):
        status, headers, answer = ask("/whole")
        assert status == "200 OK"
        assert [value.split(";")[0] for name, value in headers if name == "Set-Cookie"] == [
            " a=1",
            " b=2",
        ]
        ((resting_connection, _),) = resting.connections
        assert answer == [str(resting_connection.info.backend_pid).encode()]


def test_a_file_is_streamed_and_closed_by_the_server(ask):
    status, _, answer = ask("/file")
    assert status == "200 OK"
    assert b"".join(answer) == b"a file"
    answer.close()
    assert answer.closed


def test_an_error_is_an_answer(ask):
    assert ask("/failing")[0] == "500 Internal Server Error"


def test_nothing_else_listens_to_djangos_signals_around_a_request():
    """What would be left out for whole answers must be known, and be of no use to us."""
    listening = {
        receiver()
        for signal in (signals.request_started, signals.request_finished)
        for _, receiver, *_ in signal.receivers
    }
    assert listening <= {
        reset_queries,  # keeps queries only where DEBUG is on
        close_old_connections,  # done
        cache.close_caches,  # the cache is the database
        base.reset_urlconf,  # no request has addresses of its own
    }


@pytest.mark.parametrize(
    "address", ["/api/records/deal/7/move", "/api/today", "/api/nowhere", "/healthz", "/records"]
)
def test_a_route_is_the_one_that_django_finds(address):
    def found(handler):
        environment = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "wsgi.input": io.BytesIO()}
        request = WSGIRequest(environment)
        match = handler.resolve_request(request)
        assert request.resolver_match is match
        return {key: value for key, value in vars(match).items() if key != "tried"}

    assert found(Handler()) == found(WSGIHandler())
