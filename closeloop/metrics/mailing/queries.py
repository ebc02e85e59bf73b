"""The mails of figures that somebody sends or gets."""

from django.db.models import Q

from closeloop.identity.actor import Actor
from closeloop.metrics import errors
from closeloop.metrics.models import FigureMail


def visible(*, actor: Actor) -> list[FigureMail]:
    """One's own and those one gets, the newest first."""
    mine = Q(owner_id=actor.user_id) | Q(recipients__contains=[actor.user_id])
    return list(FigureMail.objects.filter(mine).select_related("owner").order_by("-pk"))


def visible_mail(mail_id: int, *, actor: Actor) -> FigureMail:
    """One of them. Raises FigureMailNotFound."""
    found = next((each for each in visible(actor=actor) if each.pk == mail_id), None)
    if found is None:
        raise errors.FigureMailNotFound({"id": mail_id})
    return found
