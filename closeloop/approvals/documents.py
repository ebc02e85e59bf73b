"""The timeout brief about an ask that has waited too long (超时预警简报; E04)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.approvals import flows, queries
from closeloop.approvals.models import Ask, Case
from closeloop.documents.briefs import TITLE, Brief, BriefNode, timeout_brief
from closeloop.documents.content import Content, Moment, said
from closeloop.documents.kinds import Kind
from closeloop.engine.approvals import AskState, VisitState
from closeloop.engine.calendars import Calendar
from closeloop.engine.sla import Basis
from closeloop.identity import queries as identity
from closeloop.org import queries as org
from closeloop.sla import calendars, policies
from closeloop.sla import queries as clocks
from closeloop.sla.models import Clock

ABOUT = "approval_ask"
ABOUT_CASE = "approval_case"
"""Clocks of a case as a whole, such as one that was returned and waits for who asked."""
_WORDS = {
    AskState.AGREED: ("同意", "agreed"),
    AskState.REFUSED: ("拒绝", "refused"),
    AskState.RETURNED: ("退回", "returned"),
    AskState.TRANSFERRED: ("转交", "handed on"),
    AskState.DEFERRED: ("加签", "added a signer"),
}


def brief_of(request: Mapping[str, Any]) -> Content:
    """The brief about the ask `about_id`, with `target_s` seconds allowed."""
    ask = Ask.objects.select_related("person", "on_behalf_of", "visit").get(
        pk=int(request["about_id"])
    )
    is_working = request.get("time") == Basis.WORKING
    calendar = calendars.by_id(request.get("calendar_id")).calendar if is_working else None
    target_s = float(request.get("target_s") or 0)
    return timeout_brief(_brief(ask, target_s, calendar, timezone.now()))


TIMEOUT_BRIEF = Kind(key="timeout_brief", name=TITLE, build=brief_of)


def _brief(ask: Ask, target_s: float, calendar: Calendar | None, now: datetime) -> Brief:
    case = queries.whole_case(ask.case_id)
    version = flows.loaded(case.version_id)
    node = version.compiled.nodes[ask.visit.node]
    superior = org.superior_of(ask.person_id)
    people = identity.names_of({superior} if superior else set())
    waiting = queries.waiting_of(ask.person_id).filter(state=AskState.WAITING).exclude(pk=ask.pk)
    also = clocks.clocks_about(ABOUT, list(waiting.values_list("pk", flat=True)))
    asked_at = ask.asked_at or case.opened_at
    return Brief(
        case_title=case.title,
        flow=version.flow.name,
        node=node.name,
        approver=ask.person.name,
        requester=case.requester.name,
        asked_at=asked_at,
        now=now,
        waited_s=_passed(asked_at, ask.ended_at or now, calendar),
        target_s=target_s,
        is_working_time=calendar is not None,
        on_behalf_of=ask.on_behalf_of.name if ask.on_behalf_of else "",
        superior=people.get(superior or 0, ""),
        unit=case.unit.name if case.unit else "",
        record_title=case.record.title if case.record else "",
        seen_at=ask.seen_at,
        opened_at=case.opened_at,
        nodes=_nodes(case, now, calendar),
        history=_history(case),
        also_waiting=waiting.count(),
        also_late=sum(1 for clock in also.values() if clock.is_late),
    )


def _nodes(case: Case, now: datetime, calendar: Calendar | None) -> list[BriefNode]:
    """Every step with its own limit, where it was counted in the same kind of time."""
    nodes = flows.loaded(case.version_id).compiled.nodes
    limits = _limits(case, Basis.NATURAL if calendar is None else Basis.WORKING)
    rows = []
    for visit in sorted(case.visits.all(), key=lambda each: each.number):
        asks = [ask for ask in case.asks.all() if ask.visit_id == visit.pk]
        is_current = visit.state == VisitState.CURRENT
        is_skipped = visit.state == VisitState.SKIPPED
        rows.append(
            BriefNode(
                name=nodes[visit.node].name,
                people=[ask.person.name for ask in asks],
                state="current" if is_current else "skipped" if is_skipped else "done",
                took_s=_passed(visit.entered_at, visit.left_at or now, calendar),
                target_s=max((limits[ask.pk] for ask in asks if ask.pk in limits), default=None),
            )
        )
    return rows


def _passed(start: datetime, end: datetime, calendar: Calendar | None) -> float:
    """The time between, in seconds: working time where there is a calendar, else by the clock."""
    if calendar is None:
        return (end - start).total_seconds()
    return calendar.working_between(start, end)


def _limits(case: Case, basis: Basis) -> dict[int, float]:
    """What each ask is allowed, in seconds of one kind of time, by the ask's id."""
    ids = [ask.pk for ask in case.asks.all()]
    found = Clock.objects.filter(about_kind=ABOUT, about_id__in=ids).order_by("pk")
    return {
        clock.about_id: clock.target_s
        for clock in found
        if clock.about_id is not None
        and policies.live(clock.version_id).policy.target.basis is basis
    }


def _history(case: Case) -> list[Moment]:
    told = [Moment(case.opened_at, said("提交审批", "Asked for"), case.requester.name)]
    for ask in case.asks.all():
        words = _WORDS.get(AskState(ask.state))
        if words is not None and ask.ended_at is not None:
            told.append(Moment(ask.ended_at, said(*words), ask.person.name))
    return sorted(told, key=lambda moment: moment.at)
