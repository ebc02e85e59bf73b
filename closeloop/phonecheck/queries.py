"""Checks for a viewer: only of contacts within their reach, numbers only as they may learn them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from closeloop.customers.catalogue import CONTACT
from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Reach, Verb
from closeloop.phonecheck.errors import ExternalNotFound
from closeloop.phonecheck.models import Check, ContactLink, ExternalUser, Reading, RegisteredCompany
from closeloop.pool import rights as pool
from closeloop.records import queries as records
from closeloop.records.models import Record

WECOM = "wecom"
PHONE = "phone"
OPEN, KEPT, MATCH, UNKNOWN = "open", "kept", "match", "unknown"
STATES: Mapping[str, Q] = {
    OPEN: Q(is_mismatch=True, kept_at=None),
    KEPT: Q(is_mismatch=True, kept_at__isnull=False),
    MATCH: Q(is_match=True),
    UNKNOWN: Q(is_match=False, is_mismatch=False),
}
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Told:
    """What one viewer may know of one contact's check."""

    contact: Record
    check: Check | None
    link: ContactLink | None
    knows_phone: bool
    may_decide: bool
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By source, those that the viewer may learn."""

    @property
    def has_more(self) -> bool:
        """Whether colleagues have noted numbers that the viewer does not see."""
        said = self.check.said[WECOM]["numbers"] if self.check else []
        return self.knows_phone and len(said) > len(self.numbers.get(WECOM, ()))


def visible_contact(contact_id: int, *, actor: Actor, verb: str = Verb.READ) -> Record:
    """A contact that the actor may use so; raises RecordNotFound and NotAllowed."""
    return records.visible_record(contact_id, actor=actor, verb=verb, record_type=CONTACT.key)


def told(contact: Record, *, actor: Actor) -> Told:
    """What the actor may know of a contact's check."""
    check = Check.objects.filter(contact=contact).select_related("kept_by").first()
    link = ContactLink.objects.filter(contact=contact).select_related("external", "by").first()
    return _told(contact, check, link, actor)


def numbers_for(contact: Record, *, actor: Actor) -> set[str]:
    """The sources' numbers that the actor may learn."""
    return {each for numbers in told(contact, actor=actor).numbers.values() for each in numbers}


def page(
    state: str, *, actor: Actor, cursor: str | None, limit: int
) -> tuple[list[Told], str | None]:
    """Checks in one state, the latest contact first, and the cursor of the next page."""
    found = _within(actor).filter(STATES[state]).select_related("contact__owner", "kept_by")
    if cursor:
        [last] = cursors.decode(cursor, "bigint")
        found = found.filter(pk__lt=last)
    rows = list(found.order_by("-pk")[: limit + 1])
    shown = rows[:limit]
    links = {
        each.contact_id: each
        for each in ContactLink.objects.filter(
            contact_id__in=[row.contact_id for row in shown]
        ).select_related("external", "by")
    }
    more = cursors.encode(shown[-1].pk) if len(rows) > limit else None
    return [_told(row.contact, row, links.get(row.contact_id), actor) for row in shown], more


def counts(*, actor: Actor) -> dict[str, int]:
    """How many checks the actor may see in each state."""
    return _within(actor).aggregate(
        **{state: Count("pk", filter=which) for state, which in STATES.items()}
    )


def candidates(contact: Record, *, text: str, actor: Actor) -> list[ExternalUser]:
    """People in WeCom who may be this contact: those whom the actor or its owner have added."""
    found = _of(contact, actor)
    if text:
        found = found.filter(
            Q(names__icontains=text) | Q(companies__icontains=text) | Q(mobiles__contains=[text])
        )
    return list(found.order_by("names", "pk")[:MOST_CANDIDATES])


def candidate(contact: Record, external_id: str, *, actor: Actor) -> ExternalUser:
    """One of them; raises ExternalNotFound."""
    found = _of(contact, actor).filter(external_id=external_id).first()
    if found is None:
        raise ExternalNotFound({"external_id": external_id})
    return found


def followers_seen(
    external: ExternalUser, *, actor: Actor, contact: Record
) -> list[dict[str, Any]]:
    """Those of somebody's followers whose notes the actor may read: their own, those of the
    contact's owner, and of people within their reach.
    """
    reach = org.access_of(actor).reach(CONTACT.key, Verb.READ)
    own = {actor.user_id, contact.owner_id} - {None}
    if reach.everything:
        return list(external.followers)
    return [each for each in external.followers if _is_seen(each["person_id"], own, reach)]


def readings() -> dict[str, Reading]:
    """When each source was read."""
    return {each.source: each for each in Reading.objects.all()}


def kept() -> dict[str, int]:
    """How much is kept of each source."""
    return {
        "people": ExternalUser.objects.filter(gone_at=None, erased_at=None).count(),
        "linked": ContactLink.objects.count(),
        "companies": RegisteredCompany.objects.filter(is_found=True).count(),
    }


def _is_seen(person_id: int | None, own: Collection[int | None], reach: Reach) -> bool:
    if person_id is None or person_id in own:
        return person_id is not None
    return reach.covers(owner_id=person_id, unit_id=org.home_unit_of(person_id))


def _within(actor: Actor) -> QuerySet[Check]:
    return Check.objects.filter(records.within_reach(actor=actor, prefix="contact__"))


def _of(contact: Record, actor: Actor) -> QuerySet[ExternalUser]:
    followed = Q(pk__in=[])
    for person in {actor.user_id, contact.owner_id} - {None}:
        followed |= Q(followers__contains=[{"person_id": person}])
    return ExternalUser.objects.filter(followed, gone_at=None, erased_at=None)


def _told(contact: Record, check: Check | None, link: ContactLink | None, actor: Actor) -> Told:
    access = org.access_of(actor)
    place = {"owner_id": contact.owner_id, "unit_id": contact.unit_id}
    knows = PHONE not in pool.untold_fields(CONTACT.key, access, **place)
    return Told(
        contact=contact,
        check=check,
        link=link,
        knows_phone=knows,
        may_decide=knows and _may_edit(contact, access),
        numbers=_numbers(contact, check, link, actor) if check and knows else {},
    )


def _numbers(
    contact: Record, check: Check, link: ContactLink | None, actor: Actor
) -> dict[str, list[str]]:
    found = {source: list(said["numbers"]) for source, said in check.said.items()}
    seen: set[str] = set()
    if link is not None:
        for each in followers_seen(link.external, actor=actor, contact=contact):
            seen.update(each["mobiles"])
    found[WECOM] = [each for each in found[WECOM] if each in seen]
    return found


def _may_edit(contact: Record, access: Access) -> bool:
    reach = access.reach(CONTACT.key, Verb.EDIT)
    return reach.covers(owner_id=contact.owner_id, unit_id=contact.unit_id)
