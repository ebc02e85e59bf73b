"""A browser for each person of the company, which notices every error that a page reports."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

import pytest
from django.conf import settings as configured
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from closeloop.identity.models import User
from tests.builders.company import Company, make_company
from tests.builders.kept import kept
from tests.builders.people import client_of
from tests.stories.given import stored
from tests.stories.stillness import WATCH

ARRIVAL_MS = 60_000
"""How long a page may take to load: the first one in a process compiles what it needs."""
PATIENCE_MS = 30_000
"""How long a step may take on a busy machine; nothing waits that long when all is well."""
ANSWERING = "process_request_thread"
"""How the standard library names the threads of a server that answers each request in one."""
REFUSALS = "Failed to load resource"
"""Chromium reports each answer of 4xx in the console too; the story says what is refused."""


class Enter(Protocol):
    """Open the product as a person, or as nobody; `at` stops the browser's clock at a moment."""

    def __call__(
        self,
        user: User | None,
        path: str = "/",
        *,
        width: int = 1440,
        language: str = "zh-CN",
        dark: bool = False,
        at: datetime | None = None,
    ) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walks through every page, which take longest; nobody waits for them then."""
    items.sort(key=lambda item: "test_every_page" not in item.nodeid)


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Let every expectation wait as long as a step may take."""
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def company(transactional_db, tmp_path, settings) -> Company:
    """The small company of the builders, committed."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "stored")}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return stored(kept, make_company)


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of this story reported as errors."""
    return []


@pytest.fixture
def enter(company, live_server, browser, browser_context_args, complaints) -> Iterator[Enter]:
    """A function that opens a browser of its own for a person; no page may report an error."""

    contexts: list[BrowserContext] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and REFUSALS not in message.text:
            complaints.append(message.text)

    def enter(user, path="/", *, width=1440, language="zh-CN", dark=False, at=None) -> Page:
        context = browser.new_context(
            **browser_context_args
            | {
                "base_url": live_server.url,
                "locale": language,
                "viewport": {"width": width, "height": 844 if width < 800 else 900},
                "color_scheme": "dark" if dark else "light",
            }
        )
        contexts.append(context)
        if user is not None:
            User.objects.filter(pk=user.pk).update(locale=language)
            context.add_cookies([session_of(user, live_server.url)])
        context.add_init_script(f"({WATCH})()")
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", heard)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.set_default_navigation_timeout(ARRIVAL_MS)
        if at is not None:
            page.clock.install(time=at)
            page.clock.set_fixed_time(at)
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()
    _let_the_server_finish()
    assert complaints == []


def _let_the_server_finish() -> None:
    """Wait for answers that nobody waits for any more: the tables are emptied next."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        answering = [each for each in threading.enumerate() if ANSWERING in each.name]
        if not answering:
            return
        for thread in answering:
            if thread.is_alive():  # one that is listed may only be about to start
                thread.join(timeout=max(0, until - time.monotonic()))


def session_of(user: User, url: str) -> dict[str, str]:
    """The cookie of somebody who has signed in."""
    cookie = client_of(user).cookies[configured.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}
