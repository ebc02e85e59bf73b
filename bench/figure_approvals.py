"""The approvals that were asked for on the way of a big company's deals: cases, asks, their clocks.

Two asks a case, in turn over the flows and steps of the pack; nine in ten are answered in time.
"""

from typing import Any

from django.db import connection

from bench.figure_volumes import Owners
from closeloop.approvals import flows
from closeloop.approvals.models import FlowVersion

POLICY = "approval_step"
_LOAD = """
WITH step AS MATERIALIZED (
    SELECT row_number() OVER () AS place, * FROM unnest(
        %(flows)s::bigint[], %(versions)s::bigint[], %(nodes)s::text[]
    ) AS given(flow_id, version_id, node)
), fresh AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('approvals_case', 'id')) AS id, d.id AS record_id,
        d.owner_id, d.unit_id, d.n, least(d.stage_entered_at, now() - interval '2 days') AS at,
        d.n %% 50 = 0 AS is_open, step.*
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM deals_deal
          WHERE id BETWEEN %(first)s AND %(last)s) d
    JOIN step ON step.place = 1 + d.n %% (SELECT count(*) FROM step)
), opened AS (
    INSERT INTO approvals_case (id, flow_id, version_id, title, record_id, record_type,
        requester_id, unit_id, purpose_kind, purpose, move, chosen, form, comment, state, reason,
        round, opened_at, closed_at, outcome_code, outcome, is_stale, is_imported)
    SELECT id, flow_id, version_id, '审批' || id, record_id, 'deal', owner_id, unit_id, 'plain',
        '{}', '', '{}', '{}', '', CASE WHEN is_open THEN 'running' ELSE 'granted' END, '', 1, at,
        CASE WHEN NOT is_open THEN at + interval '20 hours' END, '', '{}', false, false
    FROM fresh
), stayed AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('approvals_visit', 'id')) AS visit_id,
        nextval(pg_get_serial_sequence('approvals_ask', 'id')) AS ask_id, fresh.*, number,
        at + number * interval '5 hours' AS asked_at, number = 2 AND is_open AS is_waiting,
        make_interval(hours => ((n * 31 + number * 7) %% 10)::int) AS took,
        (%(people)s::bigint[])[
            1 + (n * 7919 + number) %% cardinality(%(people)s::bigint[])] AS asked
    FROM fresh, generate_series(1, 2) AS number
), visited AS (
    INSERT INTO approvals_visit (id, case_id, number, node, round, state, is_void, entered_at,
        left_at)
    SELECT visit_id, id, number, node, 1, CASE WHEN is_waiting THEN 'current' ELSE 'done' END,
        false, asked_at, CASE WHEN NOT is_waiting THEN asked_at + took END
    FROM stayed
), asked AS (
    INSERT INTO approvals_ask (id, case_id, visit_id, node, flow_id, record_id, requester_id,
        unit_id, number, slot, rank, part, person_id, state, asked_at, ended_at, worked_s, comment)
    SELECT ask_id, id, visit_id, node, flow_id, record_id, owner_id, unit_id, number, 0, 0, 0,
        asked, CASE WHEN is_waiting THEN 'waiting'
        WHEN n %% 20 = 0 THEN 'refused' ELSE 'agreed' END, asked_at,
        CASE WHEN NOT is_waiting THEN asked_at + took END,
        CASE WHEN NOT is_waiting THEN extract(epoch FROM took) END, ''
    FROM stayed
)
INSERT INTO sla_clock (version_id, policy_id, record_id, record_type, about_kind, about_id,
    about_key, owner_id, unit_id, state, target_s, started_at, due_at, elapsed_natural_s,
    elapsed_working_s, paused_reason, paused_stage, pauses, round, step, schedule, plan,
    opened_by_verb, context, closed_at, closed_by_verb, changed_xid)
SELECT v.id, v.policy_id, s.record_id, 'deal', 'approval_ask', s.ask_id, '', s.asked, s.unit_id,
    CASE WHEN s.is_waiting THEN 'running' WHEN took < interval '9 hours' THEN 'met'
        ELSE 'breached' END, 28800, s.asked_at, s.asked_at + interval '8 hours', 0, 0, '', '', 0,
    0, 0, '{}', '{}', 'approval.asked', '{}',
    CASE WHEN NOT s.is_waiting THEN s.asked_at + took END, 'approval.answered', 100
FROM stayed s, sla_policyversion v JOIN sla_policy p ON p.id = v.policy_id
WHERE v.is_current AND p.key = %(policy)s
"""


def load(owners: Owners, deals: range) -> None:
    """Add a case for each of the deals. Triggers are at rest."""
    current = {each.flow.key: each for each in _current()}
    steps = [
        (current[flow].flow_id, current[flow].pk, node)
        for flow, nodes in sorted(flows.step_names().items())
        for node in sorted(nodes)
        if node and flow in current
    ]
    given: dict[str, Any] = {
        "flows": [flow for flow, _, _ in steps],
        "versions": [version for _, version, _ in steps],
        "nodes": [node for _, _, node in steps],
        "first": deals[0],
        "last": deals[-1],
        "people": [person for person, _ in owners],
        "policy": POLICY,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_LOAD, given)
        cursor.execute("RESET session_replication_role")


def _current() -> list[FlowVersion]:
    return list(FlowVersion.objects.filter(is_current=True).select_related("flow"))
