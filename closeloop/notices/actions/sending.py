"""Telling people: notices, their deliveries, a word to open screens, all in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from closeloop.edge import statements
from closeloop.edge.jsontext import dumped
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.notices import configuration, live, planning, readers
from closeloop.notices.events import Group, events
from closeloop.notices.models import DeliveryState
from closeloop.notices.planning import Planned

DELIVER = "notices.deliver"
QUEUED_TOGETHER = 20
"""How many deliveries one job makes: a worker that is killed leaves no more of them to others."""
_KIND_OF_GROUP = {Group.APPROVALS: "approval", Group.CLOCKS: "clock"}
_INSERT_NOTICES = """
    WITH given AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('notices_notice', 'id')) AS id, ordered.*
        FROM (
            SELECT * FROM jsonb_to_recordset(%(messages)s::jsonb) AS message(
                place int, event text, "group" text, data jsonb, record_id bigint,
                record_type text, link text, is_red boolean, is_urgent boolean, dedupe_key text,
                file_ids bigint[])
            JOIN jsonb_to_recordset(%(people)s::jsonb) AS told(
                place int, turn int, person_id bigint, is_copy boolean) USING (place)
            ORDER BY place, turn
        ) ordered
    ), made AS (
        INSERT INTO notices_notice
            (id, person_id, event, "group", data, record_id, record_type, link, is_red, is_copy,
             is_urgent, dedupe_key, file_ids)
        SELECT id, person_id, event, "group", data, record_id, record_type, link, is_red, is_copy,
               is_urgent, dedupe_key, file_ids
        FROM given
        ON CONFLICT (person_id, dedupe_key) WHERE NOT (dedupe_key = '') DO NOTHING
        RETURNING id
    )
    SELECT place, person_id, id FROM given JOIN made USING (id) ORDER BY id
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

    @property
    def people(self) -> list[int]:
        """Everybody who is told, once, those who act before those who only read."""
        return list(dict.fromkeys((*self.to, *self.cc)))


@transaction.atomic
def send(message: Message) -> list[int]:
    """Tell people, in the current transaction; gives the ids of the notices that are new.

    Who has been told under the same key, and whose account is closed, is left out. The notice
    centre has it when the transaction commits; other channels follow by a job, or when quiet hours
    end or a digest is due.
    """
    return send_all([message])


@transaction.atomic
def send_all(messages: Sequence[Message]) -> list[int]:
    """Send several messages, as `send` does, with as few statements as for one."""
    people = readers.active_people({each for message in messages for each in message.people})
    notices = _insert_notices(messages, people) if people else {}
    if not notices:
        return []
    told = {person_id for by_person in notices.values() for person_id in by_person}
    _insert_deliveries(messages, notices, [people[person_id] for person_id in told])
    live.tell("notice", told)
    _tell_screens(messages, notices)
    return [each for by_person in notices.values() for each in by_person.values()]


def queue(delivery_ids: Iterable[int]) -> None:
    """Have these deliveries made by workers, once this transaction commits."""
    ids: list[JSONValue] = list(delivery_ids)
    for start in range(0, len(ids), QUEUED_TOGETHER):
        app.configure_task(DELIVER).defer(delivery_ids=ids[start : start + QUEUED_TOGETHER])


def _insert_notices(
    messages: Sequence[Message], people: Mapping[int, User]
) -> dict[int, dict[int, int]]:
    """Notice id by person, those who act before those who only read, by the message's place."""
    told = [
        {
            "place": place,
            "turn": turn,
            "person_id": person_id,
            "is_copy": person_id not in message.to,
        }
        for place, message in enumerate(messages)
        for turn, person_id in enumerate(message.people)
        if person_id in people
    ]
    columns = [_columns(place, message) for place, message in enumerate(messages)]
    found: dict[int, dict[int, int]] = {}
    for place, person_id, notice_id in statements.rows(
        _INSERT_NOTICES, {"messages": _as_json(columns), "people": _as_json(told)}
    ):
        found.setdefault(place, {})[person_id] = notice_id
    return found


def _columns(place: int, message: Message) -> dict[str, Any]:
    event = events.get(message.event)
    return {
        "place": place,
        "event": event.key,
        "group": str(event.group),
        "data": _data(message),
        "record_id": message.record_id,
        "record_type": message.record_type,
        "link": message.link,
        "is_red": message.is_red,
        "is_urgent": event.is_urgent,
        "dedupe_key": message.dedupe_key,
        "file_ids": list(message.file_ids),
    }


def _data(message: Message) -> dict[str, Any]:
    given = dict(message.data)
    if message.actor is not None and message.actor.user_id is not None:
        given.setdefault("actor", message.actor.name)
    return given


def _insert_deliveries(
    messages: Sequence[Message], notices: Mapping[int, Mapping[int, int]], told: Collection[User]
) -> None:
    now, on = timezone.now(), configuration.channels_on()
    known = readers.readers_of(told, on)
    rows = [
        _row(notice_id, planned, is_due=planned.next_at == now)
        for place, by_person in notices.items()
        for turn, (person_id, notice_id) in enumerate(by_person.items())
        for planned in planning.plan(
            events.get(messages[place].event),
            demanded=messages[place].channels,
            reader=known[person_id],
            channels_on=on,
            is_first=turn == 0,
            now=now,
        )
    ]
    made = statements.rows(_INSERT_DELIVERIES, [_as_json(rows)])
    queue(delivery_id for delivery_id, is_queued in made if is_queued)


def _tell_screens(messages: Sequence[Message], notices: Mapping[int, Mapping[int, int]]) -> None:
    """Have what shows approvals or clocks ask again, beside the list of notices."""
    concerned: dict[str, set[int]] = {}
    for place, by_person in notices.items():
        group = events.get(messages[place].event).group
        if group in _KIND_OF_GROUP:
            concerned.setdefault(_KIND_OF_GROUP[Group(group)], set()).update(by_person)
    for kind, people in concerned.items():
        live.tell(kind, people)


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


def _as_json(value: Any) -> str:
    return dumped(value).decode()
