"""What may become of records beside the end of their process: a stage reached, a deal won."""

from collections.abc import Sequence

from closeloop.desk.deriving import derivers
from closeloop.engine.blueprint import StageKind
from closeloop.fields import queries as fields
from closeloop.leads.channels import standard
from closeloop.process import blueprints
from closeloop.process.blueprints import Loaded
from closeloop.process.models import Version
from closeloop.records.types import registry
from closeloop.scoring.plugs import Result

DEAL_WON = {"zh-CN": "成交（带来的商机赢单）", "en-US": "A deal of it is won"}
_REACHED = """
    SELECT r.id, CASE WHEN v.at IS NOT NULL THEN 1 ELSE 0 END, coalesce(v.at, r.stage_entered_at)
    FROM {table} r LEFT JOIN (
        SELECT record_id, min(entered_at) AS at FROM process_visit WHERE stage = ANY(%s)
        GROUP BY record_id
    ) v ON v.record_id = r.id
    WHERE v.at IS NOT NULL OR r.stage = ANY(%s)
"""
_SOLD = """
    SELECT r.id, CASE WHEN bool_or(d.stage = ANY(%s)) THEN 1 ELSE 0 END,
           coalesce(r.converted_at, r.stage_entered_at)
    FROM {leads} r LEFT JOIN {deals} d
      ON (d.lead_id = r.id OR d.id = r.deal_id) AND d.deleted_at IS NULL
    WHERE r.stage = ANY(%s) OR d.id IS NOT NULL
    GROUP BY r.id, r.converted_at, r.stage_entered_at
    HAVING bool_or(d.stage = ANY(%s)) OR NOT coalesce(bool_or(d.stage = ANY(%s)), false)
"""


def results_of(about: str) -> Sequence[Result]:
    """Each open stage after the first one that a record may reach; of leads, a deal that is won.

    What is lost before it reaches the stage has not; what is still under way says nothing.
    """
    version = blueprints.current_of(about)
    if version is None:
        return ()
    reached = [
        _reached(about, version, place)
        for place, stage in enumerate(version.stages)
        if stage.kind is StageKind.OPEN and stage.key != version.blueprint.initial
    ]
    return [*reached, _sold(version)] if about == standard.LEAD else reached


def asked_by_gates(about: str) -> frozenset[str]:
    """The fields for which any gate after creation asks, in whichever version a record ran.

    Whoever advanced has them all, whoever did not often lacks them: they tell how it ended. So
    does what is derived from one of them.
    """
    asked = _asked_before(_versions(about), None)
    deriver = derivers.of(about)
    return asked | {deriver.field} if deriver and asked.intersection(deriver.sources) else asked


def _reached(about: str, version: Loaded, place: int) -> Result:
    stage = version.stages[place]
    onward = [
        each.key for each in version.stages[place:] if each.kind in (StageKind.OPEN, StageKind.WON)
    ]
    return Result(
        key=f"reached.{stage.key}",
        name={language: f"→ {name}" for language, name in stage.name.items()},
        sql=_REACHED.format(table=registry.get(about).table),
        params=[onward, _lost(version)],
        betrayed_by=_asked_before([version], {each.key for each in version.stages[: place + 1]}),
    )


def _sold(version: Loaded) -> Result:
    by = standard.current()
    won, still_open = list(by.won_deals), list(by.open_deals)
    tables = {key: registry.get(kind).table for key, kind in _TABLES.items()}
    return Result(
        key="deal",
        name=DEAL_WON,
        sql=_SOLD.format(**tables),
        params=[won, _lost(version), won, still_open],
        betrayed_by=asked_by_gates(standard.LEAD),
    )


_TABLES = {"leads": standard.LEAD, "deals": standard.DEAL}


def _lost(version: Loaded) -> list[str]:
    return [stage.key for stage in version.stages if stage.kind is StageKind.LOST]


def _versions(about: str) -> list[Loaded]:
    """Every version that a process of a type was published in: records still run in old ones."""
    found = Version.objects.filter(blueprint__record_type=about).values_list("pk", flat=True)
    return [blueprints.loaded(each) for each in found.order_by("pk")]


def _asked_before(versions: Sequence[Loaded], targets: set[str] | None) -> frozenset[str]:
    """The fields for which gates ask on the way to some stages (None: to any): who got there has
    them all.
    """
    return frozenset(
        key.removeprefix(fields.PREFIX)
        for version in versions
        for (_, target), move in version.compiled.moves.items()
        if targets is None or target in targets
        for key in move.fact_keys
        if key.startswith(fields.PREFIX)
    )
