"""Remembering by what a person is known."""

from collections.abc import Collection, Sequence

from closeloop.edge import statements
from closeloop.leads.identities.kinds import Known
from closeloop.leads.models import Identity

_REMEMBER = """
    INSERT INTO leads_identity (kind, value, name, lead_id, at)
    SELECT kind, value, name, %s, now()
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS given(kind, value, name)
    ON CONFLICT (kind, value, name) DO NOTHING
"""


def remember(lead_id: int, known: Collection[Known]) -> None:
    """Know a lead by these from now on; what names another lead already keeps naming it."""
    given = sorted(known)
    if given:
        statements.rows(
            f"{_REMEMBER} RETURNING id",
            [
                lead_id,
                [each.kind for each in given],
                [each.value for each in given],
                [each.name for each in given],
            ],
        )


def move(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """Let what named some leads name another; gives each moved identity with its lead of before."""
    rows = Identity.objects.filter(lead_id__in=from_ids)
    moved = list(rows.values_list("pk", "lead_id"))
    rows.update(lead_id=to_id)
    return moved


def move_back(moved: Collection[Sequence[int]]) -> None:
    """Undo a move: each identity names the lead of before again."""
    for number, lead_id in moved:
        Identity.objects.filter(pk=number).update(lead_id=lead_id)


def forget(lead_id: int, known: Collection[Known]) -> None:
    """Know a lead by these no more."""
    for each in known:
        Identity.objects.filter(
            lead_id=lead_id, kind=each.kind, value=each.value, name=each.name
        ).delete()
