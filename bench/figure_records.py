"""The deals and leads that a company of 2,000 people has at work, with their visits and clocks.

Written by statements, triggers at rest, as `bench.figure_volumes` writes the history about them.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from bench.figure_volumes import Owners
from bench.volumes import load_deals
from closeloop.deals.pace.updating import timed_stages
from closeloop.engine.blueprint import StageKind
from closeloop.leads.channels import standard
from closeloop.process import blueprints

OPEN_OF_A_PERSON = 25
A_LEAD, A_CLOSED_DEAL = 50, 100
"""So many entries go with each lead, and with each deal that was won or lost."""
CHANNELS = ("exhibition", "website", "referral", "wechat", "phone", "partner")

_CUSTOMERS = """
    UPDATE deals_deal SET customer_id = (%(customers)s::bigint[])[
        1 + (id * 7919) %% cardinality(%(customers)s::bigint[])]
    WHERE id BETWEEN %(first)s AND %(last)s
"""
_OLD = "UPDATE activity_entry SET xid = 100 WHERE xid > 700"
_DEAL_CLOCKS = """
    INSERT INTO sla_clock (version_id, policy_id, record_id, record_type, about_kind, about_key,
        owner_id, unit_id, state, target_s, started_at, due_at, running_since, elapsed_natural_s,
        elapsed_working_s, paused_reason, paused_stage, pauses, round, step, schedule, plan,
        opened_by_verb, context, closed_by_verb, changed_xid)
    SELECT v.id, v.policy_id, d.id, 'deal', 'record', d.stage, d.owner_id, d.unit_id, 'running',
        864000, d.stage_entered_at,
        d.stage_entered_at + make_interval(hours => (d.id %% 9000)::int), d.stage_entered_at,
        0, 0, '', '', 0, 0, 0, '{}', '{}', 'deal.stage_entered', '{}', '', 100
    FROM deals_deal d, sla_policyversion v JOIN sla_policy p ON p.id = v.policy_id
    WHERE d.id BETWEEN %(first)s AND %(last)s AND d.stage = ANY(%(timed)s) AND v.is_current
        AND p.about = 'deal' AND v.definition->>'subject' = 'stage'
        AND v.definition->'target'->>'from' = 'stage.expected_days'
"""
_LEADS = """
WITH fresh AS (
    SELECT %(first)s + n AS id, n, (%(people)s::bigint[])[p] AS owner_id,
        (%(units)s::bigint[])[p] AS unit_id,
        (%(channels)s::text[])[1 + n %% cardinality(%(channels)s::text[])] AS source,
        CASE WHEN n %% 5 = 0 OR n > %(count)s * 0.98 THEN %(open)s::text[]
            ELSE %(ended)s::text[] END AS stages,
        now() - make_interval(
            secs => %(until_s)s + (%(span_s)s * (%(count)s - n)::float / %(count)s)) AS at
    FROM (SELECT n, 1 + (n * 7919) %% cardinality(%(people)s::bigint[]) AS p
        FROM generate_series(0, %(count)s::bigint - 1) AS n) given
), staged AS (
    SELECT *, stages[1 + n %% cardinality(stages)] AS stage FROM fresh
), registered AS (
    INSERT INTO records_record (id, type, title, owner_id, unit_id, created_at, grams)
    SELECT id, 'lead', '线索' || id, owner_id, unit_id, at, '{}' FROM staged
), started AS (
    INSERT INTO process_visit (record_id, stage, kind, entered_at, left_at, reason, entered_by_id)
    SELECT id, %(initial)s, 'start', at, CASE WHEN stage <> %(initial)s THEN at END, '', owner_id
    FROM staged
), moved AS (
    INSERT INTO process_visit (record_id, stage, kind, entered_at, reason, entered_by_id)
    SELECT id, stage, 'forward', at, '', owner_id FROM staged WHERE stage <> %(initial)s
), timed AS (
    INSERT INTO sla_clock (version_id, policy_id, record_id, record_type, about_kind, about_key,
        owner_id, unit_id, state, target_s, started_at, due_at, elapsed_natural_s,
        elapsed_working_s, paused_reason, paused_stage, pauses, round, step, schedule, plan,
        opened_by_verb, context, closed_at, breached_at, closed_by_verb, changed_xid)
    SELECT v.id, v.policy_id, s.id, 'lead', 'record', '', s.owner_id, s.unit_id,
        CASE WHEN n %% 10 < 9 THEN 'met' ELSE 'breached' END, 1800, at, at + interval '30 minutes',
        0, 0, '', '', 0, 0, 0, '{}', '{}', 'lead.created', '{}', at + interval '20 minutes',
        CASE WHEN n %% 10 < 9 THEN NULL ELSE at + interval '30 minutes' END,
        'followup.recorded', 100
    FROM staged s, sla_policyversion v JOIN sla_policy p ON p.id = v.policy_id
    WHERE v.is_current AND p.key = %(policy)s
), graded AS (
    INSERT INTO activity_entry (xid, at, verb, actor_kind, record_id, record_type, unit_id, data)
    SELECT 100, at, 'lead.graded', 'system', id, 'lead', unit_id,
        jsonb_build_object('from', NULL, 'to', (%(grades)s::text[])[
            1 + n %% cardinality(%(grades)s::text[])])
    FROM staged
)
INSERT INTO leads_lead (id, name, source, stage, stage_entered_at, is_opening, version, extra,
    created_at, updated_at, last_activity_at, owner_id, unit_id, stages_seen,
    grades_seen, deal_id)
