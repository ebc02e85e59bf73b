"""Who is busy without progress (D07): contacts of each person against the steps forward of the
same customers and leads, with the records behind.

A customer has moved when it, one of its deals or a lead of it that somebody followed up entered a
stage forward in the period (a step back, a close or a reopening is none). Busy without progress is
who made at least so many effective contacts while at most such a share of the customers moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.fieldwork.insight import scope
from closeloop.fieldwork.insight.scope import Asked
from closeloop.fieldwork.insight.settings import Settings
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb

ACTIVE = 10
"""So many of the most active are looked at first."""
MOST_SUBJECTS = 200
_FORWARD = ("forward", "skip")
_BASE = """
    WITH f AS ({followups}), subject AS (
        SELECT DISTINCT author_id, coalesce(customer_id, record_id) AS subject_id FROM f
    ), touched AS (
        SELECT s.author_id, s.subject_id, d.id AS record_id
        FROM subject s JOIN deals_deal d ON d.customer_id = s.subject_id AND d.deleted_at IS NULL
        WHERE {deals}
        UNION
        SELECT author_id, coalesce(customer_id, record_id), record_id FROM f
    ), step AS (
        SELECT t.author_id, t.subject_id, v.record_id, v.stage, v.entered_at
        FROM touched t JOIN process_visit v ON v.record_id = t.record_id
        WHERE v.kind = ANY(%s) AND v.entered_at >= %s AND v.entered_at < %s
    )
"""
_PEOPLE = """
    SELECT f.author_id, person.name, count(*) AS contacts,
           count(DISTINCT coalesce(f.customer_id, f.record_id)) AS subjects,
           (SELECT count(DISTINCT step.subject_id) FROM step WHERE step.author_id = f.author_id),
           (SELECT count(DISTINCT (step.record_id, step.entered_at)) FROM step
            WHERE step.author_id = f.author_id),
           max(f.at)
    FROM f JOIN identity_user person ON person.id = f.author_id
    GROUP BY f.author_id, person.name
    ORDER BY contacts DESC, f.author_id
"""
_SUBJECTS = """
    SELECT r.id, r.type, r.title, count(*) AS contacts, max(f.at),
           (SELECT count(DISTINCT (step.record_id, step.entered_at)) FROM step
            WHERE step.subject_id = r.id)
    FROM f JOIN records_record r ON r.id = coalesce(f.customer_id, f.record_id)
    GROUP BY r.id ORDER BY 6, contacts DESC, r.id LIMIT %s
"""
_STEPS = """
    SELECT DISTINCT step.subject_id, r.id, r.type, r.title, step.stage, step.entered_at
    FROM step JOIN records_record r ON r.id = step.record_id ORDER BY step.entered_at, r.id
"""
_STANDING = """
    SELECT t.subject_id, d.id, r.title, d.stage FROM touched t
    JOIN deals_deal d ON d.id = t.record_id JOIN records_record r ON r.id = d.id
    WHERE t.subject_id = ANY(%s) ORDER BY d.id
"""


@dataclass(frozen=True)
class Busy:
    """One person's contacts, and what became of the customers whom they were with."""

    person_id: int
    name: str
    contacts: int
    subjects: int
    moved: int
    steps: int
    last_at: datetime
    is_stuck: bool
    is_active: bool = False

    @property
    def share(self) -> float:
        """Customers that moved ÷ customers that were contacted."""
        return round(self.moved / self.subjects, 4) if self.subjects else 0.0


def is_stuck(contacts: int, subjects: int, moved: int, settings: Settings) -> bool:
    """Whether so many contacts with so little progress are busy without progress."""
    if contacts < settings.busy_contacts or not subjects:
        return False
    return moved * 100 <= settings.busy_percent * subjects


def people(asked: Asked, settings: Settings, *, actor: Actor) -> list[Busy]:
    """Everybody with effective contacts in a period, the most active first."""
    sql, params = _base(asked, actor, None)
    found = scope.rows(sql + _PEOPLE, params)
    return [_busy(row, settings, is_active=place < ACTIVE) for place, row in enumerate(found)]


def behind(asked: Asked, person_id: int, *, actor: Actor) -> list[dict[str, Any]]:
    """The customers and leads behind a person's figures, those without a step first.

    Raises PersonNotYours.
    """
    scope.require_person(person_id, actor=actor)
    sql, params = _base(asked, actor, person_id)
    subjects = scope.rows(sql + _SUBJECTS, [*params, MOST_SUBJECTS])
    steps = _by_subject(scope.rows(sql + _STEPS, params))
    standing = _by_subject(scope.rows(sql + _STANDING, [*params, [row[0] for row in subjects]]))
    return [
        {
            "subject": {"id": row[0], "type": row[1], "title": row[2]},
            "contacts": row[3],
            "last_at": row[4],
            "moved": bool(row[5]),
            "steps": [
                {"record": {"id": each[1], "type": each[2], "title": each[3]}, "stage": each[4],
                 "at": each[5]}
                for each in steps.get(row[0], [])
            ],
            "deals": [
                {"id": each[1], "title": each[2], "stage": each[3]}
                for each in standing.get(row[0], [])
            ],
        }
        for row in subjects
    ]  # fmt: skip


def _busy(row: tuple[Any, ...], settings: Settings, *, is_active: bool) -> Busy:
    person_id, name, contacts, subjects, moved, steps, last_at = row
    return Busy(
        person_id=person_id,
        name=name,
        contacts=contacts,
        subjects=subjects,
        moved=moved,
        steps=steps,
        last_at=last_at,
        is_stuck=is_stuck(contacts, subjects, moved, settings),
        is_active=is_active,
    )


def _by_subject(found: Sequence[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    held: dict[int, list[tuple[Any, ...]]] = {}
    for row in found:
        held.setdefault(row[0], []).append(row)
    return held


def _base(asked: Asked, actor: Actor, person_id: int | None) -> tuple[str, list[Any]]:
    followups, params = scope.as_sql(scope.counted(asked, actor=actor, person_id=person_id))
    deals, of_deals = org.access_of(actor).reach("deal", Verb.READ).where("d")
    sql = _BASE.format(followups=followups, deals=deals)
    return sql, [*params, *of_deals, list(_FORWARD), asked.since, asked.until]
