"""Reading cases for a viewer: who may see one, the boxes of the inbox, the flows."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from closeloop.approvals.errors import CaseNotFound, FlowNotFound
from closeloop.approvals.models import Ask, AskFile, Case, Copy, Flow, FlowVersion, Step, StepFile
from closeloop.edge import cursors, statements
from closeloop.engine.approvals import AskState
from closeloop.files.errors import AttachmentNotFound
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability, Verb
from closeloop.records.models import Record

BOXES = ("todo", "done", "mine", "copied")
ANSWERED = (
    AskState.AGREED, AskState.REFUSED, AskState.RETURNED, AskState.TRANSFERRED, AskState.DEFERRED,
)  # fmt: skip


def visible_case(case_id: int, *, actor: Actor) -> Case:
    """A case that the actor may see; raises CaseNotFound.

    The requester may, whoever was asked or told, whoever stands above somebody who was asked (steps
    of clocks lead them here), readers of its record, and who manages approvals.
    """
    found = Case.objects.select_related("record", "requester", "flow").filter(pk=case_id).first()
    if found is None or not _may_see(found, actor):
        raise CaseNotFound({"id": case_id})
    return found


def visible_document(case_id: int, file_id: int, *, actor: Actor) -> Attachment:
    """A document named in a case that the actor may see, whether or not they read its record.

    Raises CaseNotFound, AttachmentNotFound.
    """
    visible_case(case_id, actor=actor)
    with_answer = AskFile.objects.filter(ask__case_id=case_id, attachment_id=file_id)
    with_step = StepFile.objects.filter(step__case_id=case_id, attachment_id=file_id)
    found = Attachment.objects.filter(pk=file_id, deleted_at=None).first()
    if found is None or not (with_answer.exists() or with_step.exists()):
        raise AttachmentNotFound({"id": file_id})
    return found


def reads_record(case: Case, *, actor: Actor) -> bool:
    """Whether there is a record that the case is about and the actor reads it."""
    if case.record is None:
        return False
    return actor.user_id is None or _reads(case.record, org.access_of(actor))


def whole_case(case_id: int) -> Case:
    """A case with everything of it, and the steps that answer no ask."""
    steps = Step.objects.select_related("person").prefetch_related("files__attachment")
    whole = _whole(Case.objects.filter(pk=case_id))
    return whole.prefetch_related(Prefetch("steps", steps.order_by("pk"))).get()


def box(name: str, *, actor: Actor, q: str, cursor: str | None, limit: int) -> list[Case]:
    """A page of an inbox box, newest first, one more than asked where there are more."""
    found = _in_box(name, actor.person_id)
    if q.strip():
        found = found.filter(Q(title__icontains=q.strip()) | Q(requester__name__contains=q.strip()))
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    return list(_whole(found).order_by("-pk")[: limit + 1])


def of_record(record_id: int) -> list[Case]:
    """Every case about a record, newest first."""
    return list(_whole(Case.objects.filter(record_id=record_id)).order_by("-pk")[:100])


def cases(ids: Collection[int]) -> list[Case]:
    """Some cases with everything of them, newest first."""
    return list(_whole(Case.objects.filter(pk__in=ids)).order_by("-pk"))


def counts(actor: Actor) -> dict[str, int]:
    """How much is waiting for the actor, and what of it has not been seen; every screen asks."""
    row = statements.row(_COUNTS, [actor.person_id] * _COUNTS.count("%s"))
    return dict(zip(("todo", "unseen", "copied", "returned"), row or (), strict=True))


_COUNTS = f"""
    SELECT count(DISTINCT a.case_id), count(DISTINCT a.case_id) FILTER (WHERE a.seen_at IS NULL),
        (SELECT count(*) FROM approvals_copy o WHERE o.person_id = %s AND o.seen_at IS NULL),
        (SELECT count(*) FROM approvals_case r
         WHERE r.requester_id = %s AND r.state = 'returned')
    FROM approvals_ask a JOIN approvals_case c ON c.id = a.case_id AND c.state = 'running'
    WHERE a.person_id = %s AND a.state = '{AskState.WAITING}'
"""


def flows(*, with_inactive: bool) -> QuerySet[Flow]:
    """Every flow with its current version and draft."""
    found = Flow.objects.select_related("draft").prefetch_related(
        Prefetch("versions", FlowVersion.objects.select_related("published_by").order_by("-number"))
    )
    return (found if with_inactive else found.filter(is_active=True)).order_by("pk")


def flow(key: str) -> Flow:
    """One flow; raises FlowNotFound."""
    found = flows(with_inactive=True).filter(key=key).first()
    if found is None:
        raise FlowNotFound({"flow": key})
    return found


def version(key: str, number: int) -> FlowVersion:
    """One published version; raises FlowNotFound."""
    found = (
        FlowVersion.objects.select_related("flow", "published_by")
        .filter(flow__key=key, number=number)
        .first()
    )
    if found is None:
        raise FlowNotFound({"flow": key, "number": number})
    return found


def waiting_of(person: int) -> QuerySet[Ask]:
    """The asks that wait, or will wait, for a person."""
    open_states = [AskState.WAITING, AskState.PLANNED]
    return Ask.objects.filter(
        Q(person_id=person) & Q(state__in=open_states) & Q(case__state="running")
    ).select_related("case")


def _may_see(case: Case, actor: Actor) -> bool:
    if actor.user_id is None or case.requester_id == actor.user_id:
        return True
    access = org.access_of(actor)
    if access.can(Capability.MANAGE_APPROVALS):
        return True
    if case.record is not None and _reads(case.record, access):
        return True
    asked = case.asks.exclude(state=AskState.PLANNED).values_list("person_id", "on_behalf_of_id")
    people = {person for each in asked for person in each if person is not None}
    if actor.user_id in people or not people.isdisjoint(org.people_below(actor.user_id)):
        return True
    return case.copies.filter(person_id=actor.user_id).exists()


def _reads(record: Record, access: Any) -> bool:
    reach = access.reach(record.type, Verb.READ)
    covers: bool = reach.covers(owner_id=record.owner_id, unit_id=record.unit_id)
    return covers and record.deleted_at is None


def _in_box(name: str, person: int) -> QuerySet[Case]:
    if name == "mine":
        return Case.objects.filter(requester_id=person)
    if name == "copied":
        return Case.objects.filter(pk__in=Copy.objects.filter(person_id=person).values("case_id"))
    asks = Ask.objects.filter(person_id=person)
    if name == "todo":
        waiting = asks.filter(state=AskState.WAITING).values("case_id")
        return Case.objects.filter(pk__in=waiting, state="running")
    return Case.objects.filter(pk__in=asks.filter(state__in=ANSWERED).values("case_id"))


def _whole(found: QuerySet[Case]) -> QuerySet[Case]:
    asks = Ask.objects.select_related("person", "on_behalf_of", "visit").order_by("number")
    return found.select_related("record", "requester", "flow", "version").prefetch_related(
        Prefetch("asks", asks.prefetch_related("files__attachment")),
        "visits",
        Prefetch("copies", Copy.objects.select_related("person")),
    )
