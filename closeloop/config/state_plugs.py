"""What figures are told of how things stand: dormant leads, late deals, missing fields, cycles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.deals.pace import cycle, norms, updating
from closeloop.engine.blueprint import FieldItem, StageKind
from closeloop.engine.metrics import Threshold
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.leads.channels import figures as channels
from closeloop.leads.channels import spending, standard
from closeloop.metrics.sources import Sources, Sql, StandingSource, Within
from closeloop.org import queries as org
from closeloop.process import blueprints
from closeloop.records.types import registry

OWN = {"zh-CN": "公司设定（第 {number} 版）", "en-US": "Set by the company (version {number})"}
SHIPPED = {
    "zh-CN": "需求基准（系统预设）",
    "en-US": "The requirement's norm (default)",
}
Rows = Callable[[Within], Sql]
UNKNOWN = {"zh-CN": "未注明", "en-US": "Not given"}
MOST_LINKS = 6
"""A funnel's links are counted by their number: which steps they are, the pack says."""


def plug(sources: Sources) -> None:
    """Let figures count how things stand, by the rules of the screens that show the same."""
    sources.stand(StandingSource("open_leads", _open_leads))
    sources.stand(StandingSource("leads_touched", _of_leads("touched"), is_dated=True))
    sources.stand(StandingSource("leads_wasted", _of_leads("wasted", spared=True), is_dated=True))
    for number in range(1, MOST_LINKS + 1):
        sources.stand(StandingSource(f"funnel_{number}", _link(number), is_dated=True))
        sources.norms[f"funnel.{number}"] = partial(_funnel_norm, number)
    sources.stand(StandingSource("timed_deals", _timed_deals))
    sources.stand(StandingSource("required_fields", _required_fields))
    sources.stand(StandingSource("won_deals", _won_deals, is_dated=True))
    sources.stand(StandingSource("won_amounts", _won_amounts, is_dated=True))
    sources.stand(StandingSource("customer_levels", _customer_levels))
    sources.names |= {"lead_channels": _channels, "customer_levels": _levels}
    sources.norms |= {
        "deal_norms.cycle": lambda: _deal_norm(norms.CYCLE),
        "deal_norms.updated": lambda: _deal_norm(norms.UPDATED),
    }


def _open_leads(within: Within) -> Sql:
    """Open leads: met when something was done about them within the days of dormancy (A10)."""
    by = standard.current()
    where, values = within.where("r")
    return (
        "SELECT r.id, r.id AS record_id, r.last_activity_at AS at, r.owner_id, r.unit_id,"
        " coalesce(r.source, '') AS kind, r.last_activity_at"
        " >= %(now)s - make_interval(days => %(dormant_days)s) AS is_met, NULL::numeric AS value"
        f" FROM {registry.get(standard.LEAD).table} r"
        f" WHERE r.deleted_at IS NULL AND r.stage = ANY(%(open_stages)s) AND {where}",
        {
            **values,
            "now": within.now,
            "dormant_days": by.dormant_after_days,
            "open_stages": by.stages_of(StageKind.OPEN),
        },
    )


def _of_leads(figure: str, *, spared: bool = False) -> Rows:
    """Leads that came in the period: met when the channel board counts them in a figure (A09), or
    when they were spared it.
    """
    return lambda within: _facts(within, figure, "TRUE", spared=spared)


def _link(number: int) -> Rows:
    """Leads that reached the link before this one of the funnel: met when they went on (A06)."""

    def rows(within: Within) -> Sql:
        links = standard.current().links
        if number > len(links):
            return _facts(within, channels.ALL, "FALSE")
        return _facts(within, links[number - 1].key, f"f.reached >= {number - 1}")

    return rows


def _facts(within: Within, figure: str, among: str, *, spared: bool = False) -> Sql:
    by = standard.current()
    is_met = channels.conditions(by)[figure]
    sql, values = channels.facts(
        channels.Period(within.since, within.until),
        by,
        org.access_of(within.actor),
        within.where("r"),
        channels.columns_of(f"{is_met} {among}"),
    )
    return (
        f"{sql} SELECT f.id, f.id AS record_id, f.created_at AS at, f.owner_id, f.unit_id,"
        f" f.channel AS kind, ({is_met}) IS {not spared} AS is_met,"
        f" NULL::numeric AS value FROM facts f WHERE {among}",
        values,
    )


def _timed_deals(within: Within) -> Sql:
    """Open deals whose stage has a limit: met while they are within it, or wait (C15)."""
    where, values = within.where("d")
    sql, given = _named(*updating.timed(within.now, where, ()))
    return (
        "SELECT f.id, f.id AS record_id, coalesce(f.stage_entered_at, '2000-01-01') AS at,"
        " f.owner_id, f.unit_id, f.stage AS kind, NOT f.is_late AS is_met, NULL::numeric AS value"
        f" FROM ({sql}) f WHERE f.clocks > 0",
        {**values, **given},
    )


