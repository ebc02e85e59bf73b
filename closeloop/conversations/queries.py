"""Conversations for a viewer.

A filed one is seen by whoever may read its record. One that waits is seen by its author, whoever
stands above them, and who manages conversations.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from closeloop.conversations.errors import ConversationNotFound, PromiseNotFound
from closeloop.conversations.models import Conversation, ConversationState, Promise, Source
from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound
from closeloop.sla.models import Clock, ClockState


@dataclass(frozen=True)
class Asked:
    """Which conversations: all that one may see, unless narrowed."""

    state: str = ConversationState.FILED
    kind: str | None = None
    author_id: int | None = None
    record_id: int | None = None
    is_stalled: bool = False
    since: datetime | None = None
    text: str = ""


def visible_conversation(conversation_id: int, *, actor: Actor) -> Conversation:
    """A conversation that the actor may see; raises ConversationNotFound."""
    found = _whole().filter(pk=conversation_id).first()
    if found is None or not may_see(found, actor=actor):
        raise ConversationNotFound({"id": conversation_id})
    return found


def may_see(conversation: Conversation, *, actor: Actor) -> bool:
    """Whether the actor may see it."""
    if conversation.state == ConversationState.FILED and conversation.record_id is not None:
        try:
            records.visible_record(conversation.record_id, actor=actor)
        except RecordNotFound:
            return False
        return True
    return _may_see_unfiled(conversation, actor)


def visible_promise(promise_id: int, *, actor: Actor) -> Promise:
    """A promise of a conversation that the actor may see; raises PromiseNotFound."""
    found = Promise.objects.filter(pk=promise_id).first()
    if found is None:
        raise PromiseNotFound({"id": promise_id})
    try:
        visible_conversation(found.conversation_id, actor=actor)
    except ConversationNotFound as error:
        raise PromiseNotFound({"id": promise_id}) from error
    return found


def may_read_attachment(attachment_id: int, actor: Actor) -> bool:
    """Whether a document belongs to a conversation that the actor may see."""
    found = _whole().filter(attachment_id=attachment_id).first()
    return found is not None and may_see(found, actor=actor)


def page(
    asked: Asked, *, actor: Actor, cursor: str | None, limit: int
) -> tuple[list[Conversation], str | None]:
    """Conversations, the latest first, and the cursor of the next page."""
    found = _narrowed(asked, actor)
    if cursor:
        at, last = cursors.decode(cursor, "timestamptz", "bigint")
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=last))
    rows = list(found.order_by("-at", "-pk")[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    shown = rows[:limit]
    return shown, cursors.encode(shown[-1].at.isoformat(), shown[-1].pk)


def count_waiting(*, actor: Actor) -> int:
    """How many wait in the tray, as far as the actor may file them."""
    return _narrowed(Asked(state=ConversationState.WAITING), actor).count()


def sources() -> QuerySet[Source]:
    """Every source in its order."""
    return Source.objects.select_related("owner").order_by("pk")


def _narrowed(asked: Asked, actor: Actor) -> QuerySet[Conversation]:
    found = _whole().filter(state=asked.state)
    if asked.state == ConversationState.FILED:
        found = found.filter(records.within_reach(actor=actor, prefix="record__"))
    else:
        found = found.filter(_unfiled_of(actor))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.author_id is not None:
        found = found.filter(author_id=asked.author_id)
    if asked.record_id is not None:
        of = asked.record_id
        found = found.filter(Q(record_id=of) | Q(customer_id=of) | Q(deal_id=of))
    if asked.since is not None:
        found = found.filter(at__gte=asked.since)
    if asked.text:
        found = found.filter(Q(title__icontains=asked.text) | Q(text__icontains=asked.text))
    return found.filter(_is_stalled()) if asked.is_stalled else found


def _is_stalled() -> Q:
    """At a record, or its customer or deal, of which a clock runs late."""
    late = Clock.objects.filter(state=ClockState.RUNNING, breached_at__isnull=False)
    named = [
        late.filter(record_id=OuterRef(f"{each}_id")) for each in ("record", "customer", "deal")
    ]
    return Q(Exists(named[0])) | Q(Exists(named[1])) | Q(Exists(named[2]))


def _unfiled_of(actor: Actor) -> Q:
    if actor.user_id is None or _manages(actor):
        return Q()
    return Q(author_id__in=[actor.user_id, *org.people_below(actor.user_id)])


def _may_see_unfiled(conversation: Conversation, actor: Actor) -> bool:
    if actor.user_id is None or conversation.author_id == actor.user_id or _manages(actor):
        return True
    return conversation.author_id in org.people_below(actor.user_id)


def _manages(actor: Actor) -> bool:
    return Capability.MANAGE_CONVERSATIONS in org.access_of(actor).capabilities


def _whole() -> QuerySet[Conversation]:
    return Conversation.objects.select_related(
        "author", "filed_by", "record", "customer", "deal", "attachment", "reading__attachment"
    ).defer("record__grams", "customer__grams", "deal__grams")
