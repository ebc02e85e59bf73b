"""Deciding for many enrolments together: what the engine asks is read in a few queries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.engine import nurture
from closeloop.engine.nurture import Admission, Channel, Compiled, Decision, Send
from closeloop.notices import configuration
from closeloop.nurture import addressees, channels, facts, limits, paths, templates
from closeloop.nurture.addressees import Reach
from closeloop.nurture.clock import calendar_of, day_of
from closeloop.nurture.facts import Place
from closeloop.nurture.models import Enrolment
from closeloop.nurture.paths import Live
from closeloop.nurture.plugs import plugs

_NOWHERE = Reach(addresses={}, people={}, obstacles=dict.fromkeys(Channel, "no_address"))


@dataclass(frozen=True)
class Case:
    """An enrolment with everything that was asked of it, and what was decided."""

    enrolment: Enrolment
    live: Live
    compiled: Compiled
    place: Place
    reach: Reach
    facts: Mapping[str, Any]
    decision: Decision


def decide_all(enrolments: Sequence[Enrolment], *, now: datetime) -> dict[int, Case]:
    """What is due for each of some locked enrolments, by id.

    Those whose path cannot be read are left out. A message that one of them sends counts for the
    caps of the next, so the order of ids decides between two paths of one person.
    """
    ready = list(_ready(enrolments))
    by_type: dict[str, list[tuple[Enrolment, Live, Compiled]]] = {}
    for each in ready:
        by_type.setdefault(each[1].record_type, []).append(each)
    found: dict[int, Case] = {}
    for record_type, some in by_type.items():
        found |= _decide_type(record_type, some, now)
    return {each.pk: found[each.pk] for each in enrolments if each.pk in found}


def obstacles(channel: Channel, place: Place, senders: Mapping[int, str]) -> str:
    """Why a channel cannot be used at all for a lead, whatever its address, in a code."""
    if channel is Channel.WECOM:
        if not plugs.wecom():
            return "channel_off"
        return "" if place.owner_id in senders else "no_sender"
    return "" if channel in configuration.channels_on() else "channel_off"


def unready(step: Send) -> str:
    """What is missing before a step can send to anybody, though its channel is on, in a code."""
    live = templates.current().get(step.template)
    if (
        live is not None
        and step.channel is Channel.SMS
        and channels.lacks_code(live.template.codes)
    ):
        return "sms_code_missing"
    return ""


def _ready(enrolments: Sequence[Enrolment]) -> Iterator[tuple[Enrolment, Live, Compiled]]:
    for each in enrolments:
        live = paths.live(each.version_id)
        compiled = paths.compiled(live)
        if compiled is not None:
            yield each, live, compiled


def _decide_type(
    record_type: str, some: Sequence[tuple[Enrolment, Live, Compiled]], now: datetime
) -> dict[int, Case]:
    record_ids = {each.record_id for each, _, _ in some}
    keys = frozenset().union(*(compiled.fact_keys for _, _, compiled in some))
    places = facts.places_of(record_type, record_ids)
    known = facts.of_records(record_type, record_ids, keys, places)
    own = facts.of_enrolments([each.pk for each, _, _ in some], keys)
    reach = addressees.reach_of(record_ids, today=day_of(now))
    senders = plugs.senders({each.owner_id for each in places.values() if each.owner_id})
    sent: dict[tuple[str, str], list[int]] = {}
    found: dict[int, Case] = {}
    for enrolment, live, compiled in some:
        place = places.get(enrolment.record_id) or Place(None, None, None, False, True)
        reached = reach.get(enrolment.record_id, _NOWHERE)
        given = {**known.get(enrolment.record_id, {}), **own.get(enrolment.pk, {})}
        decision = nurture.decide(
            compiled,
            enrolment.position,
            given,
            standing=place.standing(is_unsubscribed=reached.is_unsubscribed),
            admit=_admission(place, reached, senders, sent, now),
            now=now,
            calendar=calendar_of(place.unit_id),
        )
        found[enrolment.pk] = Case(enrolment, live, compiled, place, reached, given, decision)
        if isinstance(decision.effect, Send) and not decision.skip:
            person = reached.people[decision.effect.channel]
            days = sent.setdefault((decision.effect.channel, person), [])
            days.append(day_of(now).toordinal())
    return found


def _admission(
    place: Place,
    reach: Reach,
    senders: Mapping[int, str],
    sent: Mapping[tuple[str, str], list[int]],
    now: datetime,
) -> Callable[[Send], Admission]:
    def admit(step: Send) -> Admission:
        channel = step.channel
        obstacle = (
            reach.obstacles.get(channel, "") or obstacles(channel, place, senders) or unready(step)
        )
        person = reach.people.get(channel, "")
        days = [*reach.days.get(channel, ()), *sent.get((channel, person), ())]
        return nurture.admit(
            limits.of_channels()[channel],
            nurture.Addressee(obstacle, days),
            now=now,
            calendar=calendar_of(None),
        )

    return admit


def template_of(step: Send) -> templates.Live | None:
    """The version of a template that a step sends now; None where it was put away."""
    return templates.current().get(step.template)
