"""Reading WeCom every hour, asking the registry's provider, judging what waits to be judged."""

from collections.abc import Callable, Collection
from functools import partial

import structlog
from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.vendors.wecom_customers import COLLEAGUES_AT_ONCE, Followed
from closeloop.phonecheck import about, actions, set_up
from closeloop.phonecheck.actions.checking import AT_ONCE, REGISTRY, WECOM
from closeloop.phonecheck.plugs import Customers, plugs
from closeloop.phonecheck.registries import registry_of

log = structlog.get_logger("closeloop.phonecheck")
MOST_PAGES = 500
"""Of a hundred people each, of a hundred colleagues."""
_LATER = RetryStrategy(
    max_attempts=6,
    exponential_wait=4,
    retry_exceptions={TryLater, db.OperationalError, db.InterfaceError},
)


@app.periodic(cron="23 * * * *")
@app.task(name="phonecheck.read_hourly", queueing_lock="phonecheck.read_hourly")
def read_hourly(timestamp: int) -> int:
    """Read WeCom, and judge what no reaction has; gives how many people there differ."""
    count = _afresh(read_people)
    _afresh(judge_waiting)
    return count


@app.task(name=actions.READ_WECOM, lock=actions.READ_WECOM)
def read_wecom() -> int:
    """Read WeCom now."""
    return _afresh(read_people)


@app.task(name=actions.LOOK_UP, retry=_LATER)
def look_up(customer_id: int) -> int:
    """Ask the registry's provider about one customer."""
    return _afresh(partial(ask_provider, customer_id))


@app.task(name=actions.CATCH_UP, lock=actions.CATCH_UP)
def catch_up() -> int:
    """Judge every phone that was not judged as it now is."""
    return _afresh(judge_waiting)


def read_people() -> int:
    """Read whom every colleague has added; one group that cannot be read keeps no other waiting.

    Gives how many people differ from before.
    """
    if not set_up.ways().uses_wecom:
        return 0
    count, problem = 0, ""
    ids = sorted(plugs.ids_there())
    for begin in range(0, len(ids), COLLEAGUES_AT_ONCE):
        group = ids[begin : begin + COLLEAGUES_AT_ONCE]
        try:
            told = _contacts_of(plugs.wecom(), group)
        except (GiveUp, TryLater) as refused:
            problem = _said(refused)
            log.warning("wecom_contacts_unread", problem=problem)
            continue
        count += perform(partial(actions.keep_contacts, told, read=group))
    perform(partial(actions.note_reading, WECOM, problem=problem))
    return count


def ask_provider(customer_id: int) -> int:
    """Ask about one customer who is not known yet; gives how many were asked about.

    Raises TryLater, which is tried again.
    """
    ways, keyword = set_up.ways(), actions.to_look_up(customer_id)
    if not ways.asks_provider or keyword is None:
        return 0
    registry = registry_of(ways.provider, base_url=ways.base_url, key=ways.key)
    try:
        company = registry.company(keyword)
    except (GiveUp, TryLater) as refused:
        perform(partial(actions.note_reading, REGISTRY, problem=_said(refused)))
        if isinstance(refused, TryLater):
            raise
        return 0
    perform(partial(actions.keep_found, customer_id, company, provider=ways.provider))
    perform(partial(actions.note_reading, REGISTRY))
    return 1


def judge_waiting() -> int:
    """Judge what waits, in batches; gives how many."""
    if not set_up.ways().is_on:
        return 0
    waiting = about.unchecked()
    for begin in range(0, len(waiting), AT_ONCE):
        perform(partial(actions.check, waiting[begin : begin + AT_ONCE], actor=SYSTEM))
    return len(waiting)


def _afresh(work: Callable[[], int]) -> int:
    db.close_old_connections()
    try:
        revisions.refresh()
        return work()
    finally:
        db.close_old_connections()


def _said(refused: GiveUp | TryLater) -> str:
    return f"{refused.code} {refused.detail}".strip()[:300]


def _contacts_of(client: Customers, user_ids: Collection[str]) -> list[Followed]:
    found: list[Followed] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        page = client.contacts_of(user_ids, cursor=cursor)
        found += page.items
        cursor = page.next_cursor
        if not cursor:
            break
    return found
