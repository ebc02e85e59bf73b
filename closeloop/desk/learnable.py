"""What a viewer may learn of rows, as SQL: filters, orders and sums go by this and by nothing else.

A field that is hidden from the viewer's role, or masked for it, is refused by name. One that only
some rows mask, because nobody owns them yet, is empty on those: whatever is asked about it, the
answer is the same whichever value lies there.
"""

from typing import Any

from closeloop.edge import statements
from closeloop.fields import queries as fields
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.org.access import Access
from closeloop.pool import covering
from closeloop.pool.covering import Condition
from closeloop.records.types import RecordType, registry


def is_told(record_type: str, key: str, access: Access) -> bool:
    """Whether the viewer may learn the values of a field, of some records at least."""
    width = fields.access_to(record_type, access).get(key)
    return width in (FieldAccess.EDIT, FieldAccess.READ)


def column(record_type: RecordType, spec: FieldSpec, access: Access) -> str:
    """A field over a row `r` without parameters; empty on the rows that mask it."""
    source = fields.column_of(spec)
    told = statements.bound(source.sql, list(source.params))
    covered = covering.covered_rows(record_type.key, (spec.key,), access, alias="r")
    if covered is None:
        return told
    return f"CASE WHEN {statements.bound(*covered)} THEN NULL ELSE {told} END"


def shut_rows(record_type: str, access: Access, alias: str) -> Condition | None:
    """The rows of which a search may know nothing but the title; None where of none."""
    keys = registry.get(record_type).search_fields
    if not keys:
        return None
    if any(not is_told(record_type, key, access) for key in keys):
        everywhere: list[Any] = []
        return "TRUE", everywhere
    return covering.covered_rows(record_type, keys, access, alias=alias)