SELECT id, '线索' || id, source, stage, at, false, 1, '{}', at, at, at + interval '3 days',
    owner_id, unit_id, ARRAY(SELECT DISTINCT unnest(ARRAY[%(initial)s, stage])),
    ARRAY[(%(grades)s::text[])[1 + n %% cardinality(%(grades)s::text[])]],
    CASE WHEN n %% 10 = 0
        THEN (%(deals)s::bigint[])[1 + n %% cardinality(%(deals)s::bigint[])] END
FROM staged
"""


def load(owners: Owners, *, entries: int, days: float, until_days: float) -> range:
    """Add what came over `days`: leads, and deals that ended, which are given; open ones once."""
    version = blueprints.current_of("deal")
    assert version is not None
    by_kind = {
        kind: [stage.key for stage in version.stages if stage.kind is kind] for kind in StageKind
    }
    if not until_days:
        weights = dict.fromkeys(by_kind[StageKind.OPEN], 1)
        _deals(owners, len(owners) * OPEN_OF_A_PERSON, version.version_id, weights, 0)
    ended = dict.fromkeys(by_kind[StageKind.WON], 3) | dict.fromkeys(by_kind[StageKind.LOST], 7)
    hours = int(until_days * 24)
    deals = _deals(owners, entries // A_CLOSED_DEAL, version.version_id, ended, hours)
    _leads(owners, deals, count=entries // A_LEAD, days=days, until_days=until_days)
    return deals


def _deals(
    owners: Owners, count: int, version: int, stages: Mapping[str, int], least_hours: int
) -> range:
    ids = load_deals(
        owners, count=count, version_id=version, stages=stages, least_hours=least_hours
    )
    given = {"first": ids[0], "last": ids[-1], "timed": timed_stages()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM customers_customer")
        given["customers"] = cursor.fetchone()[0]
    _write((_CUSTOMERS, _DEAL_CLOCKS, _OLD), given)
    return ids


def _leads(owners: Owners, deals: range, *, count: int, days: float, until_days: float) -> None:
    funnel = standard.current()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) + 1 FROM records_record")
        first = cursor.fetchone()[0]
    given = {
        "first": first,
        "count": count,
        "people": [person for person, _ in owners],
        "units": [unit for _, unit in owners],
        "channels": list(CHANNELS),
        "open": funnel.stages_of(StageKind.OPEN),
        "ended": funnel.stages_of(StageKind.WON, StageKind.LOST),
        "initial": funnel.initial,
        "policy": funnel.policy,
        "grades": sorted({grade for link in funnel.links for grade in link.grades}),
        "deals": [*deals[:1000]],
        "span_s": days * 86_400,
        "until_s": until_days * 86_400,
    }
    _write((_LEADS,), given)


def _write(statements: tuple[str, ...], given: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement, given)
        cursor.execute(
            "SELECT setval('records_record_id_seq', (SELECT max(id) FROM records_record))"
        )
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
