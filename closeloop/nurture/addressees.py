"""Where leads are reached: normalised addresses, suppressions, and what they were sent lately."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import phonenumbers

from closeloop.edge import statements
from closeloop.engine.nurture import Addressee, Channel
from closeloop.engine.nurture.limits import DAYS_OF_WEEK
from closeloop.leads.identities.kinds import EXTERNAL_USER
from closeloop.notices.channels import sms
from closeloop.notices.channels.outcomes import GiveUp

_ADDRESSES = """
    SELECT l.id, l.email, l.phone,
           (SELECT i.value FROM leads_identity i
            WHERE i.lead_id = l.id AND i.kind = %s ORDER BY i.id DESC LIMIT 1)
    FROM leads_lead l WHERE l.id = ANY(%s::bigint[])
"""
_SUPPRESSED = """
    SELECT s.channel, s.person, bool_or(s.is_all), bool_and(s.source = 'bounce')
    FROM nurture_suppression s
    JOIN unnest(%s::text[], %s::text[]) AS asked(channel, person)
      ON s.channel = asked.channel AND s.person = asked.person
    WHERE s.lifted_at IS NULL GROUP BY 1, 2
"""
_SENT_LATELY = """
    SELECT m.channel, m.person, m.day FROM nurture_message m
    JOIN unnest(%s::text[], %s::text[]) AS asked(channel, person)
      ON m.channel = asked.channel AND m.person = asked.person
    WHERE m.day > %s AND m.day <= %s AND NOT (m.id = ANY(%s::bigint[]))
"""
_WITH_CONTACT = """
    SELECT i.lead_id FROM leads_identity i JOIN leads_lead l ON l.id = i.lead_id
    WHERE i.kind = %s AND i.value = %s AND l.deleted_at IS NULL ORDER BY 1 DESC
"""
_WITH_MAIL = """
    SELECT l.id FROM leads_lead l
    WHERE l.email = %s AND l.deleted_at IS NULL ORDER BY 1 DESC
"""
_WITH_PHONE = """
    SELECT l.id FROM leads_lead l
    WHERE l.phone = ANY(%s::text[]) AND l.deleted_at IS NULL ORDER BY 1 DESC
"""
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('nurture ' || %s, 0))"


@dataclass(frozen=True)
class Reach:
    """How one lead is reached: addresses as written and normalised, and what holds for each."""

    addresses: Mapping[Channel, str]
    people: Mapping[Channel, str]
    obstacles: Mapping[Channel, str] = field(default_factory=dict)
    days: Mapping[Channel, Sequence[int]] = field(default_factory=dict)

    def on(self, channel: Channel) -> Addressee:
        """How the lead stands on a channel."""
        return Addressee(self.obstacles.get(channel, ""), self.days.get(channel, ()))

    @property
    def is_unsubscribed(self) -> bool:
        """Whether nothing may be sent on any channel on which the lead has an address."""
        held = [self.obstacles.get(each) for each in self.people]
        return bool(held) and all(each == "suppressed" for each in held)


@dataclass(frozen=True)
class _Shut:
    """How an address is suppressed: for all channels; only because its mail came back."""

    is_all: bool
    is_bounced: bool


def person_of(channel: str, address: str) -> str:
    """The normalised form of an address; empty where it is none."""
    given = address.strip()
    if channel == Channel.MAIL:
        name, at, domain = given.casefold().rpartition("@")
        return f"{name}@{domain}" if at and name and "." in domain and " " not in given else ""
    if channel == Channel.SMS:
        try:
            number = sms.phone(given)
        except GiveUp:
            return ""
        is_mobile = phonenumbers.number_type(number) in (
            phonenumbers.PhoneNumberType.MOBILE,
            phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        )
        e164 = phonenumbers.PhoneNumberFormat.E164
        return phonenumbers.format_number(number, e164) if is_mobile else ""
    return given


def reach_of(
    record_ids: Collection[int], *, today: date, besides: Collection[int] = ()
) -> dict[int, Reach]:
    """How each of some leads is reached, in three queries for any number of them.

    `besides`: messages that do not count for the caps.
    """
    rows = statements.rows(_ADDRESSES, [EXTERNAL_USER, list(record_ids)])
    found: dict[int, dict[Channel, str]] = {}
    for record_id, email, phone, external in rows:
        given = {Channel.MAIL: email, Channel.SMS: phone, Channel.WECOM: external}
        found[record_id] = {channel: text for channel, text in given.items() if text}
    people = {
        record_id: {
            channel: person
            for channel, text in given.items()
            if (person := person_of(channel, text))
        }
        for record_id, given in found.items()
    }
    asked = {(channel, person) for each in people.values() for channel, person in each.items()}
    suppressed, days = _suppressed(asked), _sent_lately(asked, today, besides)
    return {
        record_id: Reach(
            addresses=found[record_id],
            people=people[record_id],
            obstacles=_obstacles(found[record_id], people[record_id], suppressed),
            days={
                channel: days.get((channel, person), ())
                for channel, person in people[record_id].items()
            },
        )
        for record_id in found
    }


def records_with(channel: str, person: str) -> list[int]:
    """The leads that have an address, removed ones apart, the newest first."""
    if channel == Channel.WECOM:
        rows = statements.rows(_WITH_CONTACT, [EXTERNAL_USER, person])
    elif channel == Channel.MAIL:
        rows = statements.rows(_WITH_MAIL, [person])
    else:
        written = {person, person.removeprefix("+"), person.removeprefix("+86")}
        rows = statements.rows(_WITH_PHONE, [sorted(written)])
    return [row[0] for row in rows]


def hold(person: str) -> None:
    """Have an address to oneself until the transaction ends: claims and suppressions wait here."""
    statements.rows(_HOLD, [person])


def _obstacles(
    written: Mapping[Channel, str],
    people: Mapping[Channel, str],
    suppressed: Mapping[tuple[str, str], _Shut],
) -> dict[Channel, str]:
    is_out = any(suppressed[each].is_all for each in people.items() if each in suppressed)
    found: dict[Channel, str] = {}
    for channel in Channel:
        person = people.get(channel)
        if person is None:
            found[channel] = "address_invalid" if written.get(channel) else "no_address"
        elif is_out:
            found[channel] = "suppressed"
        elif (channel, person) in suppressed:
            shut = suppressed[channel, person]
            found[channel] = "undeliverable" if shut.is_bounced else "suppressed"
    return found


def _suppressed(asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], _Shut]:
    """The suppressed addresses."""
    if not asked:
        return {}
    rows = statements.rows(_SUPPRESSED, _columns(asked))
    return {
        (channel, person): _Shut(is_all, is_bounced) for channel, person, is_all, is_bounced in rows
    }


def _sent_lately(
    asked: Collection[tuple[str, str]], today: date, besides: Collection[int]
) -> dict[tuple[str, str], list[int]]:
    if not asked:
        return {}
    since = today - timedelta(days=DAYS_OF_WEEK)
    rows = statements.rows(_SENT_LATELY, [*_columns(asked), since, today, list(besides)])
    found: dict[tuple[str, str], list[int]] = {}
    for channel, person, day in rows:
        found.setdefault((channel, person), []).append(day.toordinal())
    return found


def _columns(asked: Collection[tuple[str, str]]) -> list[list[str]]:
    ordered = sorted(asked)
    return [[str(channel) for channel, _ in ordered], [person for _, person in ordered]]
