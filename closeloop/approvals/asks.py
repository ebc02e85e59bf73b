"""Asks as figures read them: what was answered, what fell due, what waits, each as one row (E10).

The report on approvals and the metrics of approvals read the same rows, so neither can say
something else than the other. An ask counts in the period in which it was answered; whoever was
asked in vain, because others decided, is not counted. What fell due is what had its due time (that
of its clock, or the one that came with imported history) in the period and before now: answered
late, or still waiting, is late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.engine.approvals import AskState
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import EVERYTHING, Capability, Reach, Verb

Sql = tuple[str, Mapping[str, Any]]
"""SQL and its named parameters."""
ANSWERED = (
    AskState.AGREED, AskState.REFUSED, AskState.RETURNED, AskState.TRANSFERRED, AskState.DEFERRED,
)  # fmt: skip


@dataclass
class Provided:
    """The record type whose readers may count approvals; an app above says which."""

    about: str = ""


provided = Provided()


def answered(since: datetime, until: datetime, within: Sql) -> Sql:
    """Asks that were answered from a moment until before another."""
    where, values = within
    return (
        _ROWS.format(
            asks=_ASKS,
            due_at=_DUE_AT,
            where="a.state = ANY(%(answered)s) AND a.ended_at >= %(since)s"
            f" AND a.ended_at < %(until)s AND {where}",
        ),
        {**values, "answered": list(ANSWERED), "since": since, "until": until},
    )


def fallen_due(since: datetime, until: datetime, now: datetime, within: Sql) -> Sql:
    """Asks whose due time lies from a moment until before another, and is past."""
    where, values = within
    return (
        _ROWS.format(asks=_FELL, due_at="fell.due_at", where=f"{_COUNTS} AND {where}"),
        {
            **values, "answered": list(ANSWERED), "since": since,
            "until": min(until, now),
        },
    )  # fmt: skip


def waiting(within: Sql) -> Sql:
    """Asks that wait for an answer now."""
    where, values = within
    return _ROWS.format(asks=_ASKS, due_at=_DUE_AT, where=f"{_WAITS} AND {where}"), values


def reach_of(actor: Actor) -> Reach:
    """What somebody may count: all who manages approvals, else as records of that type reach."""
    access = org.access_of(actor)
    if access.can(Capability.MANAGE_APPROVALS):
        return EVERYTHING
    return access.reach(provided.about, Verb.READ)


def within(reach: Reach) -> Sql:
    """A reach as SQL over asks: the unit of the case, one's own requests, what one is asked."""
    return _within(reach, "(a.requester_id = %(own_of)s OR a.person_id = %(own_of)s)", "a")


def cases_within(reach: Reach) -> Sql:
    """The same over cases."""
    return _within(
        reach,
        "(c.requester_id = %(own_of)s OR EXISTS (SELECT FROM approvals_ask a"
        " WHERE a.case_id = c.id AND a.person_id = %(own_of)s))",
        "c",
    )


def _within(reach: Reach, own: str, alias: str) -> Sql:
    if reach.everything:
        return "TRUE", {}
    parts, values = ["FALSE"], dict[str, Any]()
    if reach.own_of is not None:
        parts.append(own)
        values["own_of"] = reach.own_of
    if reach.unit_ids:
        parts.append(f"{alias}.unit_id = ANY(%(units)s)")
        values["units"] = sorted(reach.unit_ids)
    return f"({' OR '.join(parts)})", values


_ROWS = """
    SELECT a.id, a.case_id, a.record_id, f.key AS flow, a.node, a.person_id, a.unit_id, a.state,
        a.asked_at, a.ended_at, a.worked_s, {due_at} AS due_at
    FROM {asks}
    JOIN approvals_flow f ON f.id = a.flow_id
    CROSS JOIN LATERAL (SELECT a.requester_id AS owner_id, a.unit_id) asker
    CROSS JOIN LATERAL (SELECT a.person_id AS owner_id, a.unit_id) asked
    WHERE a.asked_at IS NOT NULL AND {where}
"""
"""`asker` and `asked` have an owner and the case's unit, so that any reach can be put to them."""
_ASKS = "approvals_ask a"
_DUE_AT = """coalesce(a.due_at, (
            SELECT k.due_at FROM sla_clock k
            WHERE k.about_kind = 'approval_ask' AND k.about_id = a.id ORDER BY k.id DESC LIMIT 1
        ))"""
"""When an ask is due: its own time, else that of its last clock."""
_FELL = """(
        SELECT k.about_id AS id, k.due_at FROM sla_clock k
        WHERE k.about_kind = 'approval_ask' AND k.about_id IS NOT NULL
            AND k.due_at >= %(since)s AND k.due_at < %(until)s
            AND NOT EXISTS (SELECT FROM sla_clock later WHERE later.about_kind = 'approval_ask'
                AND later.about_id = k.about_id AND later.id > k.id)
            AND NOT EXISTS (SELECT FROM approvals_ask own
                WHERE own.id = k.about_id AND own.due_at IS NOT NULL)
        UNION ALL SELECT id, due_at FROM approvals_ask
        WHERE due_at >= %(since)s AND due_at < %(until)s
    ) fell JOIN approvals_ask a ON a.id = fell.id"""
"""Those that fell due: of clocks the last one of an ask that has no time of its own."""
_WAITS = """a.state = 'waiting' AND EXISTS (
        SELECT FROM approvals_case c WHERE c.id = a.case_id AND c.state = 'running')"""
_COUNTS = f"(a.state = ANY(%(answered)s) OR {_WAITS})"
"""Whoever was asked in vain, because others decided, is not counted."""
