"""A missing item as the API tells it (pure): flat, with the supplier's name and a link target."""

from collections.abc import Mapping
from typing import Any

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


def as_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """The API's form of an engine item (`MissingItem.as_data`)."""
    what, why = item["what"], item["why"]
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


def _supplier_name(key: str) -> Mapping[str, str]:
    return SUPPLIERS.get(key, {"zh-CN": key, "en-US": key})
