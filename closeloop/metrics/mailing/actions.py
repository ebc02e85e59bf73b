"""Mails of figures planned, changed, ended, left by a reader; and sent, each time once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge.etags import EditConflict
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.queries import actor_of_user
from closeloop.metrics import errors
from closeloop.metrics.exporting import files
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.mailing import enclosing, plans
from closeloop.metrics.mailing.plans import About, Plan
from closeloop.metrics.models import FigureMail
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message

EVENT = "figures_mailed"
SENT_TOGETHER = 20


def begin(plan: Plan, *, actor: Actor) -> FigureMail:
    """Plan a mail. Raises FigureMailInvalid, NotAllowed, MetricNotFound, MetricInvalid."""
    columns = _columns(plan, actor)
    mail = FigureMail.objects.create(**columns, owner_id=actor.person_id)
    _record("figure_mail.begun", mail, actor)
    return mail


def change(mail_id: int, plan: Plan, *, expected_version: int, actor: Actor) -> FigureMail:
    """Change one's own mail, stop it or have it go on. Raises FigureMailNotFound, EditConflict."""
    mail = _own(mail_id, actor)
    if mail.version != expected_version:
        raise EditConflict({"version": mail.version, "conflict": []})
    for key, value in _columns(plan, actor).items():
        setattr(mail, key, value)
    mail.version += 1
    mail.save()
    _record("figure_mail.changed", mail, actor)
    return mail


def remove(mail_id: int, *, actor: Actor) -> None:
    """End one's own mail for good. Raises FigureMailNotFound."""
    mail = _own(mail_id, actor)
    _record("figure_mail.removed", mail, actor)
    mail.delete()


def leave(mail_id: int, *, actor: Actor) -> None:
    """Get a mail no longer. Raises FigureMailNotFound."""
    mail = FigureMail.objects.select_for_update().filter(pk=mail_id).first()
    if mail is None or actor.person_id not in mail.recipients:
        raise errors.FigureMailNotFound({"id": mail_id})
    mail.recipients = [each for each in mail.recipients if each != actor.person_id]
    mail.version += 1
    mail.save(update_fields=["recipients", "version"])
    _record("figure_mail.left", mail, actor)


def send_due(*, now: datetime | None = None, at_most: int = SENT_TOGETHER) -> int:
    """Have every mail that is due go out once; gives how many. Any number may call at once.

    The notices, their deliveries and the next time commit together, so a sweeper that is killed
    has either done all or nothing. What came due several times meanwhile goes out once.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        due = list(
            FigureMail.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(is_active=True, next_at__lte=moment)
            .select_related("owner")
            .order_by("next_at", "pk")[:at_most]
        )
        notices.send_all([each for mail in due for each in _messages(mail, moment)])
        for mail in due:
            if mail.is_active:
                _record("figure_mail.sent", mail, SYSTEM)
                mail.last_at = mail.next_at
            mail.next_at = plans.next_at(plans.rhythm_of(mail), moment)
            mail.save(update_fields=["is_active", "last_at", "next_at"])
    return len(due)


def _messages(mail: FigureMail, now: datetime) -> list[Message]:
    """One for each reader; none, and the mail stops, where its owner may no longer send it."""
    owner = actor_of_user(mail.owner)
    reader = Reader(actor=owner, language=owner.locale, at=now)
    try:
        about = plans.read_about(mail.about)
        if not mail.owner.is_active:
            raise errors.FigureMailNotFound({"id": mail.pk})
        files.require(about.metrics, reader)
    except Refusal:
        mail.is_active = False
        return []
    return [
        Message(
            event=EVENT,
            to=tuple(mail.recipients),
            channels=("mail",),
            link=enclosing.link_to(about),
            data=_told(mail, about, reader),
            dedupe_key=f"figure-mail-{mail.pk}-{mail.next_at:%Y%m%d%H%M}",
        )
    ]


def _told(mail: FigureMail, about: About, reader: Reader) -> dict[str, Any]:
    """What the notice says, and what its mail must be made of: the days as they are now."""
    span = enclosing.span_of(about, reader)
    return {
        "name": mail.name,
        "owner": mail.owner.name,
        "days": enclosing.days_in_words(span),
        "mail_id": mail.pk,
        "about": mail.about,
        "today": reader.today.isoformat(),
    }


def _columns(plan: Plan, actor: Actor) -> Mapping[str, Any]:
    plans.check(plan)
    about = plans.read_about(plan.about)
    now = timezone.now()
    files.require(about.metrics, Reader(actor=actor, language=actor.locale, at=now))
    return {
        "name": plan.name.strip(),
        "about": dict(plan.about),
        "recipients": list(dict.fromkeys(plan.recipients)),
        "every": plan.rhythm.every,
        "hour": plan.rhythm.hour,
        "weekdays": sorted(set(plan.rhythm.weekdays)),
        "month_day": plan.rhythm.month_day,
        "is_workdays_only": plan.rhythm.is_workdays_only,
        "is_active": plan.is_active,
        "next_at": plans.next_at(plan.rhythm, now),
    }


def _own(mail_id: int, actor: Actor) -> FigureMail:
    mail = FigureMail.objects.select_for_update(of=("self",)).filter(pk=mail_id).first()
    if mail is None or mail.owner_id != actor.user_id:
        raise errors.FigureMailNotFound({"id": mail_id})
    return mail


def _record(verb: str, mail: FigureMail, actor: Actor) -> None:
    data = {
        "figure_mail_id": mail.pk,
        "name": mail.name,
        "about": mail.about,
        "to": mail.recipients,
    }
    activity.record(Happening(verb=verb, data=data), actor=actor)
