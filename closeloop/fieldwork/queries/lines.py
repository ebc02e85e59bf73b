"""When follow-ups of customers fall due, and what met each: the one meaning of it (G02).

A follow-up falls due on the day that was agreed with the customer, else seven days after the last
one (C10); for a customer that was never followed up, seven days after open business with it began.
Every due date counts once, for whoever had the customer when it fell due, in the unit of then: what
is given to somebody else or removed afterwards stays where it was. A follow-up whose doubt was
confirmed is no follow-up, nor is one that was corrected: the correction stands for it.
"""

from collections.abc import Mapping
from typing import Any

from closeloop.fieldwork.plugs import QUIET_DAYS, plugs

CUSTOMER = "customer"
UNDOUBTED = """
    f.state = 'counted'
    AND NOT EXISTS (SELECT FROM fieldwork_followupdoubt d
                    WHERE d.followup_id = f.id AND d.verdict = 'confirmed')
"""
COUNTS = f"""
    {UNDOUBTED} AND f.customer_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM fieldwork_followup newer WHERE newer.corrects_id = f.id
                    AND newer.state = 'counted')
"""
_NOBODY_WAITS = "SELECT NULL::bigint AS customer_id, now() AS since WHERE false"
_LINES = f"""
    WITH effective AS (
        SELECT f.id, f.customer_id, f.at,
            coalesce(f.next_at, f.at + interval '{QUIET_DAYS} days') AS due_at,
            lead(f.id) OVER line AS next_id, lead(f.at) OVER line AS met_at
        FROM fieldwork_followup f WHERE {COUNTS} AND f.customer_id {{groups}}
        WINDOW line AS (PARTITION BY f.customer_id ORDER BY f.at, f.id)
    ), fell AS (
        SELECT customer_id, id AS thing, due_at, next_id, met_at FROM effective
        UNION ALL
        SELECT w.customer_id, 0, w.since + interval '{QUIET_DAYS} days', first.id, first.at
        FROM ({{waiting}}) w
        LEFT JOIN (
            SELECT DISTINCT ON (customer_id) customer_id, id, at FROM effective
            ORDER BY customer_id, at, id
        ) first USING (customer_id)
        WHERE w.customer_id {{groups}} AND (first.at IS NULL OR first.at >= w.since)
    ), moved AS MATERIALIZED (
        SELECT record_id, id, at, (data->>'from_owner')::bigint AS owner_id,
            (data->>'from_unit')::bigint AS unit_id
        FROM activity_entry WHERE verb = '{CUSTOMER}.assigned' AND record_id {{groups}}
    ), later AS (
        SELECT DISTINCT ON (fell.customer_id, fell.thing) fell.customer_id, fell.thing,
            moved.id, moved.owner_id, moved.unit_id
        FROM fell JOIN moved ON moved.record_id = fell.customer_id AND moved.at > fell.due_at
        ORDER BY fell.customer_id, fell.thing, moved.at, moved.id
    )
    SELECT fell.customer_id, fell.thing, fell.due_at, fell.next_id, fell.met_at,
        CASE WHEN later.id IS NULL THEN r.owner_id ELSE later.owner_id END AS owner_id,
        CASE WHEN later.id IS NULL THEN r.unit_id ELSE later.unit_id END AS unit_id
    FROM fell JOIN records_record r ON r.id = fell.customer_id
    LEFT JOIN later ON later.customer_id = fell.customer_id AND later.thing = fell.thing
    WHERE r.deleted_at IS NULL OR r.deleted_at > fell.due_at
"""


def lines(groups: str) -> str:
    """SQL for (customer_id, thing, due_at, next_id, met_at, owner_id, unit_id) of what ever falls
    due with the customers for whose id the condition `groups` holds.

    `thing` is the follow-up whose next one it is, 0 for the first. Takes `line_values`.
    """
    waiting = plugs.waiting or _NOBODY_WAITS
    return _LINES.replace("{groups}", groups).replace("{waiting}", waiting)


def line_values() -> Mapping[str, Any]:
    """The parameters of `lines`."""
    return {"ended": sorted(plugs.waiting_ended())}
