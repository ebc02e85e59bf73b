"""Many deals at once: what the product's own actions would have written, by a few statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

DEALS_OF_A_CUSTOMER = 20


def load_deals(
    owners: Sequence[tuple[int, int]],
    *,
    count: int,
    version_id: int,
    stages: Mapping[str, int],
    least_hours: int = 0,
) -> range:
    """Add deals, spread over (person, unit) and, by weight, over the stages; gives their ids.

    They have stood in their stages for up to 8,000 hours more than `least_hours`.
    Every twentieth brings its customer. Triggers rest meanwhile, so the tallies are added here.
    """
    spread = [stage for stage, weight in stages.items() for _ in range(weight)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT coalesce(max(id), 0) FROM records_record")
        last = cursor.fetchone()[0]
        customers = count // DEALS_OF_A_CUSTOMER + 1
        given = {
            "first_customer": last + 1,
            "customers": customers,
            "first": last + customers + 1,
            "last": last + customers + count,
            "people": [person for person, _ in owners],
            "units": [unit for _, unit in owners],
            "stages": spread,
            "version": version_id,
            "least_hours": least_hours,
        }
        for statement in (_CUSTOMERS, _DEALS, _TALLIES):
            cursor.execute(statement, given)
        cursor.execute("SELECT setval('records_record_id_seq', %(last)s)", given)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
    return range(given["first"], given["last"] + 1)


def fill_gates(ids: range, *, ticks: Sequence[str], documents: Sequence[str]) -> None:
    """Tick items and attach documents for all of these records."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        given: dict[str, Any] = {
            "first": ids[0],
            "last": ids[-1],
            "ticks": list(ticks),
            "documents": list(documents),
        }
        cursor.execute(_TICKS, given)
        cursor.execute(_DOCUMENTS, given)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")


_OWNED = """
    (%(people)s::bigint[])[1 + n %% cardinality(%(people)s::bigint[])] AS owner_id,
    (%(units)s::bigint[])[1 + n %% cardinality(%(units)s::bigint[])] AS unit_id
"""
_CUSTOMERS = f"""
WITH fresh AS (
    SELECT n, '客户' || n AS name, {_OWNED}
    FROM generate_series(%(first_customer)s::bigint, %(first)s::bigint - 1) AS n
), registered AS (
    INSERT INTO records_record (id, type, title, owner_id, unit_id, grams)
    SELECT n, 'customer', name, owner_id, unit_id, ARRAY['客户'] FROM fresh
)
INSERT INTO customers_customer
    (id, stage, is_opening, version, extra, name, industry, owner_id, unit_id)
SELECT n, '', false, 1, '{{}}', name, 'hospital', owner_id, unit_id FROM fresh
"""
_DEALS = f"""
WITH fresh AS (
    SELECT n, '商机' || n AS name, {_OWNED},
        (%(stages)s::text[])[1 + (n * 7919) %% cardinality(%(stages)s::text[])] AS stage,
        round((exp(6 + 6 * random()))::numeric, 2) AS amount,
        now() - make_interval(hours => %(least_hours)s + (random() * 8000)::int) AS at,
        %(first_customer)s + n %% %(customers)s AS customer_id
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
), registered AS (
    INSERT INTO records_record (id, type, title, owner_id, unit_id, created_at, grams)
    SELECT n, 'deal', name, owner_id, unit_id, at, ARRAY['商机'] FROM fresh
), started AS (
    INSERT INTO process_instance (record_id, version_id, stage, entered_at, moves,
        outcome_reason, waiting_reason, is_opening, opening_missing)
    SELECT n, %(version)s, stage, at, 1, '', '', false, '[]' FROM fresh
), visited AS (
    INSERT INTO process_visit (record_id, stage, kind, entered_at, reason, entered_by_id)
    SELECT n, stage, 'start', at, '', owner_id FROM fresh
), noted AS (
    INSERT INTO activity_entry
        (at, verb, actor_id, actor_kind, record_id, record_type, unit_id, data)
    SELECT at, 'deal.created', owner_id, 'person', n, 'deal', unit_id,
        jsonb_build_object('via', 'screen', 'stage', stage)
    FROM fresh
)
INSERT INTO deals_deal (id, stage, stage_entered_at, is_opening, version, extra, created_at,
    updated_at, last_activity_at, name, amount, currency, expected_close, source, intent_level,
    budget_range, competitor, customer_id, owner_id, unit_id)
SELECT n, stage, at, false, 1, '{{}}', at, at, at, name, amount, 'CNY',
    (at + make_interval(days => (random() * 300)::int))::date, 'exhibition', 'high',
    'over_2m', '友商', customer_id, owner_id, unit_id
FROM fresh
"""
_TALLIES = """
INSERT INTO desk_tally (record_type, stage, unit_id, owner_id, count, amount)
SELECT 'customer', '', unit_id, owner_id, count(*), 0 FROM customers_customer
WHERE id >= %(first_customer)s GROUP BY unit_id, owner_id
UNION ALL
SELECT 'deal', stage, unit_id, owner_id, count(*), sum(amount) FROM deals_deal
WHERE id >= %(first)s GROUP BY stage, unit_id, owner_id
"""
_TICKS = """
INSERT INTO process_tick (record_id, item)
SELECT id, item FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS id,
    unnest(%(ticks)s::text[]) AS item
"""
_DOCUMENTS = """
INSERT INTO files_attachment (record_id, kind, name, content_type, format, size, sha256,
    stored_as, thumbnail_as, taken)
SELECT id, kind, kind || '.pdf', 'application/pdf', 'pdf', 1000, md5(kind || id), kind || id,
    '', '{}'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS id,
    unnest(%(documents)s::text[]) AS kind
"""
