"""Reading channels, forms and what came through them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.capture import errors
from closeloop.capture.adapters import Setup
from closeloop.capture.kinds import KINDS, Kind
from closeloop.capture.models import Channel, FormVersion, State, Submission
from closeloop.edge import cursors, sealing
from closeloop.org.models import Unit

HEALTH = timedelta(days=30)
"""How far back the counts of a channel go."""
WAITING = (State.QUARANTINED, State.REFUSED)
_COUNTED = frozenset({"taken", "attached", "quarantined", "refused"})


@dataclass(frozen=True)
class Health:
    """What became of what a channel brought in the last 30 days."""

    taken: int = 0
    attached: int = 0
    quarantined: int = 0
    refused: int = 0


def purpose(channel_id: int) -> str:
    """To what a channel's secrets are bound."""
    return f"capture.channel.{channel_id}"


def channel_by_token(token: str, *, kind: str | None = None) -> Channel:
    """A channel that is switched on, by its public address; raises ChannelNotFound."""
    found = Channel.objects.filter(token=token, is_on=True)
    row = (found.filter(kind=kind) if kind else found).first()
    if row is None:
        raise errors.ChannelNotFound({"token": token[:40]})
    return row


def channel(channel_id: int) -> Channel:
    """A channel by its id; raises ChannelNotFound."""
    row = Channel.objects.select_related("unit", "owner").filter(pk=channel_id).first()
    if row is None:
        raise errors.ChannelNotFound({"id": channel_id})
    return row


def form_channel(channel_id: int) -> Channel:
    """A form's channel; raises ChannelNotFound."""
    row = channel(channel_id)
    if row.kind != Kind.FORM:
        raise errors.ChannelNotFound({"id": channel_id})
    return row


def channels() -> QuerySet[Channel]:
    """All channels, the newest last."""
    return Channel.objects.select_related("unit", "owner").order_by("pk")


def health_of(channel_ids: Collection[int]) -> dict[int, Health]:
    """What became of what came, by channel."""
    since = timezone.now() - HEALTH
    rows = Submission.objects.filter(channel_id__in=channel_ids, at__gte=since)
    counted: dict[int, dict[str, int]] = {}
    states = rows.values_list("channel_id", "state").annotate(number=Count("pk"))
    for channel_id, state, number in states:
        if state in _COUNTED:
            counted.setdefault(channel_id, {})[state] = number
    return {channel_id: Health(**found) for channel_id, found in counted.items()}


def setup_of(row: Channel) -> Setup:
    """What a channel's reader is given, with the secrets opened."""
    opened = {
        name: sealing.unseal(text, purpose=purpose(row.pk)) for name, text in row.sealed.items()
    }
    return Setup(
        settings={**{name: str(value) for name, value in row.settings.items()}, **opened},
        mapping=row.mapping,
        now_s=timezone.now().timestamp(),
    )


def unit_of(row: Channel) -> int | None:
    """Whose leads a channel brings: its unit's, else head office's."""
    if row.unit_id is not None:
        return row.unit_id
    top = Unit.objects.filter(parent=None, is_active=True).order_by("pk")
    return top.values_list("pk", flat=True).first()


def current_form(row: Channel) -> FormVersion | None:
    """The form as it is published now."""
    return FormVersion.objects.filter(channel=row).order_by("-number").first()


def current_numbers(channel_ids: Collection[int]) -> dict[int, int]:
    """The number of each form's published version."""
    rows = FormVersion.objects.filter(channel_id__in=channel_ids).order_by("number")
    return dict(rows.values_list("channel_id", "number"))


def submission(submission_id: int) -> Submission:
    """Something that came, with its channel; raises SubmissionNotFound."""
    found = Submission.objects.select_related("channel", "form_version", "lead")
    row = found.filter(pk=submission_id).first()
    if row is None:
        raise errors.SubmissionNotFound({"id": submission_id})
    return row


def submissions(
    *, state: str, channel_id: int | None, cursor: str | None, limit: int
) -> tuple[list[Submission], str | None]:
    """A page of what came, the newest first, without bodies."""
    rows = Submission.objects.select_related("channel", "lead").defer("raw").order_by("-pk")
    rows = rows.filter(state__in=WAITING) if state == "waiting" else rows.filter(state=state)
    if channel_id is not None:
        rows = rows.filter(channel_id=channel_id)
    if cursor:
        rows = rows.filter(pk__lt=cursors.decode(cursor, "bigint")[0])
    found = list(rows[: limit + 1])
    more = cursors.encode(found[limit - 1].pk) if len(found) > limit else None
    return found[:limit], more


def waiting_count() -> int:
    """How much waits for somebody."""
    return Submission.objects.filter(state__in=WAITING).count()


def touches_of(lead_id: int, *, limit: int = 50) -> list[Submission]:
    """What a lead's person sent, the newest first."""
    rows = Submission.objects.filter(lead_id=lead_id, state__in=(State.TAKEN, State.ATTACHED))
    shown = rows.select_related("channel", "form_version").defer("raw")
    return list(shown.order_by("-pk")[:limit])


def derived_values(lead_id: int) -> dict[str, str]:
    """What was last derived for a lead, by field; it may have been changed since."""
    rows = Submission.objects.filter(lead_id=lead_id).exclude(derived={}).order_by("-pk")
    found = {**derived_beside(lead_id), **(rows.values_list("derived", flat=True).first() or {})}
    return {key: str(each["value"]) for key, each in found.items()}


def derived_beside(lead_id: int) -> dict[str, dict[str, str]]:
    """What was derived when people or imports made or changed a lead: by field, the last one."""
    told = Entry.objects.filter(
        record_id=lead_id, verb__in=("lead.created", "lead.changed"), data__has_key="derived"
    ).order_by("id")
    found: dict[str, dict[str, str]] = {}
    for data in told.values_list("data", flat=True):
        found |= data["derived"]
    return found


def missing_settings(row: Channel) -> list[str]:
    """What must be entered before the channel can take anything."""
    held: Mapping[str, Any] = {**row.settings, **row.sealed}
    return [name for name in KINDS[row.kind].required if not held.get(name)]
