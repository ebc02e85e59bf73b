"""What follows in conversations from what is recorded: a reading is over, a lead has converted."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.conversations import actions
from closeloop.conversations.actions.adding import PURPOSE
from closeloop.conversations.models import Conversation
from closeloop.identity.actor import Actor
from closeloop.recognition.models import Reading

CONVERTED = "lead.converted"
VERBS = frozenset({"recognition.finished", CONVERTED})


def wanted() -> Collection[str]:
    """The verbs that conversations listen to."""
    return VERBS


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Take up the texts of readings that conversations asked for; go along with a lead."""
    for each in happenings:
        if each.verb == CONVERTED and each.record_id is not None:
            actions.follow_conversion(
                each.record_id,
                customer_id=each.data.get("customer_id"),
                deal_id=each.data.get("deal_id"),
            )
    ids = [each.data["reading_id"] for each in happenings if each.data.get("purpose") == PURPOSE]
    for reading in Reading.objects.filter(pk__in=ids).select_related("attachment"):
        found = Conversation.objects.select_for_update(of=("self",)).filter(
            attachment_id=reading.attachment_id
        )
        for conversation in found.order_by("pk"):
            actions.use_reading(conversation, reading, actor=actor)
