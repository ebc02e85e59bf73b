"""Mails of figures over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Status

from closeloop.edge import etags
from closeloop.edge.router import SIGNED_IN, Router
from closeloop.engine.metrics.rhythm import Rhythm
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of, names_of
from closeloop.metrics.exporting.api import EXPORT
from closeloop.metrics.mailing import actions, queries
from closeloop.metrics.mailing.plans import Plan
from closeloop.metrics.mailing.schemas import FigureMailIn, FigureMailList, FigureMailOut
from closeloop.metrics.models import FigureMail
from closeloop.metrics.schemas import Id

router = Router(tags=["figures by mail"])
MailId = Annotated[Id, Path()]


@router.get("/figure-mails", permission=SIGNED_IN, response=FigureMailList)
def list_figure_mails(request: HttpRequest) -> dict[str, Any]:
    """The mails of figures that one sends or gets."""
    actor = actor_of(request)
    return {"items": [_told(each, actor) for each in queries.visible(actor=actor)]}


@router.post("/figure-mails", permission=EXPORT, response={201: FigureMailOut})
def begin_figure_mail(request: HttpRequest, payload: FigureMailIn) -> Status[dict[str, Any]]:
    """Have figures mailed to people of the company; each gets those of their own scope."""
    actor = actor_of(request)
    return Status(201, _told(actions.begin(_plan(payload), actor=actor), actor))


@router.put("/figure-mails/{mail_id}", permission=EXPORT, response=FigureMailOut)
def change_figure_mail(
    request: HttpRequest, mail_id: MailId, payload: FigureMailIn
) -> dict[str, Any]:
    """Change one's own mail, stop it, or have it go on."""
    version = etags.required_version(request)
    actor = actor_of(request)
    mail = actions.change(mail_id, _plan(payload), expected_version=version, actor=actor)
    return _told(mail, actor)


@router.delete("/figure-mails/{mail_id}", permission=SIGNED_IN, response={204: None})
def remove_figure_mail(request: HttpRequest, mail_id: MailId) -> Status[None]:
    """End one's own mail for good."""
    actions.remove(mail_id, actor=actor_of(request))
    return Status(204, None)


@router.post("/figure-mails/{mail_id}/leave", permission=SIGNED_IN, response={204: None})
def leave_figure_mail(request: HttpRequest, mail_id: MailId) -> Status[None]:
    """Get a mail no longer."""
    actions.leave(mail_id, actor=actor_of(request))
    return Status(204, None)


def _plan(payload: FigureMailIn) -> Plan:
    given = payload.rhythm
    return Plan(
        name=payload.name,
        about=payload.about.dict(),
        recipients=tuple(payload.recipients),
        rhythm=Rhythm(
            every=given.every,
            hour=given.hour,
            weekdays=tuple(given.weekdays),
            month_day=given.month_day,
            is_workdays_only=given.workdays_only,
        ),
        is_active=payload.is_active,
    )


def _told(mail: FigureMail, actor: Actor) -> dict[str, Any]:
    is_mine = mail.owner_id == actor.user_id
    shown = [each for each in mail.recipients if is_mine or each == actor.user_id]
    names = names_of({*shown, mail.owner_id})
    return {
        "id": mail.pk,
        "name": mail.name,
        "about": mail.about,
        "recipients": [{"id": each, "name": names[each]} for each in shown if each in names],
        "rhythm": {
            "every": mail.every,
            "hour": mail.hour,
            "weekdays": mail.weekdays,
            "month_day": mail.month_day,
            "workdays_only": mail.is_workdays_only,
        },
        "is_active": mail.is_active,
        "owner": {"id": mail.owner_id, "name": names.get(mail.owner_id, "")},
        "mine": is_mine,
        "received": actor.user_id in mail.recipients,
        "next_at": mail.next_at if mail.is_active else None,
        "last_at": mail.last_at,
        "version": mail.version,
    }
