"""Forgetting what the sources said of one contact, for their privacy."""

from django.db.models.functions import Now

from closeloop.phonecheck.models import Check, ContactLink, ExternalUser


def held(contact_id: int) -> int:
    """How much is held about a contact."""
    checks = Check.objects.filter(contact_id=contact_id).count()
    return checks + ContactLink.objects.filter(contact_id=contact_id).count()


def erase(contact_id: int) -> int:
    """Empty it; whom it was in WeCom is read no more."""
    count = held(contact_id)
    links = ContactLink.objects.filter(contact_id=contact_id)
    ExternalUser.objects.filter(link__in=links).update(
        names=[], companies=[], followers=[], mobiles=[], erased_at=Now()
    )
    links.delete()
    Check.objects.filter(contact_id=contact_id).delete()
    return count
