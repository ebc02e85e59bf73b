"""Merging leads and undoing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.desk import rows
from closeloop.desk.queries import locked_row
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.identity.actor import Actor
from closeloop.leads import errors
from closeloop.leads.identities import actions as identities
from closeloop.leads.identities import kinds
from closeloop.leads.merging import queries, signs
from closeloop.leads.merging.carriers import carriers
from closeloop.leads.merging.signs import Evidence
from closeloop.leads.models import Lead, Merge, MergedLead
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.pool import rights as pool
from closeloop.records.models import RecordRow
from closeloop.records.types import registry

LEAD = "lead"
MOST = 20


@dataclass(frozen=True)
class MergeAsk:
    """Which leads become one. `choices`: field -> the lead whose value stays."""

    winner_id: int
    loser_ids: tuple[int, ...]
    choices: Mapping[str, int] = field(default_factory=dict)
    why: str = ""


@transaction.atomic
def merge(ask: MergeAsk, *, actor: Actor) -> Merge:
    """Make several leads one: the winner stays, the others are removed and can be brought back.

    Fields that nobody chose keep the winner's value, or take the first of the others' where it has
    none. Raises RecordNotFound, NotAllowed (each must be editable), MergeInvalid, AlreadyConverted,
    ClaimFirst (a pool masks what the merge would bring together).
    """
    losers = tuple(dict.fromkeys(ask.loser_ids))
    record_type = registry.get(LEAD)
    locked = {
        lead_id: locked_row(record_type, lead_id, actor=actor, verb=Verb.EDIT)
        for lead_id in sorted({ask.winner_id, *losers[: MOST + 1]})
    }
    if not losers or len(losers) > MOST or ask.winner_id in losers:
        raise errors.MergeInvalid({"most": MOST})
    found = {lead_id: rows.values_of(record_type, row) for lead_id, row in locked.items()}
    _refuse_converted(losers)
    _refuse_unclaimed(locked, actor)
    winner, others = found[ask.winner_id], [found[lead_id] for lead_id in losers]
    changes = _chosen(ask, found, losers)
    doubts = signs.signs_of(
        Evidence(
            winner=winner,
            losers=others,
            by_same_person=queries.lately_by(actor.user_id) + 1,
            grade=winner.get("grade"),
        )
    )
    if changes:
        desk.change_record(
            LEAD, ask.winner_id, changes, expected_version=None, actor=actor, via="merge"
        )
    known = [each for values in others for each in kinds.of_values(values)]
    moved = carriers.move(losers, ask.winner_id)
    identities.remember(ask.winner_id, known)
    for lead_id in losers:
        desk.remove_record(LEAD, lead_id, actor=actor, via="merge", verb=Verb.EDIT)
    row = Merge.objects.create(
        winner_id=ask.winner_id,
        by_id=actor.user_id,
        why=ask.why.strip(),
        changed={
            key: [canonical.stored(winner.get(key)), canonical.stored(value)]
            for key, value in changes.items()
        },
        carried={key: [list(pair) for pair in pairs] for key, pairs in moved.items()},
        signs=doubts,
    )
    MergedLead.objects.bulk_create([MergedLead(merge=row, lead_id=each) for each in losers])
    _record("lead.merged", row, locked[ask.winner_id].unit_id, losers, actor=actor)
    return row


@transaction.atomic
def unmerge(merge_id: int, *, actor: Actor) -> Merge:
    """Undo a merge: the removed leads are back with what was theirs.

    A field of the winner goes back where nobody has changed it since. Raises MergeNotFound,
    MergeUndone, RecordRemoved (the winner went into another lead since: undo that first).
    """
    row = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if row is None:
        raise errors.MergeNotFound({"id": merge_id})
    if row.undone_at is not None:
        raise errors.MergeUndone({"id": merge_id})
    record_type = registry.get(LEAD)
    winner = locked_row(record_type, row.winner_id, actor=actor, verb=Verb.EDIT)
    losers = tuple(row.losers.order_by("pk").values_list("lead_id", flat=True))
    for lead_id in losers:
        desk.restore_record(LEAD, lead_id, actor=actor, via="unmerge", verb=Verb.EDIT)
    present = rows.values_of(record_type, winner)
    back = {
        key: before
        for key, (before, after) in row.changed.items()
        if key in present and canonical.stored(present[key]) == after
    }
    if back:
        desk.change_record(
            LEAD, row.winner_id, back, expected_version=None, actor=actor, via="unmerge"
        )
    carriers.move_back(row.carried)
    identities.forget(row.winner_id, _of_losers(losers))
    row.undone_at, row.undone_by_id = Now(), actor.user_id
    row.save(update_fields=["undone_at", "undone_by"])
    row.losers.update(is_undone=True)
    row.refresh_from_db()
    _record("lead.unmerged", row, winner.unit_id, losers, actor=actor)
    return row


def _refuse_unclaimed(locked: Mapping[int, RecordRow], actor: Actor) -> None:
    access = org.access_of(actor)
    masking = [
        lead_id
        for lead_id, row in locked.items()
        if pool.masked_fields(LEAD, access, owner_id=row.owner_id, unit_id=row.unit_id)
    ]
    if masking:
        raise errors.ClaimFirst({"leads": masking})


def _chosen(
    ask: MergeAsk, found: Mapping[int, Mapping[str, Any]], losers: Sequence[int]
) -> dict[str, Any]:
    """The winner's values that change, in canonical form."""
    winner = found[ask.winner_id]
    specs = fields.specs_of(LEAD)
    wrong = [key for key in ask.choices if key not in specs or ask.choices[key] not in found]
    if wrong:
        raise errors.MergeInvalid({"most": MOST, "fields": sorted(wrong)})
    changes: dict[str, Any] = {}
    for key, spec in specs.items():
        if spec.is_computed:
            continue
        if key in ask.choices:
            value = found[ask.choices[key]].get(key)
        elif canonical.is_empty(winner.get(key)):
            value = next(
                (each for one in losers if not canonical.is_empty(each := found[one].get(key))),
                None,
            )
        else:
            continue
        if canonical.stored(value) != canonical.stored(winner.get(key)):
            changes[key] = canonical.stored(value)
    return changes


def _refuse_converted(lead_ids: Sequence[int]) -> None:
    converted = Lead.objects.filter(pk__in=lead_ids, converted_at__isnull=False).first()
    if converted is not None:
        raise errors.AlreadyConverted(
            {"customer_id": converted.customer_id, "deal_id": converted.deal_id}
        )


def _of_losers(lead_ids: Sequence[int]) -> list[kinds.Known]:
    record_type = registry.get(LEAD)
    return [
        each
        for row in Lead.objects.filter(pk__in=lead_ids)
        for each in kinds.of_values(rows.values_of(record_type, row))
    ]


def _record(
    verb: str, row: Merge, unit_id: int | None, losers: Sequence[int], *, actor: Actor
) -> None:
    activity.record(
        Happening(
            verb=verb,
            record_id=row.winner_id,
            record_type=LEAD,
            unit_id=unit_id,
            data={
                "merge_id": row.pk,
                "from_ids": list(losers),
                "count": len(losers),
                "by": row.by_id,
                "why": row.why or "—",
            },
        ),
        actor=actor,
    )
