"""The stage moves of deals in reach, each with where it came from, when, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from closeloop.deals.catalogue import DEAL
from closeloop.engine.blueprint import MoveKind
from closeloop.org.access import Reach
from closeloop.process import blueprints
from closeloop.process.models import VisitKind

MOST = 50_000
"""So many moves are looked at, the latest of the period; a longer period is cut, and says so."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which moves are meant: from when until when (not in it), whose, of which units."""

    since: datetime
    until: datetime
    reach: Reach
    among: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A deal's move from one stage, in which it was since `entered_at`, to another at `at`."""

    id: int
    deal: int
    kind: str
    at: datetime
    person: int | None
    from_stage: str
    to_stage: str
    entered_at: datetime
    owner: int | None
    unit: int | None
    industry: str | None
    level: str | None

    @property
    def is_back(self) -> bool:
        """Whether it went to an earlier stage."""
        return self.kind == VisitKind.BACK


def moves_in(span: Span, *, most: int = MOST) -> tuple[list[Move], bool]:
    """The moves of a span, the latest first, and whether there were more than are looked at."""
    where, params = span.reach.where("d")
    if span.among is not None:
        where += " AND d.unit_id = ANY(%s)"
        params = [*params, sorted(span.among)]
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVES_SQL.format(where=where), [_KINDS, span.since, span.until, *params, most + 1]
        )
        rows = cursor.fetchall()
    return [Move(*row) for row in rows[:most]], len(rows) > most


def returnable(moves: Sequence[Move]) -> list[Move]:
    """Those out of stages from which a deal can go back: where it cannot, none is a step-back."""
    version = blueprints.current_of(DEAL.key)
    back = {
        move.from_stage
        for move in (version.blueprint.moves if version else ())
        if move.kind is MoveKind.BACK
    }
    back |= {move.from_stage for move in moves if move.is_back}
    return [move for move in moves if move.from_stage in back]


_KINDS = [
    str(kind) for kind in (VisitKind.FORWARD, VisitKind.BACK, VisitKind.SKIP, VisitKind.CLOSE)
]
_MOVES_SQL = """
    SELECT v.id, v.record_id, v.kind, v.entered_at, v.entered_by_id, b.stage, v.stage,
        b.entered_at, d.owner_id, d.unit_id, c.industry, c.level
    FROM process_visit v
    JOIN deals_deal d ON d.id = v.record_id
    LEFT JOIN customers_customer c ON c.id = d.customer_id
    JOIN LATERAL (
        SELECT before.stage, before.entered_at FROM process_visit before
        WHERE before.record_id = v.record_id AND before.id < v.id
        ORDER BY before.id DESC LIMIT 1
    ) b ON true
    WHERE v.kind = ANY(%s) AND v.entered_at >= %s AND v.entered_at < %s
        AND d.deleted_at IS NULL AND {where}
    ORDER BY v.entered_at DESC, v.id DESC LIMIT %s
"""
