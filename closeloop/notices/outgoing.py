"""A delivery as the message that its channel sends: words, addresses, documents, one stable key."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from closeloop.identity.models import User
from closeloop.notices import entries, readers, texts
from closeloop.notices.addresses import addresses
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.channels.protocol import Attached, Enclosed, Line, Outgoing
from closeloop.notices.entries import Entry
from closeloop.notices.events import events
from closeloop.notices.models import Delivery, Notice, Setting

_MOST_ATTACHED_BYTES = 15 * 1024 * 1024
"""Together; common mail servers refuse more than 20–25 MB after encoding."""


class Provided:
    """What stands beside or above and is plugged in (`config.wiring`): documents for a mail."""

    def __init__(self) -> None:
        self.files: Callable[[Sequence[int]], Sequence[Attached]] = lambda _ids: ()
        """Attachments of records by id; those that are gone are left out."""
        self.document: Callable[[int, str], Attached | None] = lambda _id, _language: None
        """A written document as a file in a language, by the `document_id` in a notice's data."""
        self.enclosed: dict[str, Callable[[Mapping[str, Any], User], Enclosed]] = {}
        """By event, what its mail shows one person, made of the notice's data; raises GiveUp."""


provided = Provided()


def prepare(deliveries: Sequence[Delivery]) -> Outgoing:
    """The message of one delivery, or of those of a digest; raises GiveUp without an address."""
    first = deliveries[0]
    notice, person = first.notice, first.notice.person
    address = address_of(person, first.channel)
    if deliveries[0].is_digest and len(deliveries) > 1:
        return _digest(deliveries, person, address)
    line = _line(notice, person, _zone_of(person))
    enclose = provided.enclosed.get(notice.event) if first.channel == "mail" else None
    return Outgoing(
        address=address,
        name=person.name,
        locale=person.locale,
        title=line.title,
        body=line.body,
        link=line.link,
        phone_link=line.phone_link,
        dedupe_key=f"delivery-{first.pk}",
        is_red=notice.is_red,
        files=_files(notice, person.locale) if first.channel == "mail" else (),
        calendar=_calendar([notice], person, _zone_of(person)) if first.channel == "mail" else b"",
        enclosed=enclose(notice.data, person) if enclose else None,
    )


def address_of(person: User, channel: str) -> str:
    """Where the person is reached on a channel; a group has none. Raises GiveUp."""
    if channel == "robot":
        return ""
    found = addresses.of([person], [channel])[person.pk].get(channel, "")
    if not found:
        raise GiveUp("no_address")
    return found


def absolute(path: str) -> str:
    """A path of the web client as a whole address."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if path else ""


def on_phone(path: str) -> str:
    """The whole address of the same thing on the phone."""
    if not path:
        return ""
    return absolute(path if path == "/m" or path.startswith("/m/") else f"/m{path}")


def _digest(deliveries: Sequence[Delivery], person: User, address: str) -> Outgoing:
    zone = _zone_of(person)
    lines = tuple(_line(each.notice, person, zone) for each in deliveries)
    told = texts.tell("digest", {"count": len(lines)}, language=person.locale, zone=zone)
    return Outgoing(
        address=address,
        name=person.name,
        locale=person.locale,
        title=told.title,
        body="\n".join(line.title for line in lines),
        link=absolute("/"),
        phone_link=on_phone("/notices"),
        dedupe_key=f"digest-{deliveries[0].batch}",
        is_red=any(line.is_red for line in lines),
        lines=lines,
        calendar=_calendar([each.notice for each in deliveries], person, zone)
        if deliveries[0].channel == "mail"
        else b"",
    )


def _line(notice: Notice, person: User, zone: ZoneInfo) -> Line:
    told = texts.tell(
        notice.event, notice.data, language=person.locale, zone=zone, is_copy=notice.is_copy
    )
    return Line(
        title=told.title,
        body=told.body,
        link=absolute(notice.link),
        phone_link=on_phone(notice.link),
        is_red=notice.is_red,
    )


def _calendar(notices: Sequence[Notice], person: User, zone: ZoneInfo) -> bytes:
    """What they remind of, each thing once, as it was said last."""
    found = [_entry(notice, person, zone) for notice in sorted(notices, key=lambda each: each.pk)]
    latest = {each.uid: each for each in found if each is not None}
    return entries.published(latest.values(), zone=zone) if latest else b""


def _entry(notice: Notice, person: User, zone: ZoneInfo) -> Entry | None:
    """A moment that the person must keep; one that is past only where it was theirs."""
    data = notice.data
    if not events.get(notice.event).reminds or notice.is_copy or not data.get("due_at"):
        return None
    at = datetime.fromisoformat(data["due_at"])
    if at <= notice.created_at and data.get("owner_id", person.pk) != person.pk:
        return None
    line = _line(notice, person, zone)
    return Entry(
        uid=entries.uid_of(notice.link, data.get("clock_id")),
        title=texts.entry_title(notice.event, data, language=person.locale, zone=zone),
        at=at,
        link=line.link,
        stamp=notice.created_at,
        text="\n".join(filter(None, (line.body, line.link))),
        sequence=notice.pk,
    )


def _zone_of(person: User) -> ZoneInfo:
    return readers.zone_of(Setting.objects.filter(person=person).first())


def _files(notice: Notice, language: str) -> tuple[Attached, ...]:
    """What goes along, as far as it is small enough to travel; the link leads to the rest."""
    given = list(provided.files(notice.file_ids)) if notice.file_ids else []
    document_id = notice.data.get("document_id")
    document = provided.document(document_id, language) if document_id else None
    taken, size = [], 0
    for each in [document, *given] if document else given:
        size += len(each.content)
        if size <= _MOST_ATTACHED_BYTES:
            taken.append(each)
    return tuple(taken)
