"""Who is who at a provider: linked by hand, and met at the door."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.integrations import errors, matching, queries
from closeloop.integrations.actions.recording import record
from closeloop.integrations.models import LinkSource, PersonLink
from closeloop.org import queries as org


def link_by_hand(key: str, person_id: int, *, external_id: str, actor: Actor) -> None:
    """Say which id a person has at a provider.

    Raises ProviderUnknown, UserNotFound, and LinkTaken where somebody else has it.
    """
    queries.provider(key)
    person = org.user(person_id)
    _link(key, person, external_id=external_id, source=LinkSource.HAND, actor=actor)


def unlink(key: str, person_id: int, *, actor: Actor) -> None:
    """Forget which id a person has at a provider; nothing happens where there is none."""
    queries.provider(key)
    person = org.user(person_id)
    gone, _ = PersonLink.objects.filter(provider=key, person=person).delete()
    if gone:
        record(
            "integration.unlinked", key, {"user_id": person.pk, "person": person.name}, actor=actor
        )


def person_who_signs_in(
    key: str, external_id: str, *, phone: str, emails: Collection[str]
) -> User | None:
    """The person behind an id at a provider, or None where nobody is known by it.

    Somebody who is not linked yet is known by phone or mail, where exactly one person has it and
    that person has no other id there; the link is kept.
    """
    known = queries.linked_person(key, external_id)
    if known is not None:
        return known
    number = matching.digits(phone)
    wanted = {email.lower() for email in emails if email}
    found = [
        person
        for person in queries.people_who_match(phone_digits=number, emails=wanted)
        if (number and matching.digits(person.phone) == number) or person.email.lower() in wanted
    ]
    if len(found) != 1 or not found[0].is_active:
        return found[0] if len(found) == 1 else None
    if queries.addresses_at(key, [found[0].pk]):
        return None
    person = found[0]
    actor = actor_of_user(person)
    _link(key, person, external_id=external_id, source=LinkSource.SIGN_IN, actor=actor)
    return person


def _link(key: str, person: User, *, external_id: str, source: LinkSource, actor: Actor) -> None:
    try:
        with transaction.atomic():
            PersonLink.objects.update_or_create(
                provider=key,
                person=person,
                defaults={"external_id": external_id, "source": source},
            )
    except IntegrityError:
        other = queries.linked_person(key, external_id)
        raise errors.LinkTaken({"name": other.name if other else ""}) from None
    record(
        "integration.linked",
        key,
        {"user_id": person.pk, "person": person.name, "source": source.value},
        actor=actor,
    )
