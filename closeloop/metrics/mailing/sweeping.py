"""What the sweeper does for mails of figures: has those go out that are due."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from closeloop.metrics.mailing import actions
from closeloop.metrics.models import FigureMail


@dataclass(frozen=True)
class Swept:
    """How many mails went out. `is_busy`: there may be more at once."""

    sent: int
    is_busy: bool = field(default=False, compare=False)


def sweep(now: datetime | None = None) -> Swept:
    """One round; any number of sweepers may run at once."""
    moment = now or timezone.now()
    if not FigureMail.objects.filter(is_active=True, next_at__lte=moment).exists():
        return Swept(0)
    sent = actions.send_due(now=moment)
    return Swept(sent, is_busy=sent == actions.SENT_TOGETHER)
