"""Messages to leads within reach: lists, and one as it left."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.edge import cursors, statements
from closeloop.identity.actor import Actor
from closeloop.nurture import errors
from closeloop.nurture.queries import reach
from closeloop.nurture.queries.enrolments import JSON_COLUMNS as _JSON

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
JSON_COLUMNS = _JSON | {"said", "receipt", "template_name", "definition"}
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


def page(
    asked: Asked, *, actor: Actor, cursor: str | None = None, limit: int = 50
) -> tuple[list[dict[str, Any]], str | None, int]:
    """A page of messages, the newest first; the next page's cursor; how many there are."""
    where, params = conditions(asked, actor)
    count = statements.rows(f"SELECT count(*) {_FROM} WHERE {where}", params)[0][0]
    after, more = "", list(params)
    if cursor:
        after, more = " AND m.id < %s", [*params, cursors.decode(cursor, "bigint")[0]]
    rows = statements.rows(
        f"{_COLUMNS} {_FROM} WHERE {where}{after} ORDER BY m.id DESC LIMIT %s", [*more, limit + 1]
    )
    items = [_as_row(row) for row in rows[:limit]]
    following = cursors.encode(items[-1]["id"]) if len(rows) > limit else None
    return items, following, count


def one(message_id: int, *, actor: Actor) -> dict[str, Any]:
    """One message; raises MessageNotFound also where its lead lies out of reach."""
    where, params = reach.of_leads(actor)
    rows = statements.rows(f"{_COLUMNS} {_FROM} WHERE m.id = %s AND {where}", [message_id, *params])
    if not rows:
        raise errors.MessageNotFound({"id": message_id})
    return _as_row(rows[0])


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


def _as_row(row: Sequence[Any]) -> dict[str, Any]:
    return {
        name: json.loads(value or "null") if name in JSON_COLUMNS else value
        for name, value in zip(_NAMES, row, strict=True)
    }
