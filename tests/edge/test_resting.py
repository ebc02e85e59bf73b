"""Connections between requests: the one used last is taken first, by whatever thread."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import close_old_connections, connection

from closeloop.edge import statements
from closeloop.edge.postgresql.base import resting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _web(monkeypatch):
    monkeypatch.setattr(resting, "is_wanted", True)
    yield
    connection.close()
    while resting.connections:
        resting.connections.pop()[0].close()


def backend():
    return statements.row("SELECT pg_backend_pid()", [])[0]


def request():
    close_old_connections()
    try:
        return backend()
    finally:
        close_old_connections()


def test_another_thread_takes_the_connection_that_was_used_last():
    first = request()
    assert connection.connection is None
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(request).result() == first
    assert request() == first
    assert len(resting.connections) == 1


def test_two_requests_at_once_have_two_connections():
    with ThreadPoolExecutor(1) as thread:
        mine = backend()
        assert thread.submit(request).result() != mine
    close_old_connections()
    assert len(resting.connections) == 2


def test_a_connection_that_died_at_rest_is_replaced():
    first = request()
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert request() != first
    assert len(resting.connections) == 1


def test_prepared_statements_go_with_their_connection():
    request()
    request()
    asked = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%pg_backend_pid%%'"
    assert statements.row(asked, [])[0] == 2
