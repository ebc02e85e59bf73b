"""Years of work as rows: entries of the record with the clocks, follow-ups and cases of it.

Written by statements, triggers at rest: what the product's actions would leave behind, in the mix
of verbs that a selling company has.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from closeloop.fields import queries as fields
from closeloop.process import blueprints

A_DAY = 16_667
"""Entries a day of 2,000 people: 10,000,000 in 600 days."""
LATER = 700
"""The transaction of what happens last; all before have smaller numbers, and have ended."""
Owners = Sequence[tuple[int, int]]
_TIES = """
    now() - make_interval(secs => %(until_s)s + (%(span_s)s * (%(count)s - n)::float / %(count)s))
"""
_CAME = _TIES.replace("count", "records")
_OWNED = """
    (%(people)s::bigint[])[1 + (n * 7919) %% cardinality(%(people)s::bigint[])] AS person_id,
    (%(units)s::bigint[])[1 + (n * 7919) %% cardinality(%(units)s::bigint[])] AS unit_id
"""
_STAGE = "(%(stages)s::text[])[1 + ((n / 100 + {ahead}) %% cardinality(%(stages)s::text[]))]"
_HERE, _NEXT = _STAGE.format(ahead=0), _STAGE.format(ahead=1)
_CUSTOMERS = f"""
    WITH fresh AS (
        SELECT %(first_record)s + n AS id, '客户' || n AS name, person_id, unit_id, {_CAME} AS at,
            (%(levels)s::text[])[1 + n %% cardinality(%(levels)s::text[])] AS level
        FROM (SELECT n, {_OWNED} FROM generate_series(0, %(records)s::bigint - 1) AS n) given
    ), registered AS (
        INSERT INTO records_record (id, type, title, owner_id, unit_id, created_at, grams)
        SELECT id, 'customer', name, person_id, unit_id, at, '{{}}' FROM fresh
    )
    INSERT INTO customers_customer
        (id, stage, is_opening, version, extra, name, level, owner_id, unit_id, created_at)
    SELECT id, '', false, 1, '{{}}', name, level, person_id, unit_id, at FROM fresh
"""
_ENTRIES = f"""
    INSERT INTO activity_entry (xid, at, verb, actor_id, actor_kind, record_id, record_type,
        unit_id, data)
    SELECT coalesce(%(xid)s, 100 + (n * 500) / %(count)s), {_TIES},
        CASE WHEN n %% 1000 = 923 THEN 'customer.assigned' WHEN k < 25 THEN 'deal.changed'
            WHEN k < 45 THEN 'followup.recorded' WHEN k < 55 THEN 'record.commented'
            WHEN k < 70 THEN 'deal.stage_entered' WHEN k < 73 THEN 'process.move_blocked'
            WHEN k < 76 THEN 'deal.created' WHEN k < 78 THEN 'customer.created'
            WHEN k < 82 THEN 'lead.created' WHEN k < 83 THEN 'lead.converted'
            WHEN k < 87 THEN 'clock.step_fired' WHEN k < 92 THEN 'file.attached'
            ELSE 'lead.changed' END,
        person_id, 'person', %(first_record)s + n %% %(records)s, 'customer', unit_id,
        CASE WHEN n %% 1000 = 923
                THEN jsonb_build_object('from_owner', person_id, 'from_unit', unit_id)
            WHEN k < 25 THEN jsonb_build_object('via', 'screen', 'version', 3, 'changes',
                jsonb_build_object('amount', jsonb_build_array('1000', '2000')))
            WHEN k < 45 THEN jsonb_build_object('followup_id',
                %(first_followup)s + n %% %(followups)s, 'customer_id',
                %(first_record)s + n %% %(records)s, 'effective', true, 'main', true)
            WHEN k >= 55 AND k < 70 THEN jsonb_build_object('from', {_HERE}, 'kind',
                CASE WHEN k < 67 THEN 'forward' WHEN k < 69 THEN 'back' ELSE 'close' END,
                'to', CASE WHEN k < 69 THEN {_NEXT} ELSE 'lost' END)
            WHEN k >= 70 AND k < 73 THEN jsonb_build_object('to', {_NEXT})
            ELSE '{{"via": "screen"}}' END
    FROM (SELECT n, n %% 100 AS k, {_OWNED}
        FROM generate_series(0, %(count)s::bigint - 1) AS n) given
"""
_CLOCKS = f"""
    INSERT INTO sla_clock (version_id, policy_id, record_id, record_type, about_kind, about_key,
        owner_id, unit_id, state, target_s, started_at, due_at, elapsed_natural_s,
        elapsed_working_s, paused_reason, paused_stage, pauses, round, step, schedule, plan,
        opened_by_verb, context, closed_at, breached_at, closed_by_verb, changed_xid)
    SELECT (%(versions)s::bigint[])[p], (%(policies)s::bigint[])[p],
        %(first_record)s + n %% %(records)s, 'deal', 'record', 'n' || n, person_id, unit_id,
        CASE WHEN n %% 10 < 9 THEN 'met' ELSE 'breached' END, 3600, at, at, 0, 0, '', '', 0, 0, 0,
        '{{}}', '{{}}', '', '{{}}',
        CASE WHEN n %% 10 < 9 THEN at - interval '1 minute' ELSE at + interval '1 hour' END,
        CASE WHEN n %% 10 < 9 THEN NULL ELSE at END, '', 100 + (n * 500) / %(count)s
    FROM (SELECT n, {_TIES} AS at, 1 + n %% cardinality(%(policies)s::bigint[]) AS p, {_OWNED}
        FROM generate_series(0, %(count)s::bigint - 1) AS n) given
