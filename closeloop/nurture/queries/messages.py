"""Messages to leads within reach: lists, and one as it left."""

from dataclasses import dataclass
from typing import Any

from closeloop.identity.actor import Actor
from closeloop.nurture import errors
from closeloop.nurture.queries import reach
from closeloop.nurture.queries.rows import Page, Rows

_COLUMNS = """
    SELECT m.id, m.channel, m.state, m.error_code, m.error, m.said, m.language, m.step, m.address,
           m.created_at, m.next_at, m.sent_at, m.opened_at, m.clicked_at, m.receipt, m.receipt_at,
           m.opens, m.clicks, m.enrolment_id, m.record_id, r.title, r.owner_id, r.unit_id,
           p.key, p.name, v.number, t.key, t.name, tv.number, tv.definition
"""
_FROM = """
    FROM nurture_message m
    JOIN records_record r ON r.id = m.record_id
    JOIN nurture_path p ON p.id = m.path_id
    JOIN nurture_pathversion v ON v.id = m.version_id
    JOIN nurture_templateversion tv ON tv.id = m.template_id
    JOIN nurture_template t ON t.id = tv.template_id
"""
_NAMES = (
    "id", "channel", "state", "error_code", "error", "said", "language", "step", "address",
    "created_at", "next_at", "sent_at", "opened_at", "clicked_at", "receipt", "receipt_at",
    "opens", "clicks", "enrolment_id", "record_id", "title", "owner_id", "unit_id", "path_key",
    "path_name", "version", "template_key", "template_name", "template_version", "definition",
)  # fmt: skip
_JSON = frozenset({"path_name", "said", "receipt", "template_name", "definition"})
_ROWS = Rows(_COLUMNS, _FROM, _NAMES, "m.id", _JSON)
_OUTCOMES = {
    "sent": "m.state = 'sent'",
    "opened": "m.opened_at IS NOT NULL",
    "clicked": "m.clicked_at IS NOT NULL",
}


@dataclass(frozen=True)
class Asked:
    """Which messages."""

    path: str | None = None
    version: int | None = None
    step: str | None = None
    template: str | None = None
    channel: str | None = None
    state: str | None = None
    outcome: str | None = None
    reason: str | None = None
    record_id: int | None = None
    enrolment_id: int | None = None


def page(asked: Asked, *, actor: Actor, cursor: str | None = None, limit: int = 50) -> Page:
    """A page of messages, the newest first; the next page's cursor; how many there are."""
    return _ROWS.page(conditions(asked, actor), cursor=cursor, limit=limit)


def one(message_id: int, *, actor: Actor) -> dict[str, Any]:
    """One message; raises MessageNotFound also where its lead lies out of reach."""
    found = _ROWS.one(message_id, reach.of_leads(actor))
    if found is None:
        raise errors.MessageNotFound({"id": message_id})
    return found


def conditions(asked: Asked, actor: Actor) -> tuple[str, list[Any]]:
    """The asked messages of leads within reach, as SQL."""
    where, params = reach.of_leads(actor)
    parts, given = [where], list(params)
    for sql, value in (
        ("p.key = %s", asked.path),
        ("v.number = %s", asked.version),
        ("m.step = %s", asked.step),
        ("t.key = %s", asked.template),
        ("m.channel = %s", asked.channel),
        ("m.state = %s", asked.state),
        ("m.error_code = %s", asked.reason),
        ("m.record_id = %s", asked.record_id),
        ("m.enrolment_id = %s", asked.enrolment_id),
    ):
        if value is not None:
            parts.append(sql)
            given.append(value)
    if asked.outcome is not None:
        parts.append(_OUTCOMES[asked.outcome])
    return " AND ".join(parts), given
