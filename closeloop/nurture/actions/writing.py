"""Writing what was decided for many enrolments: steps, messages, where each stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.engine.nurture import Send, State
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.nurture import deciding, languages, models, paths
from closeloop.nurture.actions.leaving import end_many
from closeloop.nurture.actions.queueing import queue
from closeloop.nurture.clock import day_of
from closeloop.nurture.deciding import Case
from closeloop.nurture.models import Message, Taken

_STAND = """
    UPDATE nurture_enrolment e SET position = given.position, next_at = given.next_at
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[]) AS given(id, position, next_at)
    WHERE e.id = given.id AND e.state = 'running' RETURNING e.id
"""


def write(cases: Sequence[Case], *, now: datetime, actor: Actor) -> None:
    """Write everything but what changes the leads themselves, in the current transaction.

    Who leaves ends last, so that the steps before stand in their history.
    """
    if not cases:
        return
    made = _messages(cases, now)
    _take(cases, made, now)
    going = [each for each in cases if each.decision.state is State.RUNNING]
    if going:
        statements.rows(
            _STAND,
            [
                [each.enrolment.pk for each in going],
                [each.decision.position for each in going],
                [each.decision.next_at for each in going],
            ],
        )
    endings = {
        each.enrolment.pk: (each.decision.state.value, each.decision.reason or _ending(each))
        for each in cases
        if each.decision.state is not State.RUNNING
    }
    end_many(endings, actor=actor)


def _ending(case: Case) -> str:
    """What a path that was walked to its end ended with."""
    last = case.decision.passed[-1].outcome if case.decision.passed else ""
    return "handed_over" if last == "handed_over" else ""


def _messages(cases: Sequence[Case], now: datetime) -> Mapping[int, Message]:
    """A message for each step that sends, also where it is skipped; by enrolment."""
    sending = [each for each in cases if isinstance(each.decision.effect, Send)]
    spoken = languages.of_records([each.enrolment.record_id for each in sending])
    rows: dict[int, Message] = {}
    for case in sending:
        step, enrolment = case.decision.effect, case.enrolment
        assert isinstance(step, Send)
        template = deciding.template_of(step)
        version = template.version_id if template else _last_version(step.template)
        if version is None:
            continue
        skip = case.decision.skip or ("" if template else "template_gone")
        rows[enrolment.pk] = Message(
            enrolment_id=enrolment.pk,
            record_id=enrolment.record_id,
            path_id=enrolment.path_id,
            version_id=enrolment.version_id,
            step=step.key,
            channel=step.channel,
            template_id=version,
            language=spoken[enrolment.record_id],
            address=case.reach.addresses.get(step.channel, ""),
            person=case.reach.people.get(step.channel, ""),
            state=Message.State.SKIPPED if skip else Message.State.WAITING,
            error_code=skip,
            next_at=None if skip else now,
            queued_at=None if skip else now,
            day=None if skip else day_of(now),
            created_at=now,
        )
    Message.objects.bulk_create(rows.values())
    queue([each.pk for each in rows.values() if each.state == Message.State.WAITING])
    _record_skips(sending, rows)
    return rows


def _take(cases: Sequence[Case], made: Mapping[int, Message], now: datetime) -> None:
    taken = []
    for case in cases:
        message = made.get(case.enrolment.pk)
        for passed in case.decision.passed:
            is_message = message is not None and passed.step == message.step
            taken.append(
                Taken(
                    enrolment_id=case.enrolment.pk,
                    step=passed.step,
                    outcome=_outcome(passed.outcome, message if is_message else None),
                    reason=message.error_code if is_message and message else "",
                    until=passed.until,
                    at=now,
                    message=message if is_message else None,
                )
            )
    Taken.objects.bulk_create(taken)


def _outcome(given: str, message: Message | None) -> str:
    return "skipped" if message is not None and message.error_code else given


def _last_version(key: str) -> int | None:
    found = models.TemplateVersion.objects.filter(template__key=key, is_current=True)
    return found.values_list("pk", flat=True).first()


def _record_skips(cases: Sequence[Case], made: Mapping[int, Message]) -> None:
    """A message that does not go is told in the lead's trail, with the reason."""
    told = [
        Happening(
            verb="nurture.step_skipped",
            record_id=case.enrolment.record_id,
            record_type=case.live.record_type,
            unit_id=case.place.unit_id,
            data={
                "path": case.live.key,
                "name": case.live.name,
                "step": message.step,
                "via": message.channel,
                "channel": paths.in_both(f"nurture.channel.{message.channel}"),
                "reason": message.error_code,
                "why": paths.in_both(f"nurture.reason.{message.error_code}"),
            },
        )
        for case in cases
        if (message := made.get(case.enrolment.pk)) is not None and message.error_code
    ]
    activity.record_all(told, actor=SYSTEM)
