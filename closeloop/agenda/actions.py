"""Sending the list of the week, once per week, and saying when."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.agenda import queries, weekly
from closeloop.agenda.models import Weekly
from closeloop.agenda.queries import Span
from closeloop.agenda.weekly import Sending
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.notices.actions import Message, send_all
from closeloop.notices.events import Event, Group
from closeloop.notices.readers import company_zone

WEEK = Event("agenda.week", default_channels=("in_app", "wecom"), group=Group.TASKS)
AT_ONCE = 500


def set_weekly(wanted: Sending, *, actor: Actor) -> Sending:
    """Say when the list of the week is sent."""
    before = weekly.current()
    kept = replace(wanted, sent_for=before.sent_for)
    if kept != before:
        Weekly.objects.update_or_create(pk=weekly.ONLY, defaults=asdict(kept))
        data = {"is_on": kept.is_on, "weekday": kept.weekday, "at": kept.at.isoformat()}
        activity.record(Happening(verb="agenda.sending_changed", data=data), actor=actor)
    return kept


def send_weekly(now: datetime) -> int:
    """Tell everybody who has something to do in the week what it comes to; gives how many.

    Each is told once a week, whoever runs this how often.
    """
    row, _ = Weekly.objects.select_for_update().get_or_create(
        pk=weekly.ONLY, defaults=asdict(Sending())
    )
    zone = company_zone()
    sending = Sending(row.is_on, row.weekday, row.at, row.sent_for)
    week = weekly.due_week(sending, now, zone)
    if week is None:
        return 0
    span = Span(week, week + timedelta(days=7), zone)
    people = list(User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))
    told = 0
    for start in range(0, len(people), AT_ONCE):
        counted = queries.counts_of(people[start : start + AT_ONCE], span, now=now)
        send_all([_message(*each, span) for each in counted.items()])
        told += len(counted)
    Weekly.objects.filter(pk=weekly.ONLY).update(sent_for=week)
    data = {"week": week.isoformat(), "people": told}
    activity.record(Happening(verb="agenda.week_sent", data=data), actor=SYSTEM)
    return told


def _message(person_id: int, counts: tuple[int, int], span: Span) -> Message:
    week = span.since.isoformat()
    last = (span.until - timedelta(days=1)).isoformat()
    return Message(
        event=WEEK.key,
        to=(person_id,),
        link=f"/agenda?since={week}",
        data={"since": week, "until": last, "count": counts[0], "late": counts[1]},
        dedupe_key=f"agenda:{week}",
        actor=SYSTEM,
    )
