"""Deals that ended with something and without it, in SQL over an export, from the page's words."""

ENDED = """
    SELECT d.id, d.owner_id AS person, d.unit_id AS unit, 'deal' AS about, d.customer_id,
        d.created_at, v.entered_at AS ended_at, (v.stage = 'payment')::INT AS won
    FROM deals_deal d JOIN process_visit v ON v.record_id = d.id
    WHERE v.left_at IS NULL AND v.stage IN ('payment', 'lost') AND v.kind <> 'opening'
        AND NOT d.is_opening AND d.deleted_at IS NULL
        AND v.entered_at::DATE BETWEEN $since AND $until
"""
"""Closed deals, but for those that were there when the company began."""
STEPS = (
    "'approval_step', 'contract_approval', 'returned_case', 'exception_decision', "
    "'quotation_to_confirm', 'feedback_after_demo'"
)


def _used(kinds: str) -> str:
    return (
        "t.id IN (SELECT u.record_id FROM playbooks_use u JOIN playbooks_entry e"
        f" ON e.id = u.entry_id WHERE u.kind = 'used' AND e.kind IN ({kinds})"
        " AND u.moment <= t.ended_at)"
    )


def _in_time(policies: str) -> str:
    """Of the clocks that fell due or were closed by the end: whether every one was in time."""
    return (
        "(SELECT bool_and(c.closed_at IS NOT NULL AND c.breached_at IS NULL"
        " AND c.state <> 'cancelled') FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id"
        f" WHERE p.key IN ({policies}) AND c.record_id = t.id AND c.due_at IS NOT NULL"
        " AND NOT coalesce(c.state = 'cancelled' AND c.closed_at <= c.due_at, false)"
        " AND least(c.due_at, coalesce(c.closed_at, c.due_at)) <= t.ended_at)"
    )


_HAS = {
    "contacts": "CASE WHEN t.created_at >= (SELECT min(moment) FROM fieldwork_followup"
    " WHERE state = 'counted') THEN (SELECT count(*) FROM standing s WHERE s.effective"
    " AND s.customer_id = t.customer_id AND s.moment BETWEEN t.created_at AND t.ended_at) >= 3 END",
    "talk_track": _used("'talk_track'"),
    "material": _used("'kit', 'pack', 'case', 'competitor'"),
    "no_step_back": "t.id NOT IN (SELECT b.record_id FROM process_visit b"
    " WHERE b.kind = 'back' AND b.entered_at <= t.ended_at)",
    "no_overstay": _in_time("'stage_overstay'"),
    "steps_on_time": _in_time(STEPS),
}
TRAITS = " UNION ALL ".join(
    f"SELECT '{key}', coalesce(sum(won) FILTER (has), 0)::INT, count(*) FILTER (has),"
    " coalesce(sum(won) FILTER (NOT has), 0)::INT, count(*) FILTER (NOT has)"
    f" FROM (SELECT t.won, {has} AS has FROM ({ENDED}) t WHERE ({{sees}}) AND $top > 0)"
    for key, has in _HAS.items()
)
"""By trait: wins with it and how many deals, wins without it and how many."""
HOLDING = " UNION ALL ".join(
    f"SELECT '{key}', id, won, has FROM (SELECT t.id, t.won, {has} AS has FROM ({ENDED}) t"
    " WHERE ({sees}) AND $top > 0)"
    for key, has in _HAS.items()
)
"""By trait and deal: whether it was won, and whether it has the trait (NULL: nobody can tell)."""
