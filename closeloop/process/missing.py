"""A missing item as the API tells it (pure): flat, with the supplier's name and a link target."""

from collections.abc import Mapping
from typing import Any

_FIELD = "field."
SUPPLIERS: Mapping[str, Mapping[str, str]] = {
    "owner": {"zh-CN": "负责人", "en-US": "Owner"},
    "superior": {"zh-CN": "直属上级", "en-US": "Superior"},
    "presales": {"zh-CN": "售前", "en-US": "Presales"},
    "finance": {"zh-CN": "财务", "en-US": "Finance"},
    "legal": {"zh-CN": "法务", "en-US": "Legal"},
    "sales_ops": {"zh-CN": "销售运营", "en-US": "Sales operations"},
    "service": {"zh-CN": "售后服务", "en-US": "Service"},
    "customer": {"zh-CN": "客户", "en-US": "Customer"},
}


def as_row(item: Mapping[str, Any], *, hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The API's form of an engine item (`MissingItem.as_data`).

    `hidden` are fields whose values the reader must not learn: that they are missing is told, what
    stands in them is not.
    """
    what, why = _without(item["what"], hidden), item["why"]
    return {
        "item": item["item_key"],
        "kind": item["kind"],
        "name": item["name"],
        "expected": what["expected"],
        "actual": what["actual"],
        "rows": what["rows"],
        "supplier": item["supplier"],
        "supplier_name": _supplier_name(item["supplier"]),
        "where": item["where"],
        "link": None,
        "verdict": item["verdict"],
        "reason": item["reason"],
        "why": {
            "blueprint": why["blueprint"],
            "version": why["version"],
            "stage": why["stage"],
            "gate": why["side"],
            "words": why["words"],
        },
    }


def _without(what: Mapping[str, Any], hidden: frozenset[str]) -> Mapping[str, Any]:
    facts = {f"{_FIELD}{key}" for key in hidden}
    if not facts:
        return what
    actual = what["actual"]
    if isinstance(actual, Mapping):
        actual = {key: None if key in facts else value for key, value in actual.items()}
    rows = [{**row, "actual": None} if row["field"] in facts else row for row in what["rows"]]
    return {**what, "actual": actual, "rows": rows}


def _supplier_name(key: str) -> Mapping[str, str]:
    return SUPPLIERS.get(key, {"zh-CN": key, "en-US": key})
