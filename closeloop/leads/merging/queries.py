"""Reading merges: what a merge would bring together, what was merged, what looks doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.desk import rows
from closeloop.desk.queries import visible_row
from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.leads.identities import kinds
from closeloop.leads.identities import queries as identities
from closeloop.leads.merging import signs
from closeloop.leads.merging.signs import Evidence
from closeloop.leads.models import Lead, Merge, MergedLead
from closeloop.org import queries as org
from closeloop.org.access import Access
from closeloop.pool import rights as pool
from closeloop.records import queries as records
from closeloop.records.models import Record, RecordRow
from closeloop.records.types import registry

LEAD = "lead"
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Candidate:
    """A lead that may be the same person, what says so, and the fields not to be told of it."""

    row: Lead
    kinds: tuple[str, ...]
    untold: frozenset[str]


def lately_by(user_id: int | None) -> int:
    """How many merges a person made within the last hour."""
    if user_id is None:
        return 0
    return Merge.objects.filter(by_id=user_id, at__gte=timezone.now() - signs.WITHIN).count()


def merged_into(lead_id: int) -> list[int]:
    """The leads that went into one, also by way of another; their history is its history."""
    found: list[int] = []
    ahead = [lead_id]
    while ahead:
        rows_ = MergedLead.objects.filter(merge__winner_id__in=ahead, is_undone=False)
        ahead = [each for each in rows_.values_list("lead_id", flat=True) if each not in found]
        found += ahead
    return found


def candidates(lead_id: int, *, actor: Actor) -> list[Candidate]:
    """Other leads that may be the same person: by number, mail, ids; by company as a hint."""
    row = visible_row(registry.get(LEAD), lead_id, actor=actor)
    values = rows.values_of(registry.get(LEAD), row)
    known = (*kinds.of_values(values), *identities.remembered(lead_id))
    named = {each.lead_id: each.kinds for each in identities.matches(known)}
    named.pop(lead_id, None)
    if values.get("company"):
        for other in identities.of_same_company(str(values["company"]), besides=lead_id):
            named.setdefault(other, ("company",))
    visible = records.visible_among(list(named)[:MOST_CANDIDATES], actor=actor)
    found = {each.pk: each for each in Lead.objects.filter(pk__in=visible).select_related("owner")}
    access = org.access_of(actor)
    own = untold_of(row, access)
    told: list[Candidate] = []
    for key, shared in named.items():
        if key in found:
            untold = untold_of(found[key], access)
            say = _told(shared, own | untold)
            if say:
                told.append(Candidate(found[key], say, untold))
    return told


def untold_of(row: RecordRow, access: Access) -> frozenset[str]:
    """The fields of a lead that the reader must not learn."""
    return pool.untold_fields(LEAD, access, owner_id=row.owner_id, unit_id=row.unit_id)


def _told(found: Sequence[str], untold: frozenset[str]) -> tuple[str, ...]:
    """What two leads share, without what would tell a value that the reader must not learn.

    Ids that a channel gave are nobody's secret; a number, a mail address or a company may be.
    """
    return tuple(
        kind
        for kind in found
        if kinds.TYPED.get(kind.partition(":")[0], kind.partition(":")[0]) not in untold
    )


def merge_of(merge_id: int) -> Merge | None:
    """A merge by its id."""
    return Merge.objects.select_related("winner", "by", "undone_by").filter(pk=merge_id).first()


def merges_of(lead_id: int) -> list[Merge]:
    """Every merge into a lead, and the one by which it went away, the newest first."""
    away = MergedLead.objects.filter(lead_id=lead_id).values("merge_id")
    found = Merge.objects.filter(Q(winner_id=lead_id) | Q(pk__in=away))
    return list(found.select_related("winner", "by", "undone_by").order_by("-pk")[:50])


def merges(
    *, is_doubtful: bool, cursor: str | None, limit: int
) -> tuple[list[tuple[Merge, list[dict[str, Any]]]], str | None]:
    """A page of merges with their signs, the newest first.

    Of the doubtful, at most the last 500 merges are looked through at once.
    """
    found = Merge.objects.select_related("winner", "by", "undone_by").order_by("-pk")
    if cursor:
        found = found.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    at_once = 500 if is_doubtful else limit + 1
    page = list(found[:at_once])
    judged = with_signs(page)
    shown = [each for each in judged if each[1] or not is_doubtful]
    if len(shown) > limit:
        return shown[:limit], cursors.encode(shown[limit - 1][0].pk)
    more = cursors.encode(page[-1].pk) if is_doubtful and len(page) == at_once else None
    return shown, more


def with_signs(found: Sequence[Merge]) -> list[tuple[Merge, list[dict[str, Any]]]]:
    """Merges with what was seen at the time and what happened after."""
    winners = {each.winner_id for each in found}
    graded: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(verb="lead.graded", record_id__in=winners).order_by("id"):
        graded.setdefault(entry.record_id or 0, []).append(entry)
    judged = []
    for each in found:
        after = [
            (entry.at, entry.data.get("from"), entry.data.get("to"))
            for entry in graded.get(each.winner_id, ())
            if entry.at >= each.at
        ]
        later = signs.signs_of(Evidence({}, (), 0, at=each.at, grades_after=after))
        judged.append((each, [*each.signs, *later]))
    return judged


def titles_of(found: Sequence[Merge]) -> dict[int, list[Record]]:
    """The leads that went away, by merge."""
    lines = MergedLead.objects.filter(merge__in=found).select_related("lead").order_by("pk")
    gone: dict[int, list[Record]] = {}
    for line in lines:
        gone.setdefault(line.merge_id, []).append(line.lead)
    return gone
