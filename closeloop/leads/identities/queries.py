"""Who the person is: the leads that some identities name."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from closeloop.edge import statements
from closeloop.leads.identities import kinds
from closeloop.leads.identities.kinds import Known
from closeloop.leads.models import Identity

_HOLD = """
    SELECT pg_advisory_xact_lock(one.number) FROM (
        SELECT DISTINCT hashtextextended('lead identity ' || given, 0) AS number
        FROM unnest(%s::text[]) AS given ORDER BY 1
    ) one
"""
_COLUMNS = {
    kinds.PHONE: "l.phone = %s",
    kinds.LANDLINE: "l.phone = %s AND lower(l.name) = %s",
    kinds.EMAIL: "l.email = %s",
    kinds.WECHAT: "lower(l.wechat) = %s",
}
_SAME_COMPANY = """
    SELECT id FROM leads_lead
    WHERE company = %s AND deleted_at IS NULL AND NOT (id = %s) ORDER BY id LIMIT 5
"""


@dataclass(frozen=True)
class Match:
    """A lead that some identities name, with the kinds that name it."""

    lead_id: int
    kinds: tuple[str, ...]


def hold(known: Collection[Known]) -> None:
    """Have these identities to oneself until the transaction ends.

    Whoever takes in the same person meanwhile waits here, and then finds the lead. The locks are
    taken in one order, so two can never wait for each other.
    """
    if known:
        statements.rows(_HOLD, [sorted(each.key for each in known)])


def matches(known: Collection[Known]) -> list[Match]:
    """The leads, removed ones apart, that identities name: the surest first, then the oldest."""
    pieces: list[str] = []
    params: list[Any] = []
    for each in sorted(known):
        if each.kind in _COLUMNS:
            pieces.append(
                f"SELECT l.id, '{each.kind}' FROM leads_lead l"
                f" WHERE {_COLUMNS[each.kind]} AND l.deleted_at IS NULL"
            )
            params += [each.value, *([each.name] if each.kind == kinds.LANDLINE else [])]
        pieces.append(
            "SELECT i.lead_id, i.kind FROM leads_identity i JOIN leads_lead l ON l.id = i.lead_id"
            " WHERE i.kind = %s AND i.value = %s AND i.name = %s AND l.deleted_at IS NULL"
        )
        params += [each.kind, each.value, each.name]
    if not pieces:
        return []
    found: dict[int, set[str]] = {}
    for lead_id, kind in statements.rows(" UNION ".join(pieces), params):
        found.setdefault(lead_id, set()).add(kind)
    ranked = sorted(found.items(), key=lambda item: (kinds.strongest(item[1]), item[0]))
    return [Match(lead_id, tuple(sorted(named))) for lead_id, named in ranked]


def of_same_company(company: str, *, besides: int) -> list[int]:
    """A few other leads of a company: a hint, never a reason to call two people one."""
    return [row[0] for row in statements.rows(_SAME_COMPANY, [company, besides])]


def remembered(lead_id: int) -> list[Known]:
    """By what a lead is known beyond its own fields."""
    rows = Identity.objects.filter(lead_id=lead_id).order_by("kind", "value")
    return [Known(row.kind, row.value, row.name) for row in rows]
