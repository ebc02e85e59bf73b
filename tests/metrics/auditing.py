"""Holding what the product says beside what SQL over an export of its tables says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from closeloop.engine.metrics import Figure
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, Behind, figures, things
from tests.metrics import audit_approvals, audit_lists, audit_sql, warehouse

MEANS = ("stage_stay", "deal_cycle", "approval_time", "won_amount")
PAGES = (
    "process_version", "process_blueprint", "metrics_target", "identity_user", "deals_dealnorm",
)  # fmt: skip
"""What pages beside boards are about."""
NEAR = Fraction(1, 10**5)
"""Sums of parts of days are rounded differently."""
Parts = tuple[Fraction, Fraction | None]
_KEYS = {
    "unit": "coalesce(region, t.unit)", "person": "person", "kind": "kind", "day": "day",
    "flow": "split_part(kind, '/', 1) || '/'",
    "week": "date_trunc('week', day)::DATE", "month": "date_trunc('month', day)::DATE",
}  # fmt: skip
_BELOW = """
WITH RECURSIVE below(unit, region) AS (
    SELECT $unit::BIGINT, $unit::BIGINT UNION
    SELECT u.id, if(b.unit = $unit, u.id, b.region)
    FROM org_unit u JOIN below b ON u.parent_id = b.unit
) SELECT unit, region FROM below
"""
"""A unit with all below it, each with the one right below the first that it belongs to."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at figures, and the words of their reach as SQL over a thing.

    `top` is the unit below which they see regions.
    """

    name: str
    actor: Actor
    sees: str
    top: int

    @property
    def user(self) -> User:
        """Who asks."""
        return User.objects.get(pk=self.actor.user_id)

    @property
    def sees_things(self) -> str:
        """The same over the things of a metric, which may be somebody else's own too."""
        own = f"person = {self.actor.user_id}"
        return self.sees.replace(own, f"({own} OR asker = {self.actor.user_id})")


