"""Enrolments of leads within reach: lists, one with its steps, those of a record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.identity.actor import Actor
from closeloop.nurture import errors
from closeloop.nurture.models import Taken
from closeloop.nurture.plugs import plugs
from closeloop.nurture.queries import reach
from closeloop.nurture.queries.rows import Page, Rows

_COLUMNS = """
    SELECT e.id, e.record_id, r.title, r.owner_id, r.unit_id, owner.name, e.path_id, p.key, p.name,
           e.version_id, v.number, e.state, e.position, e.next_at, e.reason, e.note, e.how, e.why,
           e.started_at, starter.name, e.ended_at,
           (SELECT count(*) FROM nurture_message m WHERE m.enrolment_id = e.id
                AND m.state = 'sent'),
           (SELECT count(*) FROM nurture_message m WHERE m.enrolment_id = e.id
                AND m.opened_at IS NOT NULL),
           (SELECT count(*) FROM nurture_message m WHERE m.enrolment_id = e.id
                AND m.clicked_at IS NOT NULL)
"""
_FROM = """
    FROM nurture_enrolment e
    JOIN records_record r ON r.id = e.record_id
    JOIN nurture_path p ON p.id = e.path_id
    JOIN nurture_pathversion v ON v.id = e.version_id
    LEFT JOIN identity_user owner ON owner.id = r.owner_id
    LEFT JOIN identity_user starter ON starter.id = e.started_by_id
"""
_NAMES = (
    "id", "record_id", "title", "owner_id", "unit_id", "owner", "path_id", "path_key", "path_name",
    "version_id", "version", "state", "position", "next_at", "reason", "note", "how", "why",
    "started_at", "started_by", "ended_at", "sent", "opened", "clicked",
)  # fmt: skip
_ROWS = Rows(_COLUMNS, _FROM, _NAMES, "e.id", frozenset({"path_name"}))


@dataclass(frozen=True)
class Asked:
    """Which enrolments. `grade`: leads that reached it or a higher one after they had begun."""

    path: str | None = None
    version: int | None = None
    state: str | None = None
    reason: str | None = None
    step: str | None = None
    grade: str | None = None
    record_id: int | None = None


def page(asked: Asked, *, actor: Actor, cursor: str | None = None, limit: int = 50) -> Page:
    """A page of enrolments, the newest first; the next page's cursor; how many there are."""
    return _ROWS.page(conditions(asked, actor), cursor=cursor, limit=limit)


def one(enrolment_id: int, *, actor: Actor) -> dict[str, Any]:
    """One enrolment; raises EnrolmentNotFound also where its lead lies out of reach."""
    found = _ROWS.one(enrolment_id, reach.of_leads(actor))
    if found is None:
        raise errors.EnrolmentNotFound({"id": enrolment_id})
    return found


def of_record(record_id: int, *, actor: Actor) -> list[dict[str, Any]]:
    """Every enrolment of a record, the newest first."""
    return page(Asked(record_id=record_id), actor=actor, limit=100)[0]


def steps_of(enrolment_ids: Collection[int]) -> Mapping[int, Sequence[Taken]]:
    """The steps that some enrolments took, in order."""
    found: dict[int, list[Taken]] = {}
    for taken in Taken.objects.filter(enrolment_id__in=enrolment_ids).order_by("pk"):
        found.setdefault(taken.enrolment_id, []).append(taken)
    return found


def conditions(asked: Asked, actor: Actor) -> tuple[str, list[Any]]:
    """The asked enrolments of leads within reach, as SQL over e and r."""
    where, params = reach.of_leads(actor)
    parts, given = [where], list(params)
    for sql, value in (
        ("p.key = %s", asked.path),
        ("v.number = %s", asked.version),
        ("e.state = %s", asked.state),
        ("e.reason = %s", asked.reason),
        ("e.record_id = %s", asked.record_id),
        (
            "EXISTS (SELECT 1 FROM nurture_taken t WHERE t.enrolment_id = e.id AND t.step = %s)",
            asked.step,
        ),
        (
            "EXISTS (SELECT 1 FROM nurture_reached g"
            " WHERE g.enrolment_id = e.id AND g.grade = ANY(%s::text[]))",
            at_least(asked.grade),
        ),
    ):
        if value is not None:
            parts.append(sql)
            given.append(value)
    return " AND ".join(parts), given


def at_least(grade: str | None, record_type: str = reach.LEAD) -> list[str] | None:
    """A grade and those above it."""
    if grade is None:
        return None
    keys = [key for key, _ in plugs.grades(record_type)]
    return keys[: keys.index(grade) + 1] if grade in keys else [grade]
