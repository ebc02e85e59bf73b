"""What figures are told of approvals (E10): what was answered, how long it took, what was late.

The rows are those of the report on approvals (`approvals.asks`). A thing is an ask: its person is
who was asked, its unit that of the case, which is the unit of the record it is about, else of who
asked for it. Whoever asked for it reads it as their own, as does who was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from closeloop.approvals import asks, flows
from closeloop.deals.catalogue import DEAL
from closeloop.metrics.sources import Sources, Sql, StandingSource, Within

ENGLISH, CHINESE = "en-US", "zh-CN"


def plug(sources: Sources) -> None:
    """Let figures count approvals, and the report on them reach as far as figures do."""
    asks.provided.about = DEAL.key
    sources.stand(StandingSource("approval_answers", _answers, is_dated=True))
    sources.stand(StandingSource("approvals_refused", _refused, is_dated=True))
    sources.stand(StandingSource("approval_times", _times, is_dated=True))
    sources.stand(StandingSource("approvals_due", _due, is_dated=True))
    sources.stand(StandingSource("approvals_waiting", _waiting))
    sources.names["approval_steps"] = _steps


def _answers(within: Within) -> Sql:
    """Asks that were answered."""
    return _told(asks.answered(within.since, within.until, _reach(within)), at="ended_at")


def _refused(within: Within) -> Sql:
    """Those of them that were refused."""
    rows, values = asks.answered(within.since, within.until, _reach(within))
    return _told((f"{rows} AND a.state = 'refused'", values), at="ended_at")


def _times(within: Within) -> Sql:
    """Asks that were answered, with the working seconds that took."""
    rows, values = asks.answered(within.since, within.until, _reach(within))
    timed = f"{rows} AND a.worked_s IS NOT NULL"
    return _told((timed, values), at="ended_at", value="t.worked_s::numeric")


def _due(within: Within) -> Sql:
    """Asks that fell due: met when answered in time."""
    rows, values = asks.fallen_due(within.since, within.until, within.now, _reach(within))
    is_met = "coalesce(t.ended_at, %(now)s) <= t.due_at"
    return _told((rows, {**values, "now": within.now}), at="due_at", is_met=is_met)


def _waiting(within: Within) -> Sql:
    """Asks that wait for an answer now."""
    return _told(asks.waiting(_reach(within)), at="asked_at")


def _told(sql: Sql, *, at: str, is_met: str = "NULL::boolean", value: str = "NULL::numeric") -> Sql:
    rows, values = sql
    return (
        f"SELECT t.id, t.record_id, t.{at} AS at, t.person_id AS owner_id, t.unit_id,"
        f" t.flow || '/' || t.node AS kind, {is_met} AS is_met, {value} AS value FROM ({rows}) t",
        values,
    )


def _reach(within: Within) -> Sql:
    """Whoever asked and whoever was asked are both an ask's own people."""
    asker, values = within.where("asker")
    asked, _ = within.where("asked")
    return f"({asker} OR {asked})", values


def _steps() -> Mapping[str, Mapping[str, Any]]:
    """Flows, each followed by its steps."""
    found: dict[str, Mapping[str, str]] = {}
    for flow, steps in flows.step_names().items():
        whole = steps[""]
        for node, own in steps.items():
            found[f"{flow}/{node}"] = {
                each: (f"{_in(own, each)} · " if node else "") + _in(whole, each)
                for each in (CHINESE, ENGLISH)
            }
    return found


def _in(name: Mapping[str, str], language: str) -> str:
    return name.get(language) or name.get(CHINESE, "")
