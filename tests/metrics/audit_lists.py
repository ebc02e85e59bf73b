"""What stands on boards beside figures, in SQL over an export: lists, blockers, losses, rankings.

Each row of `{sees}` is asked for with the columns `person`, `t.unit` and `about`, as metrics are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TABLES = ("files_attachment", "playbooks_entry", "playbooks_use", "playbooks_rating",
          "playbooks_version", "process_instance")  # fmt: skip

STALLED = """
    SELECT DISTINCT record_id FROM (
        SELECT c.record_id, r.owner_id AS person, r.unit_id AS unit, r.type AS about
        FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id
        JOIN records_record r ON r.id = c.record_id
        WHERE p.key = 'high_intent_stalled' AND c.closed_at IS NULL AND c.red_since IS NOT NULL
            AND r.deleted_at IS NULL) t
    WHERE {sees}
"""
UNQUOTED = """
    SELECT id FROM (
        SELECT d.id, d.owner_id AS person, d.unit_id AS unit, 'deal' AS about
        FROM open_deals o JOIN deals_deal d ON d.id = o.id WHERE d.intent_level = 'high'
            AND d.id NOT IN (SELECT record_id FROM process_visit WHERE stage = 'quotation')
            AND d.id NOT IN (SELECT record_id FROM files_attachment
                WHERE kind = 'quotation' AND deleted_at IS NULL AND record_id IS NOT NULL)) t
    WHERE {sees}
"""
LISTS: Mapping[str, str] = {"stalled": STALLED, "unquoted": UNQUOTED}
SEEN_STOPPED = """
    WITH lacked AS (
        SELECT id, moment, record_id, actor_id AS person, unit_id AS unit, data->>'from' AS stage,
            unnest(CAST(data->'missing' AS JSON[])) AS item
        FROM activity_entry
        WHERE verb = 'process.move_blocked' AND record_type = 'deal'
            AND json_type(data->'missing') = 'ARRAY'
    ), stopped AS (
        SELECT id, moment, record_id, person, unit, stage, 'missing' AS kind,
            item->>'item_key' AS key, json_type(item->'name') AS named FROM lacked
        UNION ALL
        SELECT id, moment, record_id, (data->>'requester_id')::BIGINT, unit_id, NULL, 'refused',
            data->>'node', json_type(data->'node_name')
        FROM activity_entry WHERE verb IN ('approval.refused', 'approval.returned')
            AND record_type = 'deal'
    ), seen AS (
        SELECT * FROM (SELECT *, 'deal' AS about FROM stopped) t
        WHERE ({sees}) AND named = 'OBJECT' AND key IS NOT NULL
            AND moment::DATE BETWEEN $first AND $last)
"""
BLOCKERS = f"""
    {SEEN_STOPPED} SELECT kind, key, count(DISTINCT id), count(DISTINCT record_id)
    FROM seen GROUP BY ALL
"""
LACKING = f"""
    {SEEN_STOPPED} SELECT stage, key, count(DISTINCT id), count(DISTINCT record_id)
    FROM seen WHERE kind = 'missing' AND stage IS NOT NULL GROUP BY ALL
"""
LOSSES = """
    SELECT data->>'from', data->>'outcome_reason', count(DISTINCT record_id) FROM (
        SELECT *, actor_id AS person, unit_id AS unit, 'deal' AS about FROM activity_entry
        WHERE verb = 'deal.stage_entered' AND record_type = 'deal' AND data->>'to' = 'lost'
            AND moment::DATE BETWEEN $first AND $last) t
    WHERE {sees} AND coalesce(data->>'outcome_reason', '') <> '' GROUP BY ALL
"""
COUNTED = """
    SELECT person, sum(hits) FROM things_{key} WHERE day BETWEEN $first AND $last AND person > 0
    GROUP BY person HAVING sum(hits) > 0
"""
FASTEST = """
    SELECT r.owner_id, min(round(epoch(v.entered_at - r.created_at) / 86400, 1)) FROM (
        SELECT record_id, min(entered_at) AS entered_at FROM process_visit
        WHERE stage = 'payment' AND kind = 'forward' AND entered_at::DATE BETWEEN $first AND $last
        GROUP BY record_id) v
    JOIN records_record r ON r.id = v.record_id JOIN process_instance i ON i.record_id = r.id
    WHERE r.type = 'deal' AND r.deleted_at IS NULL AND r.owner_id IS NOT NULL
        AND NOT i.is_opening AND v.entered_at >= r.created_at GROUP BY r.owner_id
"""
CONTRIBUTED = """
    WITH shown AS (
        SELECT id, created_by_id FROM playbooks_entry
        WHERE kind = 'talk_track' AND NOT is_archived AND created_by_id IS NOT NULL
            AND id IN (SELECT entry_id FROM playbooks_version WHERE is_current)
    ), counted AS (
        SELECT entry_id, person_id FROM playbooks_use
        WHERE kind = 'used' AND moment::DATE BETWEEN $first AND $last
        UNION ALL SELECT entry_id, person_id FROM playbooks_rating
        WHERE is_helpful AND moment::DATE BETWEEN $first AND $last)
    SELECT s.created_by_id, count(*) FROM shown s JOIN counted c ON c.entry_id = s.id
    WHERE c.person_id <> s.created_by_id GROUP BY 1
"""
_FILLED = """
    SELECT owner_id, count(*) AS records, sum({filled}) AS filled, count(*) * {fields} AS asked
    FROM {table} WHERE deleted_at IS NULL AND owner_id IS NOT NULL
        AND created_at::DATE BETWEEN $first AND $last GROUP BY owner_id
"""
_SHARES = """
    SELECT owner_id, round(sum(filled) / sum(asked), 4) FROM ({each}) GROUP BY owner_id
    HAVING sum(records) >= 5
"""


def filled(fields: Mapping[str, Sequence[str]], columns: Mapping[str, Sequence[str]]) -> str:
    """By table: the keys of all fields, and the table's own columns; the others lie in `extra`."""
    parts = []
    for table, keys in fields.items():
        own = {key: key for key in columns[table]} | {
            key.removesuffix("_id"): key for key in columns[table] if key.endswith("_id")
        }
        is_there = [
            f"({own[key]} IS NOT NULL)::INT"
            if key in own
            else f"coalesce(extra->>'{key}' NOT IN ('[]', 'null'), false)::INT"
            for key in keys
        ]
        parts.append(_FILLED.format(filled=" + ".join(is_there), fields=len(keys), table=table))
    return _SHARES.format(each=" UNION ALL ".join(parts))
