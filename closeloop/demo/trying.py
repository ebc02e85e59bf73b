"""What the demo company tries in one region first: a clock, and the pilot by which it is judged."""

from __future__ import annotations

from datetime import date, timedelta

from closeloop.demo.organising import Organisation
from closeloop.engine.facts import UNITS
from closeloop.metrics.actions import piloting
from closeloop.metrics.actions.piloting import Plan
from closeloop.sla import actions as sla

DAYS = 28
"""For how long it has been tried."""
CLOCK, STAGE = "quotation_answer", "quotation"
JUDGED_BY = ("quotation_conversion", "stage_overstay", "penetration", "contacts")


def try_out(organisation: Organisation, *, today: date) -> None:
    """Two working days to ask about a quotation, in the second region alone.

    A company of one region tries nothing: it has nobody to compare with.
    """
    if len(organisation.directors) < 2:
        return
    region, ops = organisation.directors[1].unit_id, organisation.staff["ops"].actor
    sla.publish(_clock(region), actor=ops)
    plan = Plan(
        name="报价后两个工作日内回访",
        about={"kind": "policy", "key": CLOCK},
        note="报价发出后两个工作日内必须联系客户并写明反馈，先在一个大区试行四周，再决定是否全国推广。",
        unit_id=region,
        line="",
        since=today - timedelta(days=DAYS),
        until=None,
        metrics=JUDGED_BY,
    )
    piloting.begin(plan, actor=ops)


def _clock(region: int) -> dict[str, object]:
    inside = {"field": UNITS, "operator": "contains", "value": str(region)}
    scope = {"combinator": "and", "rules": [inside]}
    return {
        "key": CLOCK,
        "name": {"zh-CN": "报价后回访", "en-US": "Asking about a quotation"},
        "about": "deal",
        "opens": [{"verb": "deal.stage_entered", "where": {"to": STAGE}, "when": scope}],
        "closes": [{"verb": "followup.recorded", "where": {"effective": True}}],
        "cancels": [{"verb": "deal.stage_entered"}],
        "target": {"days": 2, "time": "working"},
        "steps": [{"key": "due", "after": {"days": 2}, "to": ["owner", "superior"]}],
    }
