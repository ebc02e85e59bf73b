"""What the demo company's people answered to the notices about personal data; who looked at it."""

from closeloop.demo.organising import Organisation
from closeloop.fieldwork.models import FollowUp
from closeloop.privacy import actions, purposes

NEVER_ASKED, CAUTIOUS = 3, 2
"""Of those who do not travel every third has not come upon a notice yet; of the others every second
keeps the place back. Whoever has recorded a visit with a place agreed before.
"""
LOOKED_AT = 3
CAUTIOUS_ABOUT = frozenset({"location"})


def consent(organisation: Organisation) -> None:
    """Most agree to everything, some keep their place back, a few were not asked; managers look."""
    versions = {key: each.version for key, each in purposes.current().items()}
    travelling = set(FollowUp.objects.exclude(place=None).values_list("author_id", flat=True))
    for number, person in enumerate(organisation.everybody, start=1):
        travels = person.actor.user_id in travelling
        if number % NEVER_ASKED == 0 and not travels:
            continue
        for key, version in versions.items():
            is_agreed = travels or number % CAUTIOUS > 0 or key not in CAUTIOUS_ABOUT
            actions.answer(key, version, is_agreed=is_agreed, via="phone", actor=person.actor)
    _look(organisation)


def _look(organisation: Organisation) -> None:
    """Each manager has looked at where the last visits of their people took place."""
    for team in organisation.teams:
        people = [seller.actor.person_id for seller in team.sellers]
        visits = FollowUp.objects.filter(author_id__in=people).exclude(place=None)
        seen = list(visits.order_by("-at", "-pk")[:LOOKED_AT])
        actions.note_access(
            "place",
            [visit.pk for visit in seen],
            actor=team.manager.actor,
            record_ids=[visit.customer_id or visit.record_id for visit in seen],
        )
