"""Every metric of the standard pack in SQL of its own, written from the words of its definition.

Nothing of the product is called: raw tables come in, the things of each metric go out. A thing has
`hits`, what it adds to the upper part, and `whole`, what it adds to the lower one (NULL: the metric
has none). All of history is read each time; nothing knows of counts that are kept up.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.metrics import audit_approvals, audit_state
from tests.metrics.audit_said import Said

VIEWS = f"""
CREATE TABLE told AS SELECT $now::TIMESTAMPTZ AS now;
{audit_state.VIEWS}
{audit_approvals.VIEWS}
CREATE VIEW lasting AS  -- nothing took it back
    SELECT * FROM activity_entry WHERE id NOT IN (
        SELECT corrects_id FROM activity_entry WHERE corrects_id IS NOT NULL);

CREATE VIEW moves AS
    SELECT *, data->>'kind' AS way, data->>'from' AS gone, data->>'to' AS come
    FROM lasting WHERE verb = 'deal.stage_entered';

CREATE VIEW clocks AS  -- of whoever owed it when it fell due
    SELECT p.key AS policy, c.due_at, c.closed_at, c.state, c.record_id,
        if(c.handed_on_at IS NULL, c.owner_id, c.owed_by_id) AS person,
        if(c.handed_on_at IS NULL, c.unit_id, c.owed_in_id) AS unit,
        coalesce(c.closed_at < c.due_at, false) AND c.state <> 'cancelled' AS in_time
    FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id, told
    WHERE c.due_at <= told.now
        AND NOT (c.state = 'cancelled' AND c.closed_at <= c.due_at);

CREATE VIEW standing AS  -- follow-ups and drafts that no counted correction stands for
    SELECT f.*, f.state = 'counted' AND f.id NOT IN (
        SELECT followup_id FROM fieldwork_followupdoubt WHERE verdict = 'confirmed') AS effective
    FROM fieldwork_followup f, told
    WHERE f.moment <= told.now AND f.id NOT IN (
        SELECT corrects_id FROM fieldwork_followup
        WHERE corrects_id IS NOT NULL AND state = 'counted');

CREATE VIEW followed AS  -- a customer's effective follow-ups, each with the one after it
    SELECT customer_id, moment, next_at,
        row_number() OVER line AS place, lead(id) OVER line IS NOT NULL AS has_next
    FROM fieldwork_followup WHERE customer_id IS NOT NULL AND state = 'counted'
        AND id NOT IN (
            SELECT followup_id FROM fieldwork_followupdoubt WHERE verdict = 'confirmed')
        AND id NOT IN (
            SELECT corrects_id FROM fieldwork_followup
            WHERE corrects_id IS NOT NULL AND state = 'counted')
    WINDOW line AS (PARTITION BY customer_id ORDER BY moment, id);

CREATE VIEW begun AS  -- since when a customer has business that a week later still runs
    SELECT customer_id, min(created_at) AS moment FROM deals_deal
    WHERE customer_id IS NOT NULL
        AND NOT (stage IN ('payment', 'lost')
            AND stage_entered_at <= created_at + INTERVAL 7 DAY)
        AND NOT coalesce(deleted_at <= created_at + INTERVAL 7 DAY, false)
    GROUP BY customer_id;

CREATE VIEW fallen AS  -- when customers were to be followed up, and whether they were
    SELECT customer_id, coalesce(next_at, moment + INTERVAL 7 DAY) AS due_at, has_next AS done
    FROM followed
    UNION ALL
    SELECT b.customer_id, b.moment + INTERVAL 7 DAY, f.customer_id IS NOT NULL
    FROM begun b LEFT JOIN followed f ON f.customer_id = b.customer_id AND f.place = 1
    WHERE f.moment IS NULL OR f.moment >= b.moment;

CREATE TABLE given AS  -- customers that were given away: whose they were until then
    SELECT record_id, moment, id, (data->>'from_owner')::BIGINT AS person,
        (data->>'from_unit')::BIGINT AS unit
    FROM activity_entry WHERE verb = 'customer.assigned';

CREATE VIEW agreed AS
    SELECT d.due_at, d.done, coalesce(g.person, if(g.id IS NULL, c.owner_id, NULL)) AS person,
        coalesce(g.unit, if(g.id IS NULL, c.unit_id, NULL)) AS unit
    FROM fallen d CROSS JOIN told JOIN records_record c ON c.id = d.customer_id
    LEFT JOIN LATERAL (
        SELECT min_by(id, (moment, id)) AS id, min_by(person, (moment, id)) AS person,
            min_by(unit, (moment, id)) AS unit
        FROM given WHERE record_id = d.customer_id AND moment > d.due_at) g ON true
    WHERE d.due_at <= told.now AND NOT coalesce(c.deleted_at <= d.due_at, false);

CREATE VIEW problems AS  -- reported, and a day has gone by
    SELECT k.opened_at, k.unit_id, k.kind,
        coalesce((
            SELECT arg_max(t.to_id, (t.moment, t.id)) FROM support_turn t WHERE t.case_id = k.id
                AND t.what IN ('requested', 'assigned') AND t.moment <= k.due_at),
            k.requester_id) AS person,
        EXISTS (SELECT 1 FROM support_help h WHERE h.case_id = k.id AND h.is_substantive
            AND h.turned_down_at IS NULL AND h.moment <= k.due_at) AS helped
    FROM support_case k, told
    WHERE k.due_at <= told.now AND NOT coalesce(k.state = 'withdrawn' AND k.ended_at < k.due_at,
        false);
