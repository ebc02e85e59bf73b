"""A manager's workbench: what is red, whom it waits for, what was written about it (M05)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.desk.reader import Reader
from closeloop.documents import presenting as papers
from closeloop.documents import queries as documents
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.sla import presenting as clocks
from closeloop.sla import queries as sla
from closeloop.tasks import presenting as tasks
from closeloop.tasks import queries as open_tasks

MOST = 20
PAPERS_DAYS = 30


def workbench_of(actor: Actor, reader: Reader) -> dict[str, Any]:
    """Everything of the page: red clocks in reach, and what the viewer's people owe."""
    now = timezone.now()
    team = sorted({actor.person_id, *org.people_below(actor.person_id)})
    by_person = _by_person(team, now)
    due = open_tasks.open_tasks_of(team, limit=MOST)
    return {
        "red": clocks.clock_rows(
            sla.red_for(actor, limit=MOST), actor=actor, language=reader.language
        ),
        "tasks": tasks.rows(due, actor=actor),
        "documents": papers.rows(_papers(actor, now), actor=actor),
        "late_by_person": by_person,
        "approvals": _approvals(team, now),
        "figures": {"people": len(team) - 1, **_sums(by_person), **_task_counts(team, now)},
    }


def _papers(actor: Actor, now: datetime) -> list[Any]:
    recent = documents.visible_documents(actor=actor).filter(
        written_at__gte=now - timedelta(days=PAPERS_DAYS)
    )
    return list(recent[:MOST])


def _by_person(team: list[int], now: datetime) -> list[dict[str, Any]]:
    """Open clocks of each person: those that are late first."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS_SQL, [now, team])
        rows = cursor.fetchall()
    names = identity.names_of({row[0] for row in rows})
    return [
        {
            "person": {"id": owner, "name": names.get(owner, "—")},
            "running": running,
            "late": late,
            "red": red,
        }
        for owner, running, late, red in rows
    ]


def _sums(by_person: list[dict[str, Any]]) -> dict[str, int]:
    return {key: sum(row[key] for row in by_person) for key in ("running", "late", "red")}


def _approvals(team: list[int], now: datetime) -> dict[str, Any]:
    """What waits for an answer of the team, how much of it is late, and since when the oldest."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKS_SQL, [now, team])
        waiting, late, oldest = cursor.fetchone()
    return {"waiting": waiting, "late": late, "oldest_at": oldest}


def _task_counts(team: list[int], now: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_TASKS_SQL, [now, team])
        waiting, late = cursor.fetchone()
    return {"tasks_open": waiting, "tasks_late": late}


_CLOCKS_SQL = """
    SELECT c.owner_id, count(*),
        count(*) FILTER (WHERE c.breached_at IS NOT NULL
                         OR (c.state = 'running' AND c.due_at <= %s)),
        count(*) FILTER (WHERE c.red_since IS NOT NULL)
    FROM sla_clock c LEFT JOIN records_record r ON r.id = c.record_id
    WHERE c.owner_id = ANY(%s) AND c.closed_at IS NULL AND r.deleted_at IS NULL
    GROUP BY c.owner_id ORDER BY 3 DESC, 2 DESC, 1
"""
_ASKS_SQL = """
    SELECT count(*), count(*) FILTER (WHERE late.id IS NOT NULL), min(a.asked_at)
    FROM approvals_ask a JOIN approvals_case k ON k.id = a.case_id AND k.state = 'running'
    LEFT JOIN LATERAL (
        SELECT c.id FROM sla_clock c
        WHERE c.about_kind = 'approval_ask' AND c.about_id = a.id AND c.closed_at IS NULL
          AND (c.breached_at IS NOT NULL OR (c.state = 'running' AND c.due_at <= %s))
        LIMIT 1
    ) late ON true
    WHERE a.person_id = ANY(%s) AND a.state = 'waiting'
"""
_TASKS_SQL = """
    SELECT count(*), count(*) FILTER (WHERE due_at <= %s)
    FROM tasks_task WHERE owner_id = ANY(%s) AND state = 'open'
"""
