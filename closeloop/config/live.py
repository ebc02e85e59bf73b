"""What keeps open screens up to date: server-sent events, served by config/asgi.py.

GET .../live with the session's cookie. Events: `notice` with the count of what is unseen, `clock`,
`approval` and `figures` without data; a page asks the API again for what it shows. After a break
the browser comes back with Last-Event-ID, and is told all of them.
Source: HTML Living Standard, 9.2.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host
from procrastinate.contrib.django import utils

from closeloop.identity.models import User
from closeloop.identity.session_store import SessionStore
from closeloop.notices import live, queries
from closeloop.notices.hub import Hub, Screen

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT_S = 15
LIFE_S = 300
"""After so long a page must come back, and its session is looked at again."""
RETRY_MS = 2000
hub = Hub(dict(utils.connector_params()))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve streams, health, and nothing else."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _serve(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    listening = asyncio.create_task(hub.listen())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    await send({"type": "lifespan.shutdown.complete"})


async def _serve(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    path = scope["path"].rstrip("/")
    if path.endswith("/healthz"):
        await _answer(send, 200)
    elif not path.endswith("/live") or scope["method"] != "GET":
        await _answer(send, 404)
    elif not _is_from_here(headers):
        await _answer(send, 403)
    else:
        person_id = await sync_to_async(_person_of)(_session_key(headers))
        if person_id is None:
            await _answer(send, 401, headers)
        else:
            await _stream(person_id, headers, receive, send)


async def _stream(person_id: int, headers: dict[str, str], receive: Receive, send: Send) -> None:
    """Talk to one page until it leaves; it is known before its count is read: nothing is lost."""
    screen = hub.open(person_id)
    tasks = set[asyncio.Task[None]]()
    try:
        unread = await sync_to_async(_unseen)(person_id)
        screen.tell(live.KINDS if "last-event-id" in headers else {"notice"}, unread)
        await _begin(send, headers)
        tasks = {asyncio.create_task(_talk(screen, send)), asyncio.create_task(_gone(receive))}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.close(screen)
        for task in tasks:
            task.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _talk(screen: Screen, send: Send) -> None:
    """Tell the page what there is, and now and then that the connection lives."""
    loop = asyncio.get_running_loop()
    until, number = loop.time() + LIFE_S, 0
    while loop.time() < until and not screen.is_over:
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                await screen.woken.wait()
        except TimeoutError:
            await _write(send, ": still here\n\n")
            continue
        for kind in sorted(screen.take()):
            number += 1
            data = json.dumps({"unread": screen.unread} if kind == "notice" else {})
            await _write(send, f"id: {number}\nevent: {kind}\ndata: {data}\n\n")


async def _gone(receive: Receive) -> None:
    """Return when the browser has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _begin(send: Send, headers: dict[str, str]) -> None:
    """Source of the last header: nginx, which otherwise gathers what it passes on."""
    given = {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
    }
    await _start(send, 200, {**given, **_cors(headers)})
    await _write(send, f"retry: {RETRY_MS}\n\n")


async def _answer(send: Send, status: int, headers: dict[str, str] | None = None) -> None:
    await _start(send, status, {"content-length": "0", **_cors(headers or {})})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _cors(headers: dict[str, str]) -> dict[str, str]:
    if "origin" not in headers:
        return {}
    return {
        "access-control-allow-origin": headers["origin"],
        "access-control-allow-credentials": "true",
        "vary": "Origin",
    }


def _is_from_here(headers: dict[str, str]) -> bool:
    """Whether host and origin are this installation's; ports may differ, for this one does."""
    host, _ = split_domain_port(headers.get("host", ""))
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return False
    if "origin" not in headers:
        return True
    origin = (urlsplit(headers["origin"]).hostname or "").lower()
    own = (urlsplit(settings.PUBLIC_URL).hostname or "").lower()
    return origin in {host.strip("[]"), own}


def _session_key(headers: dict[str, str]) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


def _person_of(session_key: str) -> int | None:
    """The person of a session; None where nobody is signed in, or a new password is due."""
    if not session_key:
        return None
    close_old_connections()
    request = HttpRequest()
    request.session = SessionStore(session_key)
    person = get_user(request)
    return person.pk if isinstance(person, User) and not person.must_change_password else None


def _unseen(person_id: int) -> int:
    close_old_connections()
    return queries.unseen_count(person_id)
