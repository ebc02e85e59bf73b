"""What a first visit costs: kilobytes of code by gzip, and how soon the kanban can be used.

A headless Chromium with an empty cache opens each page of the product's own web server; usable is
when the cards are drawn and the main thread has come to rest. docs/benches.md tells the limits.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench import company, ground, serving
from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase
from closeloop.desk import actions as desk
from closeloop.edge import work
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from scripts.setup import browser as chromium

REPETITIONS = 5
CARDS = 60
BOARD = "/r/deal?kind=board"
CODE = {"document", "script", "stylesheet"}
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
USABLE = """() => new Promise((resolve) => {
  const cards = () => document.querySelectorAll('article').length > 0;
  const look = () => (cards() ? requestIdleCallback(() => resolve(performance.now())) : next());
  const next = () => requestAnimationFrame(look);
  look();
})"""


def main() -> None:
    """Print the measures; the last line is one JSON object."""
    with ground.own_database("web"):
        person = company.found_company().viewers["own"]
        work.perform(lambda: _make_deals(person))
        session = _session_of(person)
        case = work.perform(lambda: _approval_of(person))
        with serving.web_server() as server, _chromium() as browser:
            address = f"http://127.0.0.1:{server.port}"
            times = [_usable_ms(browser, address, session) for _ in range(REPETITIONS)]
            result = {
                "sign_in_kb": _kilobytes(browser, address, "/"),
                "kanban_kb": _kilobytes(browser, address, BOARD, session=session),
                "phone_kb": _kilobytes(browser, address, "/m", session=session),
                "approval_kb": _kilobytes(
                    browser, address, f"/m/approvals/{case}", session=session
                ),
                "kanban_usable_ms": round(median(times)),
            }
    ground.say(f"kanban usable in ms, each visit: {[round(time) for time in times]}")
    ground.report(result)


def _make_deals(owner: User) -> None:
    """As many cards as a salesperson has, with one customer."""
    given = {"name": "客户", "industry": "private_hospital"}
    customer = desk.create_record("customer", given, actor=SYSTEM, owner_id=owner.pk)
    for number in range(CARDS):
        values = {"name": f"商机 {number}", "customer": customer, "amount": "120000"}
        desk.create_record("deal", values, actor=SYSTEM, owner_id=owner.pk)


def _approval_of(person: User) -> int:
    """An approval that waits for the person, as a notice leads to it on a phone."""
    name = {"zh-CN": "样机借用", "en-US": "Loan of a sample"}
    node = {"key": "check", "kind": "approve", "name": name}
    sources = [{"kind": "persons", "persons": [person.pk]}]
    rules = {"own_request": "ask"}
    flow = {"key": "loan", "name": name, "rules": rules, "nodes": [{**node, "sources": sources}]}
    approvals.publish(flow, actor=SYSTEM)
    opened = approvals.open_case(NewCase(flow_key="loan"), actor=actor_of_user(person))
    return opened.pk


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        yield browser
        browser.close()


def _session_of(person: User) -> str:
    """The cookie of somebody who has signed in; made before the browser's event loop runs."""
    client = Client()
    client.force_login(person)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@contextmanager
def _visit(browser: Browser, address: str, session: str) -> Iterator[Page]:
    """A page of a browser that has never been here, signed in where a session is given."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    if session:
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
        )
    yield context.new_page()
    context.close()


def _usable_ms(browser: Browser, address: str, session: str) -> float:
    with _visit(browser, address, session) as page:
        page.goto(f"{address}{BOARD}", wait_until="commit")
        return float(page.evaluate(USABLE))


def _kilobytes(browser: Browser, address: str, path: str, *, session: str = "") -> float:
    answers: dict[str, Response] = {}
    with _visit(browser, address, session) as page:
        page.on(
            "response",
            lambda answer: (
                answers.update({answer.url: answer})
                if answer.request.resource_type in CODE
                else None
            ),
        )
        page.goto(f"{address}{path}", wait_until="networkidle")
        return round(sum(len(gzip.compress(each.body(), 6)) for each in answers.values()) / 1000, 1)


if __name__ == "__main__":
    main()
