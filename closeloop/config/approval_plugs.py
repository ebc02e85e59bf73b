"""What approvals bring to those below, and what follows from them above."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from closeloop.activity.reactions import Reactions
from closeloop.approvals import catalogue, outcomes, reactions
from closeloop.approvals.actions import reassign_ask
from closeloop.approvals.documents import ABOUT, ABOUT_CASE, TIMEOUT_BRIEF
from closeloop.documents.kinds import Kinds
from closeloop.notices.events import Events
from closeloop.process.purposes import PURPOSES
from closeloop.records.types import registry
from closeloop.sla.subjects import Kind, Subjects


def plug(events: Events, kinds: Kinds, subjects: Subjects, activity: Reactions) -> None:
    """Bring what people are told, the timeout brief, whose asks clocks run on, what follows."""
    for event in catalogue.EVENTS:
        events.register(event)
    for purpose in PURPOSES:
        outcomes.register(purpose)
    kinds.register(TIMEOUT_BRIEF)
    subjects.kinds[ABOUT] = Kind(
        requesters=lambda contexts: [context.get("requester_id") for context in contexts],
        titles=lambda contexts: [_title(context) for context in contexts],
        link=lambda context: f"/approvals/{context.get('case_id')}",
        reassign=reassign_ask,
    )
    subjects.kinds[ABOUT_CASE] = Kind(
        requesters=lambda contexts: [context.get("requester_id") for context in contexts],
        titles=lambda contexts: [_title(context) for context in contexts],
        link=lambda context: f"/approvals/{context.get('case_id')}",
    )
    activity.register(_changes, reactions.follow_changes)
    activity.register(lambda: reactions.ACCOUNTS, reactions.follow_accounts)


def _changes() -> Collection[str]:
    return _changes_of(tuple(registry.keys()))


@lru_cache(maxsize=8)
def _changes_of(record_types: tuple[str, ...]) -> Collection[str]:
    return frozenset(f"{key}.{verb}" for key in record_types for verb in ("changed", "removed"))


def _title(context: Mapping[str, Any]) -> Mapping[str, str] | None:
    title = context.get("title")
    return {"zh-CN": str(title), "en-US": str(title)} if title else None