def _won_deals(within: Within) -> Sql:
    """Deals won in the period, with the days from their creation until then (C21)."""
    where, values = within.where("d")
    sql, given = _named(*cycle.won(cycle.Period(within.since, within.until)))
    return (
        "SELECT f.id, f.id AS record_id, f.won_at AS at, f.owner_id, f.unit_id, '' AS kind,"
        f" NULL::boolean AS is_met, f.days AS value FROM ({sql} AND {where}) f",
        {**values, **given},
    )


def _won_amounts(within: Within) -> Sql:
    """Deals won in the period, with their amount in the currency of the company (G08)."""
    where, values = within.where("d")
    sql, given = _named(*cycle.won(cycle.Period(within.since, within.until)))
    return (
        "SELECT f.id, f.id AS record_id, f.won_at AS at, f.owner_id, f.unit_id, '' AS kind,"
        f" NULL::boolean AS is_met, w.amount AS value FROM ({sql} AND {where}) f"
        f" JOIN {registry.get(DEAL.key).table} w ON w.id = f.id"
        " WHERE w.amount IS NOT NULL AND w.currency = %(currency)s",
        {**values, **given, "currency": spending.currencies()[0]},
    )


def _required_fields(within: Within) -> Sql:
    """Open deals: met when no field is empty that is required, or that a gate passed asked for."""
    specs = fields.specs_of(DEAL.key)
    version = blueprints.current_of(DEAL.key)
    wanted = {key for key, spec in specs.items() if spec.is_required}
    filled, given = dict[str, str](), dict[str, Any]()
    for stage in version.stages if version else ():
        wanted |= {item.field for item in stage.entry if isinstance(item, FieldItem)}
        if stage.kind == StageKind.OPEN:
            conditions = [_filled(specs[key], given) for key in sorted(wanted & specs.keys())]
            filled[stage.key] = " AND ".join(conditions) or "TRUE"
        wanted |= {item.field for item in stage.exit if isinstance(item, FieldItem)}
    where, values = within.where("r")
    cases = " ".join(
        f"WHEN %(stage_{place})s THEN {condition}"
        for place, condition in enumerate(filled.values())
    )
    given |= {f"stage_{place}": key for place, key in enumerate(filled)}
    return (
        "SELECT r.id, r.id AS record_id, coalesce(r.stage_entered_at, r.created_at) AS at,"
        f" r.owner_id, r.unit_id, r.stage AS kind, CASE r.stage {cases} ELSE TRUE END AS is_met,"
        f" NULL::numeric AS value FROM {registry.get(DEAL.key).table} r"
        f" WHERE r.deleted_at IS NULL AND r.stage = ANY(%(open_stages)s) AND {where}",
        {**values, **given, "open_stages": list(filled)},
    )


def _filled(spec: FieldSpec, given: dict[str, Any]) -> str:
    source = fields.column_of(spec)
    sql, values = _named(source.sql, source.params, prefix=f"field_{spec.key}_")
    given |= values
    return f"cardinality({sql}) > 0" if spec.type == "choices" else f"{sql} IS NOT NULL"


def _customer_levels(within: Within) -> Sql:
    """Customers that have a level, by it (G10)."""
    where, values = within.where("r")
    return (
        "SELECT r.id, r.id AS record_id, r.created_at AS at, r.owner_id, r.unit_id,"
        " r.level AS kind, NULL::boolean AS is_met, NULL::numeric AS value"
        f" FROM {registry.get(CUSTOMER.key).table} r"
        f" WHERE r.deleted_at IS NULL AND r.level IS NOT NULL AND {where}",
        values,
    )


def _named(sql: str, params: Sequence[Any], prefix: str = "given_") -> Sql:
    """The statement's positional parameters under names."""
    for place in range(len(params)):
        sql = sql.replace("%s", f"%({prefix}{place})s", 1)
    return sql, {f"{prefix}{place}": value for place, value in enumerate(params)}


def _deal_norm(key: str) -> Threshold | None:
    norm = norms.of(key)
    return _threshold(norm.normal, norm.abnormal, norm.source, norm.number)


def _funnel_norm(number: int) -> Threshold | None:
    links = standard.current().links
    if number > len(links) or links[number - 1].key not in standard.shipped():
        return None
    norm = standard.norm_of(links[number - 1].key)
    return _threshold(norm.normal, norm.abnormal, norm.source, norm.number)


def _threshold(
    normal: float | None, abnormal: float | None, source: str, number: int
) -> Threshold | None:
    if normal is None or abnormal is None:
        return None
    words: Mapping[str, str] = SHIPPED
    if source == "own":
        words = {language: text.format(number=number) for language, text in OWN.items()}
    return Threshold(good=normal, bad=abnormal, source=words)


def _channels() -> Mapping[str, Mapping[str, str]]:
    return {**spending.channels(), channels.UNKNOWN: UNKNOWN}


def _levels() -> Mapping[str, Mapping[str, str]]:
    spec = fields.specs_of(CUSTOMER.key).get("level")
    return {choice.key: choice.name for choice in (spec.choices if spec else ())}
