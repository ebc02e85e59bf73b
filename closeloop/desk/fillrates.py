"""How many records have a value in each field (K10: at least 90 %)."""

from typing import Any

from django.db import connection

from closeloop.fields import queries as fields
from closeloop.fields.models import FieldAccess
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.types import registry

THRESHOLD = 0.9


def fill_rates(type_key: str, *, actor: Actor) -> list[dict[str, Any]]:
    """One row a field: filled and total among the records in reach; no rate without records."""
    record_type = registry.get(type_key)
    access = org.access_of(actor)
    allowed = fields.access_to(type_key, access)
    specs = [
        spec
        for key, spec in fields.specs_of(type_key).items()
        if allowed[key] != FieldAccess.HIDDEN
    ]
    columns, params = [], []
    for spec in specs:
        source = fields.column_of(spec)
        filled = "cardinality({}) > 0" if spec.type == "choices" else "{} IS NOT NULL"
        columns.append(f"count(*) FILTER (WHERE {filled.format(source.sql)})")
        params += list(source.params)
    where, scope = access.reach(type_key, Verb.READ).where("r")
    kind = " AND r.type_key = %s" if record_type.is_user_defined else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {', '.join(columns)} FROM {record_type.table} r"
            f" WHERE r.deleted_at IS NULL AND {where}{kind}",
            [*params, *scope, *([type_key] if kind else [])],
        )
        total, *counts = cursor.fetchone()
    return [
        {
            "field": spec.key,
            "name": spec.name,
            "filled": count,
            "total": total,
            "rate": round(count / total, 4) if total else None,
            "threshold": THRESHOLD,
        }
        for spec, count in zip(specs, counts, strict=True)
    ]
