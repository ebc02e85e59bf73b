"""What capture is told of people at providers; what people are told of capture."""

from closeloop.capture import actions as capture
from closeloop.capture.plugs import Provided
from closeloop.integrations import queries as linked
from closeloop.notices.events import Events


def plug(provided: Provided, events: Events) -> None:
    """Join channels to the people behind ids at providers, and to notices."""
    provided.person_at = _person_at
    events.register(capture.CAPTURED_AGAIN)


def _person_at(provider: str, external_id: str) -> int | None:
    person = linked.linked_person(provider, external_id) if external_id else None
    return person.pk if person and person.is_active else None
