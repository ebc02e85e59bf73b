"""Before publishing: who would begin now, and how one lead would go through the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.edge import messages
from closeloop.engine import nurture
from closeloop.engine.facts import NOW
from closeloop.engine.nurture import (
    CLICKED,
    CLICKED_LAST,
    OPENED,
    OPENED_LAST,
    SENT,
    Admission,
    Channel,
    Compiled,
    Decision,
    Send,
    State,
)
from closeloop.identity.actor import Actor
from closeloop.nurture import addressees, deciding, facts, limits, models, paths, sentences
from closeloop.nurture.actions.enrolling import judge
from closeloop.nurture.clock import calendar_of, day_of, today
from closeloop.nurture.plugs import plugs
from closeloop.nurture.queries import reach, reporting
from closeloop.nurture.queries.templates import reason_text
from closeloop.records import queries as records
from closeloop.records.types import registry

MOST_PREVIEWED, AT_ONCE, EXAMPLES = 20_000, 2000, 10
MOST_LOOKS = 400
"""Steps and nights that a rehearsal goes through at most; no path has so many."""


@dataclass(frozen=True)
class Rehearsed:
    """What is assumed: when it begins, and whether every message is opened and followed."""

    record_id: int
    start_at: datetime | None = None
    opens: bool = False
    clicks: bool = False


def preview(definition: Mapping[str, Any], *, actor: Actor) -> dict[str, Any]:
    """Which leads within reach would begin now, and where they could be reached.

    Raises PathInvalid. Nothing is written.
    """
    compiled = paths.compiled_draft(definition)
    found = models.Path.objects.filter(key=compiled.path.key).first()
    ids = _open_leads(compiled.path.record_type, actor)
    looked_at = ids[:MOST_PREVIEWED]
    starting: list[int] = []
    refused: dict[str, int] = {}
    for start in range(0, len(looked_at), AT_ONCE):
        some = looked_at[start : start + AT_ONCE]
        judged = judge(compiled, found.pk if found else None, some, checks_start=True)
        starting += judged.started
        for why in judged.refused.values():
            refused[why] = refused.get(why, 0) + 1
    examples = records.visible_among(starting[:EXAMPLES], actor=actor)
    return {
        "looked_at": len(looked_at),
        "is_partial": len(ids) > MOST_PREVIEWED,
        "would_start": len(starting),
        "running": refused.get("on_it", 0),
        "had_before": refused.get("had_it", 0),
        "examples": [
            {"id": each.pk, "type": each.type, "title": each.title} for each in examples.values()
        ],
        "reach": _reach(starting, compiled),
    }


def rehearse(
    definition: Mapping[str, Any], asked: Rehearsed, *, actor: Actor, language: str
) -> dict[str, Any]:
    """The steps of one lead with their dates, if nothing else happens to it meanwhile.

    Raises PathInvalid, RecordNotFound. Nothing is written.
    """
    compiled = paths.compiled_draft(definition)
    record = records.visible_record(asked.record_id, actor=actor, record_type=reach.LEAD)
    found = models.Path.objects.filter(key=compiled.path.key).first()
    judged = judge(compiled, found.pk if found else None, [record.pk], checks_start=True)
    why = judged.refused.get(record.pk, "")
    walked = _walk(compiled, record.pk, asked, language)
    return {
        "starts": not why,
        "why": refusal_text(why, [definition], language) if why else "",
        **walked,
    }


def refusal_text(why: str, definitions: Sequence[Mapping[str, Any]], language: str) -> str:
    """Why a lead does not begin, in words."""
    code = f"nurture.refused.{why}"
    if code in messages.catalogue():
        return messages.say(code, language)
    name = reporting.reason_name(definitions, why, language)
    return messages.say("nurture.refused.leaves_at_once", language, {"why": name})


def _walk(compiled: Compiled, record_id: int, asked: Rehearsed, language: str) -> dict[str, Any]:
    record_type = compiled.path.record_type
    place = facts.places_of(record_type, [record_id])[record_id]
    known = facts.of_records(record_type, [record_id], compiled.fact_keys, {record_id: place})
    given = known[record_id]
    now = asked.start_at or timezone.now()
    reached = addressees.reach_of([record_id], today=day_of(now))[record_id]
    senders = plugs.senders([place.owner_id]) if place.owner_id else {}
    sent: dict[Channel, list[int]] = {}
    position, steps = compiled.first, []
    for _ in range(MOST_LOOKS):
        moment = now

        def admit(step: Send, moment: datetime = moment) -> Admission:
            channel = step.channel
            obstacle = (
                reached.obstacles.get(channel, "")
                or deciding.obstacles(channel, place, senders)
                or deciding.unready(step)
            )
            days = [*reached.days.get(channel, ()), *sent.get(channel, ())]
            return nurture.admit(
                limits.of_channels()[channel],
                nurture.Addressee(obstacle, days),
                now=moment,
                calendar=calendar_of(None),
            )

        decision = nurture.decide(
            compiled,
            position,
            given,
            standing=place.standing(is_unsubscribed=reached.is_unsubscribed),
            admit=admit,
            now=moment,
            calendar=calendar_of(place.unit_id),
        )
        steps += _shown(compiled, decision, moment, language)
        if isinstance(decision.effect, Send) and not decision.skip:
            sent.setdefault(decision.effect.channel, []).append(day_of(moment).toordinal())
            given = _after_sending(given, decision.effect.key, asked)
        if decision.state is not State.RUNNING:
            break
        position, now = decision.position, decision.next_at or now
        given = {**given, NOW: now}
    return {"steps": steps, "ends": _ending(compiled, decision, now, language)}


def _after_sending(given: Mapping[str, Any], step: str, asked: Rehearsed) -> dict[str, Any]:
    """The facts once a message is opened or not, as it is assumed."""
    opens = asked.opens or asked.clicks
    return {
        **given,
        SENT: int(given.get(SENT) or 0) + 1,
        OPENED_LAST: opens,
        CLICKED_LAST: asked.clicks,
        f"{OPENED}{step}": opens,
        f"{CLICKED}{step}": asked.clicks,
    }


def _shown(
    compiled: Compiled, decision: Decision, at: datetime, language: str
) -> list[dict[str, Any]]:
    told = []
    for passed in decision.passed:
        step = compiled.steps[passed.step]
        skip = decision.skip if passed.outcome == "skipped" else ""
        told.append(
            {
                "step": passed.step,
                "kind": step.kind.value,
                "at": at,
                "until": passed.until,
                "text": sentences.of_step(step, compiled.path.record_type, language),
                "outcome": passed.outcome,
                "reason": skip or None,
                "reason_text": reason_text(skip, language),
            }
        )
    return told


def _ending(compiled: Compiled, decision: Decision, at: datetime, language: str) -> dict[str, Any]:
    reason = decision.reason
    if not reason:
        return {"how": decision.state.value, "reason": None, "reason_text": "", "at": at}
    named = {leave.key: leave.name for leave, _ in compiled.leaves}
    text = sentences.in_language(named.get(reason), language) or reporting.reason_name(
        (), reason, language
    )
    return {"how": decision.state.value, "reason": reason, "reason_text": text, "at": at}


def _open_leads(record_type: str, actor: Actor) -> list[int]:
    """The open leads within reach, the newest first, and one more than are looked at."""
    where, params = reach.of_leads(actor)
    table = registry.get(record_type).table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id FROM records_record r JOIN {table} l ON l.id = r.id"
            f" WHERE {where} AND NOT (l.stage = ANY(%s)) ORDER BY r.id DESC LIMIT %s",
            [*params, sorted(plugs.ended(record_type)), MOST_PREVIEWED + 1],
        )
        return [row[0] for row in cursor.fetchall()]


def _reach(ids: Sequence[int], compiled: Compiled) -> list[dict[str, Any]]:
    """On each channel that the path uses: how many of some leads are reached, and why not."""
    used = {step.channel for step in compiled.steps.values() if isinstance(step, Send)}
    found = {channel: {"reachable": 0, "no_address": 0, "suppressed": 0} for channel in used}
    for start in range(0, len(ids), AT_ONCE):
        some = addressees.reach_of(ids[start : start + AT_ONCE], today=today())
        for each in some.values():
            for channel in used:
                obstacle = each.obstacles.get(channel, "")
                key = "reachable" if not obstacle else (
                    "suppressed" if obstacle == "suppressed" else "no_address"
                )  # fmt: skip
                found[channel][key] += 1
    return [{"channel": channel.value, **found[channel]} for channel in Channel if channel in used]
