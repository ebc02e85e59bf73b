"""Boxes of support cases, one case, and who may do what with it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Case as When
from django.db.models import Q, QuerySet, Value
from django.db.models import When as Branch
from django.db.models.functions import Coalesce
from django.utils import timezone

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import AbsenceScope
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound
from closeloop.support.errors import CaseNotFound
from closeloop.support.models import Case, CaseFile, CaseState

BOXES = ("mine", "asked", "team", "all")
MOST = 100
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
ONGOING = (CaseState.OPEN, CaseState.SUPPORTED)


def cases_in(box: str, *, actor: Actor) -> QuerySet[Case]:
    """Cases to answer (mine, with those of whom I stand in for), asked by me, my team's, or all."""
    if box == "mine":
        return _whole().filter(owner_id__in=_own(actor))
    if box == "asked":
        return _whole().filter(requester_id__in=[actor.user_id or 0])
    if box == "team":
        return _whole().filter(_of_team(actor))
    return _whole().filter(visible(actor))


def cases_of_record(record_id: int) -> QuerySet[Case]:
    """Every case about a record or its customer."""
    return _whole().filter(Q(record_id=record_id) | Q(customer_id=record_id))


def page_of(
    found: QuerySet[Case], *, states: Sequence[str], kind: str = "", cursor: str | None, limit: int
) -> tuple[list[Case], str | None]:
    """A page: open ones first, the soonest due first; the next cursor."""
    if states:
        found = found.filter(state__in=states)
    if kind:
        found = found.filter(kind=kind)
    ordered = found.annotate(
        turn=When(Branch(state=CaseState.OPEN, then=Value(0)), default=Value(1)),
        until=When(
            Branch(state=CaseState.OPEN, then=Coalesce("answer_by", Value(NEVER))),
            default=Value(NEVER),
        ),
    )
    if cursor:
        turn, at, last = cursors.decode(cursor, "bigint", "timestamptz", "bigint")
        ordered = ordered.filter(
            Q(turn__gt=turn) | Q(turn=turn, until__gt=at) | Q(turn=turn, until=at, pk__lt=last)
        )
    page: list[Case] = [*ordered.order_by("turn", "until", "-pk")[: limit + 1]]
    if len(page) <= limit:
        return page, None
    end = page[limit - 1]
    is_open = end.state == CaseState.OPEN
    until = (end.answer_by or NEVER) if is_open else NEVER
    return page[:limit], cursors.encode(0 if is_open else 1, until.isoformat(), end.pk)


def visible_case(case_id: int, *, actor: Actor) -> Case:
    """A case that concerns the actor, or whose record they may read; raises CaseNotFound."""
    found = _whole().filter(pk=case_id).first()
    if found is None or not _may_see(found, actor=actor):
        raise CaseNotFound({"id": case_id})
    return found


def whole_case(case_id: int) -> Case:
    """A case as whoever has just handed it on sees it for the last time."""
    return _whole().get(pk=case_id)


def visible_file(file_id: int, *, actor: Actor) -> CaseFile:
    """A document of a case that the actor may see; raises CaseNotFound."""
    found = CaseFile.objects.select_related("attachment").filter(pk=file_id).first()
    if found is None:
        raise CaseNotFound({"id": file_id})
    visible_case(found.case_id, actor=actor)
    return found


def visible(actor: Actor) -> Q:
    """What narrows a query to cases that concern the actor or people below, or to all of them."""
    if org.access_of(actor).can(Capability.MANAGE_SUPPORT):
        return Q()
    concerned = _own(actor)
    return (
        Q(requester_id__in=concerned)
        | Q(owner_id__in=concerned)
        | Q(pk__in=Case.objects.filter(helps__by_id=actor.user_id).values("pk"))
        | _of_team(actor)
    )


def may_answer(case: Case, *, actor: Actor) -> bool:
    """Whether the actor owns the case, stands in for its owner, stands above, or keeps support."""
    if actor.user_id is None or case.owner_id in _own(actor):
        return True
    if org.access_of(actor).can(Capability.MANAGE_SUPPORT):
        return case.requester_id != actor.user_id
    return case.owner_id is not None and org.is_above(actor.user_id, of=case.owner_id)


def may_judge(case: Case, *, actor: Actor) -> bool:
    """Whether the actor asked for help, stands in for who did, or stands above them.

    Whoever answers a case does not judge the answer.
    """
    if actor.user_id is None or case.requester_id == actor.user_id:
        return True
    if case.owner_id == actor.user_id:
        return False
    return case.requester_id in _own(actor) or org.is_above(actor.user_id, of=case.requester_id)


def open_cases_of(owner_id: int, *, limit: int) -> list[Case]:
    """The open cases that a person owes help with, the soonest due first."""
    found = _whole().filter(owner_id=owner_id, state=CaseState.OPEN)
    return list(found.order_by("answer_by", "pk")[:limit])


def count_open(owner_id: int) -> int:
    """How many open cases a person owes help with."""
    return Case.objects.filter(owner_id=owner_id, state=CaseState.OPEN).count()


def _may_see(case: Case, *, actor: Actor) -> bool:
    if may_answer(case, actor=actor) or may_judge(case, actor=actor):
        return True
    if Case.objects.filter(visible(actor), pk=case.pk).exists():
        return True
    about = case.record_id or case.customer_id
    if about is None:
        return False
    try:
        records.visible_record(about, actor=actor)
    except RecordNotFound:
        return False
    return True


def _of_team(actor: Actor) -> Q:
    below = org.people_below(actor.user_id or 0)
    return Q(owner_id__in=below) | Q(requester_id__in=below)


def _own(actor: Actor) -> list[int]:
    """The actor, and those for whom they stand in now."""
    if actor.user_id is None:
        return []
    now = timezone.now()
    others = org.standing_in_for(actor.user_id, now, scope=AbsenceScope.CLOCKS)
    return [actor.user_id, *others]


def _whole() -> QuerySet[Case]:
    return Case.objects.select_related("requester", "owner", "unit", "record", "customer").defer(
        "record__grams", "customer__grams"
    )
