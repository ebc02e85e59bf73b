"""Publishing what data is taken for, and what people say to it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.jsontext import dumped
from closeloop.identity.actor import Actor
from closeloop.privacy import purposes
from closeloop.privacy.errors import PurposeMoved
from closeloop.privacy.models import Consent, Purpose


def install(given: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Publish the purposes of a pack; words that were published once are not published again, so
    that what an administrator wrote since stays.
    """
    for position, each in enumerate(given):
        words = {"name": each["name"], "text": each["text"]}
        source = hashlib.sha256(dumped(words)).hexdigest()
        if not Purpose.objects.filter(key=each["key"], source=source).exists():
            _publish(each["key"], words, position=position, source=source, actor=actor)


def publish_purpose(key: str, words: Mapping[str, Any], *, actor: Actor) -> Purpose:
    """Publish new words for a purpose; everybody is asked again. Raises PurposeNotFound."""
    before = purposes.purpose(key)
    if before.name == words["name"] and before.text == words["text"]:
        return before
    return _publish(key, words, position=before.position, source="", actor=actor)


def answer(key: str, version: int, *, is_agreed: bool, via: str, actor: Actor) -> Consent:
    """Keep what the actor says to a purpose; the same answer again changes nothing.

    Raises PurposeNotFound, and PurposeMoved where the version is not the one that holds.
    """
    purpose = purposes.purpose(key)
    if purpose.version != version:
        raise PurposeMoved({"version": purpose.version})
    said = Consent.objects.filter(purpose=purpose, person_id=actor.person_id)
    before = said.order_by("-pk").first()
    if before is not None and before.is_agreed == is_agreed:
        return before
    made = Consent.objects.create(
        purpose=purpose, person_id=actor.person_id, is_agreed=is_agreed, via=via
    )
    verb = "privacy.agreed" if is_agreed else "privacy.declined"
    data = {"purpose": key, "name": purpose.name, "version": version, "via": via}
    activity.record(Happening(verb=verb, data=data), actor=actor)
    return made


def _publish(
    key: str, words: Mapping[str, Any], *, position: int, source: str, actor: Actor
) -> Purpose:
    revisions.bump(purposes.REVISION)
    before = Purpose.objects.filter(key=key).order_by("-version").first()
    made = Purpose.objects.create(
        key=key,
        version=before.version + 1 if before else 1,
        name=words["name"],
        text=words["text"],
        position=position,
        source=source,
        published_by_id=actor.user_id,
    )
    data = {"purpose": key, "name": made.name, "version": made.version}
    activity.record(Happening(verb="privacy.purpose_published", data=data), actor=actor)
    return made
