"""Telling people: notices, their deliveries, a word to open screens, all in one transaction."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.notices import configuration, live, planning, readers
from closeloop.notices.events import Event, Group, events
from closeloop.notices.models import DeliveryState
from closeloop.notices.planning import Planned

DELIVER = "notices.deliver"
_KIND_OF_GROUP = {Group.APPROVALS: "approval", Group.CLOCKS: "clock"}
_INSERT_NOTICES = """
    INSERT INTO notices_notice
        (person_id, event, "group", data, record_id, record_type, link, is_red, is_copy, is_urgent,
         dedupe_key, file_ids)
    SELECT person_id, %(event)s, %(group)s, %(data)s::jsonb, %(record_id)s, %(record_type)s,
           %(link)s, %(is_red)s, is_copy, %(is_urgent)s, %(dedupe_key)s, %(file_ids)s
    FROM unnest(%(people)s::bigint[], %(copies)s::boolean[]) WITH ORDINALITY
        AS given(person_id, is_copy, place)
    ORDER BY place
    ON CONFLICT (person_id, dedupe_key) WHERE NOT (dedupe_key = '') DO NOTHING
    RETURNING id, person_id
"""
_INSERT_DELIVERIES = """
    INSERT INTO notices_delivery
        (notice_id, channel, state, next_at, queued_at, sent_at, is_digest, error_code, attempts,
         provider_id, error, is_uncertain)
    SELECT notice_id, channel, state, next_at, CASE WHEN is_queued THEN now() END,
           CASE WHEN state = 'sent' THEN now() END, is_digest, error_code, 0, '', '', false
    FROM jsonb_to_recordset(%s::jsonb) AS given(
        notice_id bigint, channel text, state text, next_at timestamptz, is_queued boolean,
        is_digest boolean, error_code text)
    RETURNING id, queued_at IS NOT NULL
"""


@dataclass(frozen=True)
class Message:
    """What is to be told, and to whom.

    `channels` None follows the event and the person's switches; channels named here are sent
    whatever the person has switched. `link` is a path of the web client; the phone's is made from
    it. Each person is told once per `dedupe_key`. `data` fills the texts (see texts.py); `actor`
    and `record` are filled in where they are not given.
    """

    event: str
    to: tuple[int, ...]
    cc: tuple[int, ...] = ()
    channels: tuple[str, ...] | None = None
    record_id: int | None = None
    record_type: str = ""
    link: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    dedupe_key: str = ""
    is_red: bool = False
    file_ids: tuple[int, ...] = ()
    actor: Actor | None = None


@transaction.atomic
def send(message: Message) -> list[int]:
    """Tell people, in the current transaction; gives the ids of the notices that are new.

    Who has been told under the same key, and whose account is closed, is left out. The notice
    centre has it when the transaction commits; other channels follow by a job, or when quiet hours
    end or a digest is due.
    """
    event = events.get(message.event)
    people = readers.active_people((*message.to, *message.cc))
    notices = _insert_notices(message, event, people) if people else {}
    if not notices:
        return []
    told = [people[person_id] for person_id in notices]
    _insert_deliveries(message, event, notices, told)
    live.tell("notice", notices)
    if event.group in _KIND_OF_GROUP:
        live.tell(_KIND_OF_GROUP[Group(event.group)], notices)
    return list(notices.values())


def queue(delivery_ids: Iterable[int]) -> None:
    """Have these deliveries made by a worker, once this transaction commits."""
    ids: list[JSONValue] = list(delivery_ids)
    if ids:
        app.configure_task(DELIVER).defer(delivery_ids=ids)


def _insert_notices(message: Message, event: Event, people: Mapping[int, User]) -> dict[int, int]:
    """Notice id by person, those who act before those who only read."""
    ordered = [each for each in dict.fromkeys((*message.to, *message.cc)) if each in people]
    acting = set(message.to)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT_NOTICES,
            {
                "event": event.key,
                "group": str(event.group),
                "data": json.dumps(_data(message), cls=DjangoJSONEncoder),
                "record_id": message.record_id,
                "record_type": message.record_type,
                "link": message.link,
                "is_red": message.is_red,
                "is_urgent": event.is_urgent,
                "dedupe_key": message.dedupe_key,
                "file_ids": list(message.file_ids),
                "people": ordered,
                "copies": [person_id not in acting for person_id in ordered],
            },
        )
        return {person_id: notice_id for notice_id, person_id in cursor.fetchall()}


def _data(message: Message) -> dict[str, Any]:
    given = dict(message.data)
    if message.actor is not None and message.actor.user_id is not None:
        given.setdefault("actor", message.actor.name)
    return given


def _insert_deliveries(
    message: Message, event: Event, notices: Mapping[int, int], told: list[User]
) -> None:
    now, on = timezone.now(), configuration.channels_on()
    known = readers.readers_of(told, on)
    rows = [
        _row(notices[person.pk], planned, is_due=planned.next_at == now)
        for place, person in enumerate(told)
        for planned in planning.plan(
            event,
            demanded=message.channels,
            reader=known[person.pk],
            channels_on=on,
            is_first=place == 0,
            now=now,
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_DELIVERIES, [json.dumps(rows, cls=DjangoJSONEncoder)])
        queue(delivery_id for delivery_id, is_queued in cursor.fetchall() if is_queued)


def _row(notice_id: int, planned: Planned, *, is_due: bool) -> dict[str, Any]:
    return {
        "notice_id": notice_id,
        "channel": planned.channel,
        "state": planned.state.value,
        "next_at": planned.next_at,
        "is_queued": planned.state == DeliveryState.WAITING and is_due,
        "is_digest": planned.is_digest,
        "error_code": planned.error_code,
    }
