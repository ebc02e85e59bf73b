"""Reading pools: what lies in them, who had it before, how much somebody may still claim."""

from closeloop.pool.queries.allowances import Allowance, allowance_of, allowances_of, today_began
from closeloop.pool.queries.listing import (
    Ask,
    Lying,
    StayPage,
    count_of,
    counts_of,
    lying,
    page_of,
    shown_fields,
)
from closeloop.pool.queries.settings import (
    Preview,
    all_pools,
    catalogue,
    checked,
    contact_fields,
    current_version,
    known_for,
    pool_by_id,
    preview,
    said,
)
from closeloop.pool.queries.stays import history_of, last_stay, open_stay, protected_until

__all__ = [
    "Allowance",
    "Ask",
    "Lying",
    "Preview",
    "StayPage",
    "all_pools",
    "allowance_of",
    "allowances_of",
    "catalogue",
    "checked",
    "contact_fields",
    "count_of",
    "counts_of",
    "current_version",
    "history_of",
    "known_for",
    "last_stay",
    "lying",
    "open_stay",
    "page_of",
    "pool_by_id",
    "preview",
    "protected_until",
    "said",
    "shown_fields",
    "today_began",
]
