"""Purposes as they stand, and what a person said to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from closeloop.edge.revisions import CachedByRevision
from closeloop.privacy.errors import PurposeNotFound
from closeloop.privacy.models import Consent, Purpose

REVISION = "privacy"


@dataclass(frozen=True)
class Answer:
    """What a person last said to the version that holds."""

    is_agreed: bool
    at: datetime


def _load() -> Mapping[str, Purpose]:
    last = Purpose.objects.values("key").annotate(last=Max("version")).values_list("key", "last")
    wanted = dict(last)
    found = [each for each in Purpose.objects.all() if each.version == wanted[each.key]]
    return {each.key: each for each in sorted(found, key=lambda each: (each.position, each.key))}


_current: CachedByRevision[Mapping[str, Purpose]] = CachedByRevision(REVISION, _load)


def current() -> Mapping[str, Purpose]:
    """The version of each purpose that holds now, by key, in their order."""
    return _current.get()


def purpose(key: str) -> Purpose:
    """The version of a purpose that holds now; raises PurposeNotFound."""
    found = current().get(key)
    if found is None:
        raise PurposeNotFound({"purpose": key})
    return found


def answers_of(person_id: int) -> Mapping[str, Answer]:
    """What a person said to the versions that hold now, by purpose."""
    wanted = {each.pk: key for key, each in current().items()}
    said = Consent.objects.filter(person_id=person_id, purpose_id__in=wanted).order_by("pk")
    return {wanted[each.purpose_id]: Answer(each.is_agreed, each.at) for each in said}


def has_agreed(person_id: int, key: str) -> bool:
    """Whether a person agreed to what the purpose says now; no answer is no yes."""
    answer = answers_of(person_id).get(key)
    return answer is not None and answer.is_agreed
