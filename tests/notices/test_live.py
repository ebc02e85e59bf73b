"""An open screen hears at once, from a real process that listens to a real database."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from queue import Queue

import pytest
from django.conf import settings
from django.db import connection

from closeloop.notices import actions, live
from closeloop.notices.actions import Message
from tests.builders.asking import client_as
from tests.builders.people import client_of, make_user
from tests.platform.product import free_port

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_S = 20
START_S = 60
"""A process imports the whole product before it answers, on a machine that does much else."""
GRANIAN = (sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws")


class Screen:
    """An open page: what it was told, event by event."""

    def __init__(self, port, *, path="/live", **headers):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
        self._connection.request("GET", path, headers=headers)
        self._socket = self._connection.sock
        self.answer = self._connection.getresponse()
        self._told = Queue()
        if self.answer.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def next(self):
        """The next event as (kind, data)."""
        return self._told.get(timeout=WAIT_S)

    def close(self):
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _read(self):
        event = {}
        with suppress(OSError, http.client.HTTPException):
            for line in iter(self.answer.readline, b""):
                name, _, value = line.decode().rstrip("\n").partition(": ")
                event[name] = value
                if name == "data":
                    self._told.put((event["event"], json.loads(value)))


@pytest.fixture(scope="module")
def process(django_db_setup):
    """The live process on the test's database."""
    with running() as port:
        yield port


@contextmanager
def running(port=None, **environment):
    port = port or free_port()
    words = [
        *GRANIAN,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "closeloop.config.asgi:application",
    ]
    started = subprocess.Popen(
        words,
        env={**os.environ, "DATABASE_URL": database_url(), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_it_answers(port, started)
        yield port
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(timeout=START_S)


def until_it_answers(port, started):
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and started.poll() is None:
        with suppress(ConnectionRefusedError):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=START_S)
            asked.request("GET", "/healthz")
            assert asked.getresponse().status == 200
            return
        with suppress(subprocess.TimeoutExpired):
            started.wait(timeout=0.05)
    raise AssertionError("the live process did not start")


def database_url():
    given = connection.settings_dict
    return f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST'].replace('/', '%2F')}"


def cookie_of(person):
    session = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}"


@contextmanager
def screen_of(port, person, **headers):
    screen = Screen(port, Cookie=cookie_of(person), **headers)
    try:
        yield screen
    finally:
        screen.close()


def tell(*people):
    actions.send(Message(event="mention", to=tuple(person.pk for person in people)))


def test_an_open_screen_hears_of_a_notice_and_of_it_being_seen(process):
    person = make_user()
    with screen_of(process, person) as screen:
        assert screen.answer.headers["Content-Type"].startswith("text/event-stream")
        assert screen.next() == ("notice", {"unread": 0})
        tell(person)
        assert screen.next() == ("notice", {"unread": 1})
        client_as(person).post("/notices/seen", {"ids": None})
        assert screen.next() == ("notice", {"unread": 0})


def test_nobody_hears_what_concerns_others(process):
    person, other = make_user(), make_user()
    with screen_of(process, person) as screen, screen_of(process, other) as others:
        assert screen.next() == others.next() == ("notice", {"unread": 0})
        tell(other)
        assert others.next() == ("notice", {"unread": 1})
        tell(person)
        assert screen.next() == ("notice", {"unread": 1})


def test_clocks_and_approvals_are_told_without_their_content(process):
    person = make_user()
    with screen_of(process, person) as screen:
        screen.next()
        live.tell("approval", [person.pk])
        assert screen.next() == ("approval", {})
        live.tell("clock", [person.pk])
        assert screen.next() == ("clock", {})


def test_a_screen_that_comes_back_asks_for_everything_again(process):
    person = make_user()
    tell(person)
    with screen_of(process, person, **{"Last-Event-ID": "3"}) as screen:
        told = [screen.next() for _ in range(4)]
    assert told == [("approval", {}), ("clock", {}), ("figures", {}), ("notice", {"unread": 1})]


def test_everybody_hears_that_figures_changed_and_nothing_of_what(process):
    person, other = make_user(), make_user()
    with screen_of(process, person) as screen, screen_of(process, other) as others:
        assert screen.next() == others.next() == ("notice", {"unread": 0})
        live.tell_everybody("figures")
        assert screen.next() == others.next() == ("figures", {})


@pytest.mark.parametrize("cookie", ["", "sessionid=nonsense", "=;=;,"])
def test_nobody_listens_without_a_session(process, cookie):
    assert Screen(process, Cookie=cookie).answer.status == 401


def test_a_closed_account_does_not_listen(process):
    person = make_user()
    cookie = cookie_of(person)
    person.is_active = False
    person.save()
    assert Screen(process, Cookie=cookie).answer.status == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 403),
    ],
)
def test_only_pages_of_this_installation_listen(process, headers, status):
    with screen_of(process, make_user(), **headers) as screen:
        assert screen.answer.status == status
        allowed = screen.answer.headers.get("Access-Control-Allow-Origin")
        assert allowed == (headers.get("Origin") if status == 200 else None)


def test_a_proxy_may_lead_there_by_any_path(process):
    screen = Screen(process, path="/push/live", Cookie=cookie_of(make_user()))
    assert screen.next() == ("notice", {"unread": 0})
    screen.close()
    assert Screen(process, path="/elsewhere").answer.status == 404


def test_a_lost_database_connection_is_made_again(process):
    person = make_user()
    with screen_of(process, person) as screen:
        screen.next()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'closeloop live'"
            )
        told = [screen.next()[0] for _ in range(4)]
        assert told == ["approval", "clock", "figures", "notice"]
        tell(person)
        assert screen.next() == ("notice", {"unread": 1})


@pytest.mark.parametrize(
    ("setting", "host", "told"),
    [
        ("", "testserver", None),
        ("off", "testserver", None),
        (":8001", "localhost:8000", "http://localhost:8001"),
        ("/push", "testserver", "/push"),
        ("https://live.example", "testserver", "https://live.example"),
    ],
)
def test_a_page_is_told_where_to_listen(settings, setting, host, told):
    settings.LIVE_URL = setting
    answer = client_of(make_user()).get("/api/session", headers={"host": host})
    assert answer.json()["live_url"] == told


def test_no_port_without_tls_is_named_to_a_page_with_tls(settings):
    settings.LIVE_URL = ":8001"
    answer = client_of(make_user()).get("/api/session", secure=True)
    assert answer.json()["live_url"] is None
