"""Steps that change the lead itself: points for its score, and handing it over, with a notice."""

from collections.abc import Sequence

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.engine.nurture import HandOver, Score, Target
from closeloop.identity.actor import Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message as Notice
from closeloop.nurture import facts
from closeloop.nurture.deciding import Case
from closeloop.nurture.models import Points
from closeloop.nurture.plugs import plugs
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.scoring import actions as scoring

HANDED_OVER = "nurture.handed_over"


def carry_out(cases: Sequence[Case], *, actor: Actor) -> None:
    """Do what these steps ask for; their leads are locked, their enrolments written."""
    _score([each for each in cases if isinstance(each.decision.effect, Score)], actor)
    for case in cases:
        if isinstance(case.decision.effect, HandOver):
            _hand_over(case, case.decision.effect, actor)


def _score(cases: Sequence[Case], actor: Actor) -> None:
    """Points stand beside those of the rules, and the leads are scored by both at once."""
    rows = []
    for case in cases:
        step = case.decision.effect
        assert isinstance(step, Score)
        rows.append(
            Points(
                record_id=case.enrolment.record_id,
                enrolment_id=case.enrolment.pk,
                step=step.key,
                points=step.points,
                reason=dict(step.reason),
            )
        )
    Points.objects.bulk_create(rows)
    by_type: dict[str, set[int]] = {}
    for case in cases:
        by_type.setdefault(case.live.record_type, set()).add(case.enrolment.record_id)
    for record_type, ids in sorted(by_type.items()):
        scoring.rescore(record_type, sorted(ids), actor=actor)


def _hand_over(case: Case, step: HandOver, actor: Actor) -> None:
    record_type, record_id = case.live.record_type, case.enrolment.record_id
    why = ""
    if step.to is Target.ROUTING:
        why = "has_owner" if case.place.owner_id else plugs.route(record_type, record_id, actor)
    elif step.to is Target.POOL:
        note = (step.note or case.live.name).get("zh-CN", "")
        why = plugs.pool(record_type, record_id, note, actor)
    else:
        why = _assign(case, step, actor)
    place = facts.places_of(record_type, [record_id])[record_id]
    data = {
        "path": case.live.key,
        "name": case.live.name,
        "to": step.to.value,
        "role": step.role,
        "to_owner": place.owner_id,
        "refused": why,
        "note": step.note or {},
    }
    activity.record(
        Happening(
            verb=HANDED_OVER,
            record_id=record_id,
            record_type=record_type,
            unit_id=place.unit_id,
            data=data,
        ),
        actor=actor,
    )
    if place.owner_id is not None:
        _tell(case, step, place.owner_id)


def _assign(case: Case, step: HandOver, actor: Actor) -> str:
    """The lead goes to whoever of those with the role nearest to its unit has the fewest open."""
    holders = org.people_with_role(step.role, case.place.unit_id)
    if not holders or plugs.assign is None:
        return "nobody_with_role"
    if case.place.owner_id in holders:
        return ""
    loads = plugs.loads(case.live.record_type, holders)
    chosen = min(holders, key=lambda person: (loads.get(person, 0), person))
    plugs.assign(case.live.record_type, case.enrolment.record_id, chosen, actor)
    return ""


def _tell(case: Case, step: HandOver, person_id: int) -> None:
    record_id = case.enrolment.record_id
    title = Record.objects.values_list("title", flat=True).get(pk=record_id)
    notices.send(
        Notice(
            event=HANDED_OVER,
            to=(person_id,),
            record_id=record_id,
            record_type=case.live.record_type,
            link=f"/r/{case.live.record_type}/{record_id}",
            data={"record": title, "path": dict(case.live.name), "note": dict(step.note or {})},
            dedupe_key=f"nurture.handed_over:{case.enrolment.pk}",
        )
    )
