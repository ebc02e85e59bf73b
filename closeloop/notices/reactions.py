"""What follows at once from the record: who is mentioned in a comment is told."""

from collections.abc import Sequence

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.notices.actions.sending import Message, send
from closeloop.org import queries as org
from closeloop.records.models import Comment, Record

VERBS = frozenset({"record.commented"})
_LONGEST_EXCERPT = 120


def wanted() -> frozenset[str]:
    """The verbs that notices follow."""
    return VERBS


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Tell the people whom comments name, as far as they may read the record."""
    for happening in happenings:
        named = [each for each in happening.data.get("mentions", ()) if each != actor.user_id]
        if named and happening.record_id is not None:
            record = Record.objects.get(pk=happening.record_id)
            _tell_named(happening, named, record, actor)


def _tell_named(happening: Happening, named: list[int], record: Record, actor: Actor) -> None:
    said = Comment.objects.get(pk=happening.data["comment_id"])
    people = [person for person in User.objects.filter(pk__in=named) if _may_read(person, record)]
    send(
        Message(
            event="mention",
            to=tuple(person.pk for person in people),
            record_id=record.pk,
            record_type=record.type,
            link=f"/r/{record.type}/{record.pk}",
            data={"record": record.title, "comment": _excerpt(said.text)},
            dedupe_key=f"mention:{said.pk}",
            actor=actor,
        )
    )


def _may_read(person: User, record: Record) -> bool:
    reach = org.access_of(actor_of_user(person)).reach(record.type, "read")
    return reach.covers(owner_id=record.owner_id, unit_id=record.unit_id)


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_EXCERPT else flat[: _LONGEST_EXCERPT - 1] + "…"
