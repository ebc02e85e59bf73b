"""What is set up, for whom it is on, what was spent today, what was asked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.language.models import Question, Setup
from closeloop.org import queries as org

PURPOSE = "language.key"
ONE = 1


@dataclass(frozen=True)
class Spent:
    """How often the model was asked in a day, and for how many tokens."""

    calls: int
    tokens: int


def setup() -> Setup:
    """What is set up; nothing yet is a setup that is off."""
    return Setup.objects.filter(pk=ONE).first() or Setup(pk=ONE)


def serves(held: Setup, *, actor: Actor) -> bool:
    """Whether the model is on for somebody."""
    if not (held.is_on and held.base_url and held.model and held.sealed_key):
        return False
    if held.for_everybody or actor.user_id in held.person_ids:
        return True
    home = org.access_of(actor).home_unit_id
    return home is not None and any(home in org.subtree_ids(unit) for unit in held.unit_ids)


def spent(*, now: datetime) -> Spent:
    """What was spent on the company's day so far."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    found = Question.objects.filter(at__gte=midnight).exclude(outcome="over_budget")
    told = found.aggregate(calls=Count("pk"), given=Sum("tokens_in"), got=Sum("tokens_out"))
    return Spent(told["calls"], (told["given"] or 0) + (told["got"] or 0))


def questions() -> QuerySet[Question]:
    """What was asked, the latest first."""
    return Question.objects.select_related("person").order_by("-at", "-pk")