"""


_CLOCK = "SELECT due_at, person, unit, policy, in_time::INT, 1 FROM clocks WHERE policy IN ({})"
_MOVE = "SELECT moment, actor_id, unit_id, {kind}, {hits}, {whole} FROM moves WHERE {where}"


def _moves(where: str, *, kind: str = "''", hits: str = "1", whole: str = "NULL") -> str:
    return _MOVE.format(kind=kind, hits=hits, whole=whole, where=where)


def _created(verb: str) -> str:
    return f"SELECT moment, actor_id, unit_id, '', 1, NULL FROM lasting WHERE verb = '{verb}'"


def _used(kinds: str) -> str:
    return (
        "SELECT moment, actor_id, unit_id, '', 1, NULL FROM lasting"
        f" WHERE verb = 'playbook.used' AND data->>'kind' IN ({kinds})"
    )


FORWARD, BACK = "way = 'forward'", "way = 'back'"
PASSED, LEFT = "way IN ('forward', 'skip')", "way IN ('forward', 'skip', 'back', 'close')"
METRICS: Mapping[str, Said] = {
    "penetration": Said("SELECT due_at, person, unit, '', done::INT, 1 FROM agreed"),
    "process_on_time": Said(
        _CLOCK.format(
            "'approval_step', 'contract_approval', 'returned_case', 'exception_decision', "
            "'quotation_to_confirm', 'feedback_after_demo'"
        ),
        "deal",
    ),
    "problems_solved": Said(
        "SELECT opened_at, person, unit_id, kind, helped::INT, 1 FROM problems"
    ),
    "stage_overstay": Said(
        "SELECT due_at, person, unit, policy, (NOT in_time)::INT, 1 FROM clocks "
        "WHERE policy = 'stage_overstay'",
        "deal",
    ),
    "first_touch_on_time": Said(_CLOCK.format("'first_touch'"), "lead"),
    "effective_share": Said(
        "SELECT moment, author_id, unit_id, kind, effective::INT, 1 FROM standing"
    ),
    "contacts": Said(
        "SELECT moment, author_id, unit_id, kind, 1, NULL FROM standing WHERE effective"
    ),
    "quotation_conversion": Said(
        _moves(f"{LEFT} AND gone = 'quotation'", hits=f"({PASSED})::INT", whole="1"),
        "deal",
    ),
    "step_backs": Said(
        _moves(FORWARD, kind="come", hits="0", whole="1")
        + " UNION ALL "
        + _moves(BACK, kind="gone", whole="1"),
        "deal",
    ),
    "blocked_share": Said(
        _moves(FORWARD, kind="come", hits="0", whole="1")
        + " UNION ALL SELECT moment, actor_id, unit_id, data->>'to', 1, 1 FROM lasting "
        "WHERE verb = 'process.move_blocked' AND data->>'blueprint' = 'deal'",
        "deal",
    ),
    "new_leads": Said(_created("lead.created"), "lead"),
    "new_customers": Said(_created("customer.created")),
    "new_deals": Said(_created("deal.created"), "deal"),
    "moves_forward": Said(_moves(FORWARD, kind="come"), "deal"),
    "win_rate": Said(
        _moves(f"{FORWARD} AND come = 'payment'", whole="1")
        + " UNION ALL "
        + _moves("come = 'lost'", kind="gone", hits="0", whole="1"),
        "deal",
    ),
    "deals_won": Said(_moves(f"{FORWARD} AND come = 'payment'"), "deal"),
    "stage_stay": Said(
        _moves(LEFT, kind="gone", hits="(data->>'stayed_s')::DECIMAL(18, 6) / 86400", whole="1"),
        "deal",
    ),
    "stage_conversion": Said(_moves(LEFT, kind="gone", hits=f"({PASSED})::INT", whole="1"), "deal"),
    "concrete_texts": Said(
        "SELECT moment, author_id, unit_id, kind, (length(text) >= 8 AND id NOT IN ("
        "SELECT followup_id FROM fieldwork_followupdoubt WHERE verdict <> 'accepted'"
        " AND kind IN ('stock_phrase', 'copied_text')))::INT, 1 FROM standing WHERE effective"
    ),
    "talk_tracks_used": Said(_used("'talk_track'"), "deal"),
    "materials_used": Said(_used("'kit', 'pack', 'case', 'competitor'"), "deal"),
    **audit_state.METRICS,
    **audit_approvals.METRICS,
}
COVERAGE = """
    SELECT coalesce(region, t.unit), count(*), count(*) FILTER (covered),
        count(*) FILTER (NOT covered AND t.created_at >= $since)
    FROM (
        SELECT c.unit_id AS unit, c.owner_id AS person, 'customer' AS about, c.created_at,
            c.id IN (SELECT customer_id FROM followed WHERE moment >= $since) AS covered
        FROM customers_customer c
        WHERE c.deleted_at IS NULL AND c.id IN (
            SELECT customer_id FROM deals_deal
            WHERE deleted_at IS NULL AND stage NOT IN ('payment', 'lost'))
    ) t LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE {sees} GROUP BY 1
"""
"""By region: customers with an open deal, those followed up effectively since, and new ones."""
BATTLE = """
    SELECT coalesce(region, t.unit), t.stage, count(*), sum(coalesce(t.amount, 0)),
        count(*) FILTER (red)
    FROM (
        SELECT d.unit_id AS unit, d.owner_id AS person, 'deal' AS about, d.stage, d.amount,
            d.id IN (SELECT record_id FROM sla_clock
                WHERE closed_at IS NULL AND red_since IS NOT NULL) AS red
        FROM deals_deal d WHERE d.deleted_at IS NULL AND d.stage NOT IN ('payment', 'lost')
    ) t LEFT JOIN regions r ON r.unit = t.unit AND r.top = $top
    WHERE {sees} GROUP BY 1, 2
"""
"""By region and stage: open deals, what they are worth, and how many have a red clock."""
