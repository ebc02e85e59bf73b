"""Entering what a channel cost, withdrawing what was wrong; saying which shares are normal.

And, for who copies leads, having them know again which stages and grades they had.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.leads import errors
from closeloop.leads.channels import norms, spending, standard
from closeloop.leads.models import ChannelSpend, FunnelNorm
from closeloop.org import queries as org
from closeloop.org.access import Capability


@dataclass(frozen=True)
class NewSpend:
    """Money for a channel, both days counted."""

    channel: str
    first_day: date
    last_day: date
    amount: Decimal
    currency: str
    note: str = ""


def enter_spend(new: NewSpend, *, actor: Actor) -> ChannelSpend:
    """Note what a channel cost; raises SpendInvalid with the field at fault."""
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    if new.channel not in spending.channels():
        raise errors.SpendInvalid(_fault("channel", "choice_unknown", new.channel))
    if new.currency not in spending.currencies():
        raise errors.SpendInvalid(_fault("currency", "choice_unknown", new.currency))
    if new.last_day < new.first_day:
        raise errors.SpendInvalid(_fault("last_day", "span_backwards"))
    spend = ChannelSpend.objects.create(**vars(new), entered_by_id=actor.user_id)
    _record("channel_spend.entered", spend, actor)
    return spend


def withdraw_spend(spend_id: int, *, actor: Actor) -> None:
    """Take a wrong entry out of the sums; it stays readable in the audit log."""
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    spend = ChannelSpend.objects.select_for_update().filter(pk=spend_id, withdrawn_at=None).first()
    if spend is None:
        raise errors.SpendNotFound({"id": spend_id})
    spend.withdrawn_at, spend.withdrawn_by_id = Now(), actor.user_id
    spend.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("channel_spend.withdrawn", spend, actor)


def set_norm(
    link: str, *, normal: Decimal | None, abnormal: Decimal | None, note: str, actor: Actor
) -> FunnelNorm:
    """Say which share of those who reach the link before is normal at a link, and which abnormal;
    both None: what the pack says counts again.

    Raises LinkUnknown, NormInvalid (both or none; abnormal below normal; within 0 and 1).
    """
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    links = {each.key: each for each in standard.current().links}
    if link not in links:
        raise errors.LinkUnknown({"link": link})
    if (normal is None) != (abnormal is None):
        raise errors.NormInvalid(_fault("abnormal", "required"))
    if normal is not None and abnormal is not None and not 0 <= abnormal < normal <= 1:
        raise errors.NormInvalid(_fault("abnormal", "norm_order"))
    revisions.bump(norms.REVISION)
    before = norms.newest(link, standard.shipped()[link])
    row = FunnelNorm.objects.create(
        link=link,
        number=before.number + 1,
        normal=normal,
        abnormal=abnormal,
        note=note,
        set_by_id=actor.user_id,
    )
    data = {
        "link": link,
        "name": dict(links[link].name),
        "number": row.number,
        "before": [before.normal, before.abnormal],
        "after": [norms.share(normal), norms.share(abnormal)],
    }
    activity.record(Happening(verb="funnel.norm_set", data=data), actor=actor)
    return row


def _record(verb: str, spend: ChannelSpend, actor: Actor) -> None:
    data = {
        "spend_id": spend.pk,
        "channel": spend.channel,
        "first_day": spend.first_day.isoformat(),
        "last_day": spend.last_day.isoformat(),
        "amount": str(spend.amount),
        "currency": spend.currency,
        "note": spend.note,
    }
    activity.record(Happening(verb=verb, data=data), actor=actor)


def _fault(field: str, code: str, given: str = "") -> dict[str, object]:
    return {"errors": [{"field": field, "code": code, "given": given}]}


def recall_seen(*, from_id: int) -> None:
    """Have leads from an id on know every stage and grade that visits and activity tell of.

    A trigger keeps those of a lead that changes; of one that was copied it knows the last alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAGES_SEEN, [from_id])
        cursor.execute(_GRADES_SEEN, [from_id])


_STAGES_SEEN = """
    UPDATE leads_lead SET stages_seen = told.stages FROM (
        SELECT record_id, array_agg(stage ORDER BY first) AS stages FROM (
            SELECT record_id, stage, min(id) AS first FROM process_visit
            WHERE record_id >= %s GROUP BY record_id, stage
        ) visited GROUP BY record_id
    ) told WHERE leads_lead.id = told.record_id
"""
_GRADES_SEEN = """
    UPDATE leads_lead SET grades_seen = told.grades FROM (
        SELECT record_id, array_agg(grade ORDER BY first) AS grades FROM (
            SELECT record_id, data ->> 'to' AS grade, min(id) AS first FROM activity_entry
            WHERE verb = 'lead.graded' AND record_id >= %s AND data ->> 'to' IS NOT NULL
            GROUP BY record_id, data ->> 'to'
        ) graded GROUP BY record_id
    ) told WHERE leads_lead.id = told.record_id
"""