"""
_FOLLOWUPS = f"""
    INSERT INTO fieldwork_followup (id, author_id, client_id, kind, state, record_id, record_type,
        customer_id, unit_id, stage, at, counted_at, text, plain, ticks, next_at, store, via, met,
        missing, still_needed, version)
    SELECT %(first_followup)s + n, person_id, gen_random_uuid(),
        (ARRAY['visit', 'call', 'chat'])[1 + n %% 3],
        CASE WHEN n %% 12 = 0 THEN 'draft' ELSE 'counted' END,
        record_id, 'customer', record_id, unit_id, '', at,
        CASE WHEN n %% 12 = 0 THEN NULL ELSE at END, '', '', '{{}}',
        CASE WHEN n %% 3 = 0 THEN at + interval '5 days' END, '{{}}', 'api', '{{}}', '[]', 0, 1
    FROM (SELECT n, {_TIES} AS at, %(first_record)s + n %% %(records)s AS record_id, {_OWNED}
        FROM generate_series(0, %(count)s::bigint - 1) AS n) given
"""
_CASES = f"""
    WITH made AS (
        INSERT INTO support_case (kind, what, customer_id, unit_id, requester_id, owner_id, state,
            origin, why, opened_at, due_at, answer_by, reopened, ended_at, version)
        SELECT (ARRAY['technical', 'price', 'other'])[1 + n %% 3], '', %(first_record)s + n,
            unit_id, person_id, person_id, 'closed', '{{}}', '{{}}', at, at + interval '1 day',
            at + interval '1 day', 0, at + interval '1 day', 1
        FROM (SELECT n, {_TIES} AS at, {_OWNED}
            FROM generate_series(0, %(count)s::bigint - 1) AS n) given
        RETURNING id, owner_id, opened_at
    ), asked AS (
        INSERT INTO support_turn (case_id, what, at, to_id, note)
        SELECT id, 'requested', opened_at, owner_id, '' FROM made
    )
    INSERT INTO support_help (case_id, kind, is_substantive, text, by_id, at)
    SELECT id, 'solution', true, '', owner_id, opened_at + interval '20 hours' FROM made
    WHERE id %% 5 > 0
"""


def load(owners: Owners, *, count: int, days: float, until_days: float) -> None:
    """Add so many entries over `days`, the last of them `until_days` ago, and what goes with it."""
    given = _given(owners, count=count, days=days, until_days=until_days)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement, share in (
            (_CUSTOMERS, 1), (_FOLLOWUPS, 20), (_CLOCKS, 20), (_CASES, 500), (_ENTRIES, 1)
        ):  # fmt: skip
            cursor.execute(statement, {**given, "count": max(1, count // share)})
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")


def happen(owners: Owners, *, count: int) -> None:
    """Let so many entries happen now; a clock changes with each twentieth.

    They come after everything that was counted; other databases of the server hold nothing up.
    """
    given = {**_last_loaded(), **_spread(owners), **_span(days=0.001, until_days=0)}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_ENTRIES, {**given, "count": count, "xid": LATER})
        cursor.execute(
            "UPDATE sla_clock SET changed_xid = %s, closed_at = closed_at - interval '1 second'"
            " WHERE id = ANY(ARRAY(SELECT (random() * (SELECT max(id) FROM sla_clock))::bigint"
            " FROM generate_series(1, %s)))",
            [LATER, count // 20],
        )
        cursor.execute("RESET session_replication_role")
        for table in ("metrics_build", "metrics_sourcecursor"):
            cursor.execute(f"UPDATE {table} SET xid = %s", [LATER - 1])


def _given(owners: Owners, *, count: int, days: float, until_days: float) -> dict[str, Any]:
    last = _last_loaded()
    return {
        **_spread(owners),
        **_span(days=days, until_days=until_days),
        "xid": None,
        "records": max(1, count // 100),
        "followups": max(1, count // 20),
        "first_record": last["next_record"],
        "first_followup": last["first_followup"] + last["followups"],
    }


def _spread(owners: Owners) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, v.id FROM sla_policy p JOIN sla_policyversion v ON v.policy_id = p.id"
            " WHERE v.is_current ORDER BY p.id"
        )
        policies = cursor.fetchall()
    version = blueprints.current_of("deal")
    assert version is not None
    return {
        "people": [person for person, _ in owners],
        "units": [unit for _, unit in owners],
        "policies": [policy for policy, _ in policies],
        "versions": [version for _, version in policies],
        "stages": [stage.key for stage in version.stages if stage.kind != "lost"],
        "levels": [choice.key for choice in fields.specs_of("customer")["level"].choices],
    }


def _span(*, days: float, until_days: float) -> Mapping[str, float]:
    return {"span_s": days * 86_400, "until_s": until_days * 86_400}


def _last_loaded() -> dict[str, int]:
    """Where customers and follow-ups begin, how many they are, and the next record's id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(id) FILTER (WHERE type = 'customer'), 1),"
            " count(*) FILTER (WHERE type = 'customer'), coalesce(max(id), 0) + 1"
            " FROM records_record"
        )
        first_record, records, next_record = cursor.fetchone()
        cursor.execute("SELECT coalesce(min(id), 1), count(*) FROM fieldwork_followup")
        first_followup, followups = cursor.fetchone()
    return {
        "first_record": first_record, "records": records, "next_record": next_record,
        "first_followup": first_followup, "followups": followups,
    }  # fmt: skip