class Auditor:
    """Counts every metric again; knows the product's tables, and nothing that it says of them."""

    def __init__(self, folder: Path, *, zone: str, now: datetime) -> None:
        self.zone = zone
        self.warehouse: duckdb.DuckDBPyConnection = warehouse.exported(
            folder, zone=zone, more=(*audit_lists.TABLES, *PAGES)
        )
        audit_approvals.open_offices(self.warehouse, zone=zone, now=now)
        for statement in audit_sql.VIEWS.split(";\n"):
            if statement.strip():
                given = {"now": now} if "$now" in statement else None
                self.warehouse.execute(statement, given)
        self.warehouse.execute("CREATE TABLE regions(top BIGINT, unit BIGINT, region BIGINT)")
        for key, said in audit_sql.METRICS.items():
            self.warehouse.execute(
                f"CREATE TABLE things_{key} AS"
                f" SELECT (t.at_ AT TIME ZONE '{zone}')::DATE AS day,"
                " coalesce(person, 0) AS person,"
                " coalesce(unit, 0) AS unit, coalesce(kind, '') AS kind, hits, whole,"
                f" {'asker' if said.has_asker else 'person'} AS asker,"
                f" $about AS about FROM ({said.things}) t({said.columns})",
                {"about": said.about},
            )

    def everybody(self, actor: Actor) -> Viewer:
        """Who sees the whole company."""
        rows = self.warehouse.execute("SELECT id FROM org_unit WHERE parent_id IS NULL").fetchall()
        return self._viewer("top", actor, "true", rows[0][0])

    def manager(self, actor: Actor, unit: int) -> Viewer:
        """Who sees a unit and all below it, and what is their own wherever it is."""
        rows = self.warehouse.execute(_BELOW, {"unit": unit}).fetchall()
        units = ", ".join(str(below) for below, _ in rows)
        sees = f"t.unit IN ({units}) OR person = {actor.user_id}"
        return self._viewer("manager", actor, sees, unit)

    def seller(self, actor: Actor, unit: int) -> Viewer:
        """Who sees what is theirs, and the customers of their own unit."""
        own = f"person = {actor.user_id} OR (about = 'customer' AND t.unit = {unit})"
        return self._viewer("seller", actor, own, unit)

    def _viewer(self, name: str, actor: Actor, sees: str, top: int) -> Viewer:
        if not self.warehouse.execute("SELECT 1 FROM regions WHERE top = $1", [top]).fetchone():
            self.warehouse.execute(
                f"INSERT INTO regions SELECT $unit::BIGINT, * FROM ({_BELOW})", {"unit": top}
            )
        return Viewer(name, actor, sees, top)

    def parts(
        self, key: str, period: Period, by: Sequence[str], viewer: Viewer
    ) -> dict[tuple[Any, ...], Parts]:
        """Upper and lower part under each key that has any."""
        keys = "".join(f"{_KEYS[each]}, " for each in by)
        rows = self.warehouse.execute(
            f"SELECT {keys} sum(hits), sum(whole) FROM things_{key} t"
            " LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top"
            f" WHERE {_within(key, period)} AND ({viewer.sees_things})"
            f" {'GROUP BY ALL' if by else ''}",
            {"top": viewer.top},
        ).fetchall()
        return {
            tuple(row[:-2]): (Fraction(row[-2]), None if row[-1] is None else Fraction(row[-1]))
            for row in rows
            if row[-2] is not None and (row[-2] or row[-1])
        }

    def behind(self, key: str, period: Period, viewer: Viewer) -> dict[str, int]:
        """How many things are behind a figure: all of them, those of the upper part."""
        row = self.warehouse.execute(
            "SELECT count(*) FILTER (whole > 0 OR whole IS NULL), count(*) FILTER (hits > 0),"
            f" count(whole) FROM things_{key} t WHERE {_within(key, period)}"
            f" AND ({viewer.sees_things})"
        ).fetchone()
        assert row is not None
        if key in MEANS:
            return {"all": row[0]}
        return {"all": row[0], "hit": row[1]}

    def panel(self, sql: str, viewer: Viewer, **given: Any) -> list[tuple[Any, ...]]:
        """The rows of what stands on boards beside figures."""
        asked = sql.format(sees=viewer.sees)
        if "$top" in asked:
            given["top"] = viewer.top
        return self.warehouse.execute(asked, given).fetchall()

    def differences(
        self, key: str, period: Period, by: Sequence[str], viewer: Viewer
    ) -> Iterator[str]:
        """Where the product says something else of a figure or of one of its rows."""
        answer = figures(Asked(key, period, by=tuple(by)), actor=viewer.actor)
        total = self.parts(key, period, (), viewer).get((), None)
        where = f"{viewer.name}: {key} by {by} in {period}"
        if not _same(answer.total, total):
            yield f"{where}: {answer.total} is not {total}"
        expected = self.parts(key, period, by, viewer) if by else {}
        for row in answer.rows:
            own = expected.pop(tuple(row.keys), None)
            if not _same(row.figure, own):
                yield f"{where}: {row.keys}: {row.figure} is not {own}"
        yield from (f"{where}: {keys} is missing" for keys in expected)

    def misopened(self, key: str, period: Period, viewer: Viewer) -> Iterator[str]:
        """Where a figure opens more or fewer things than were counted."""
        for part, many in self.behind(key, period, viewer).items():
            found = opened(Behind(key, period, part), viewer.actor)
            if found != many:
                yield f"{viewer.name}: {key} opens {found} {part} in {period}, not {many}"


def _within(key: str, period: Period) -> str:
    """What is told of now belongs to every period."""
    if audit_sql.METRICS[key].is_now:
        return "true"
    return f"day BETWEEN DATE '{period.since}' AND DATE '{period.until}'"


def opened(asked: Behind, actor: Actor) -> int:
    """How many things all pages show together, none of them twice."""
    seen: set[tuple[str, int, int]] = set()
    many, cursor = 0, None
    while True:
        page, cursor = things(asked, cursor=cursor, limit=25, actor=actor)
        seen |= {(each.measure, each.id, each.sub_id) for each in page}
        many += len(page)
        if cursor is None:
            assert len(seen) == many
            return many


def _same(figure: Figure, parts: Parts | None) -> bool:
    if parts is None:
        return not figure.numerator and not figure.denominator and not figure.value
    hits, whole = parts
    if abs(Fraction(figure.numerator) - hits) > NEAR:
        return False
    if whole is None:
        return figure.denominator is None and Fraction(figure.value or 0) == hits
    if figure.denominator is None or Fraction(figure.denominator) != whole:
        return False
    if not whole:
        return figure.value is None
    return figure.value is not None and abs(Fraction(figure.value) - hits / whole) < NEAR
