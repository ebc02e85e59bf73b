"""Views that the demo company shares: what its managers look at every morning."""

from __future__ import annotations

from typing import Any

from closeloop.demo.organising import Organisation
from closeloop.desk import actions as desk
from closeloop.metrics.saved import actions as figures

_COLUMNS = {
    "deal": ("name", "customer", "amount", "expected_close", "intent_level", "competitor"),
    "lead": ("name", "company", "source", "intent_level", "product_interest", "phone"),
    "repair": ("name", "customer", "device_kind", "fault_kind", "urgency", "engineer"),
}


def share(organisation: Organisation) -> None:
    """Save the views that everybody sees, and some of the manager's and the seller's own."""
    ops = organisation.staff["ops"].actor
    team = organisation.teams[0]
    for place, (record_type, name, kind, rules, sort) in enumerate(_SHARED):
        desk.create_view(
            _values(record_type, name, kind, rules, sort) | {
                "visibility": "everyone", "position": place,
            },
            actor=ops,
        )  # fmt: skip
    for record_type, name, kind, rules, sort in _OF_THE_TEAM:
        desk.create_view(
            _values(record_type, name, kind, rules, sort) | {"visibility": "unit"},
            actor=team.manager.actor,
        )
    for record_type, name, kind, rules, sort in _OWN:
        view = desk.create_view(
            _values(record_type, name, kind, rules, sort), actor=team.sellers[0].actor
        )
        desk.pin_view(view.pk, is_pinned=True, actor=team.sellers[0].actor)
    for name, document in _FIGURES:
        figures.save(name, document, sharing="everyone", actor=ops)


def _values(
    record_type: str, name: str, kind: str, rules: list[dict[str, Any]], sort: str
) -> dict[str, Any]:
    return {
        "record_type": record_type,
        "name": name,
        "kind": kind,
        "columns": [{"field": key} for key in _COLUMNS[record_type]],
        "filter": {"combinator": "and", "rules": rules} if rules else None,
        "sort": sort,
    }


def _rule(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


View = tuple[str, str, str, list[dict[str, Any]], str]
_SHARED: tuple[View, ...] = (
    ("deal", "全部商机看板", "board", [], "-amount"),
    (
        "deal", "未来 30 天预计成交", "table",
        [_rule("expected_close", "between", ["today", "today+30d"])], "expected_close",
    ),
    ("deal", "预计成交已过期", "table", [_rule("expected_close", "<", "today")], "expected_close"),
    ("deal", "高意向", "table", [_rule("intent_level", "=", "high")], "-amount"),
    (
        "deal", "高意向停滞", "table",
        [_rule("intent_level", "=", "high"), _rule("row.last_activity_at", "<", "now-5d")],
        "last_activity_at",
    ),
    ("deal", "停留最久", "table", [], "stage_entered_at"),
    ("deal", "百万以上", "table", [_rule("amount", ">=", "1000000")], "-amount"),
    ("lead", "高意向线索", "table", [_rule("intent_level", "=", "high")], "-created_at"),
    ("lead", "线索看板", "board", [], "-created_at"),
    ("repair", "临床停用", "table", [_rule("urgency", "=", "clinical_stop")], "-created_at"),
)  # fmt: skip
_OF_THE_TEAM: tuple[View, ...] = (
    ("deal", "本组大单", "table", [_rule("amount", ">=", "800000")], "-amount"),
)
_OWN: tuple[View, ...] = (
    ("deal", "我的大单", "table", [_rule("amount", ">=", "500000")], "-amount"),
)
_FIGURES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "动作穿透率周趋势",
        {
            "metric": "penetration", "by": "week", "period": "days90",
            "compare": "previous", "chart": "line",
        },
    ),
    (
        "各团队有效跟进（周）",
        {
            "metric": "contacts", "by": "unit", "and_by": "week", "period": "days90",
            "chart": "matrix",
        },
    ),
    (
        "本季度赢单率排名",
        {"metric": "win_rate", "by": "person", "period": "quarter", "chart": "bars"},
    ),
)  # fmt: skip
