"""A case as the engine takes it: rows become values."""

from dataclasses import dataclass
from datetime import datetime

from closeloop.approvals import facts, flows, forms
from closeloop.approvals import models as rows
from closeloop.approvals.flows import Loaded
from closeloop.approvals.organisation import Organisation, roles_of
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import Around, AskState, CaseState, VisitState
from closeloop.engine.approvals.reading import REQUESTER_ROLES
from closeloop.identity.actor import Actor
from closeloop.org import queries as org


@dataclass(frozen=True)
class Held:
    """A case with its rows, as it was read."""

    row: rows.Case
    visits: dict[int, rows.Visit]
    asks: dict[int, rows.Ask]
    copies: tuple[rows.Copy, ...]
    version: Loaded
    value: engine.Case


def hold(row: rows.Case) -> Held:
    """Read everything of a case (lock its row first to change it)."""
    visits = {each.number: each for each in row.visits.all()}
    asks = {each.number: each for each in row.asks.all()}
    copies = tuple(row.copies.all())
    numbers = {each.pk: each.number for each in visits.values()}
    value = engine.Case(
        requester=row.requester_id,
        owner=row.record.owner_id if row.record else None,
        unit=row.unit_id,
        chosen={key: tuple(people) for key, people in row.chosen.items()},
        state=CaseState(row.state),
        reason=row.reason,
        round=row.round,
        visits=tuple(
            engine.Visit(
                number=each.number,
                node=each.node,
                round=each.round,
                state=VisitState(each.state),
                is_void=each.is_void,
            )
            for each in sorted(visits.values(), key=lambda visit: visit.number)
        ),
        asks=tuple(
            engine.Ask(
                number=each.number,
                visit=numbers[each.visit_id],
                slot=each.slot,
                rank=each.rank,
                part=each.part,
                person=each.person_id,
                state=AskState(each.state),
                on_behalf_of=each.on_behalf_of_id,
                added_by=each.added_by_id,
            )
            for each in sorted(asks.values(), key=lambda ask: ask.number)
        ),
        copies=tuple(engine.Copy(each.node, each.person_id) for each in copies),
    )
    return Held(row, visits, asks, copies, flows.loaded(row.version_id), value)


def asks_below(held: Held, actor: Actor) -> list[engine.Ask]:
    """The asks that wait for people below somebody, who may take them over; the requester may not,
    nor who is asked in the same step.
    """
    person = actor.user_id
    if person is None or person == held.value.requester:
        return []
    below = org.people_below(person)
    waiting = held.value.waiting()
    asked = {ask.visit for ask in held.value.asks if ask.person == person and ask.state.is_open}
    return [
        ask
        for ask in waiting
        if ask.visit not in asked and not below.isdisjoint((ask.person, ask.on_behalf_of))
    ]


def around(held: Held, at: datetime) -> Around:
    """What a case runs in at a moment."""
    return around_of(
        held.version,
        requester_id=held.row.requester_id,
        record_id=held.row.record_id,
        form=held.row.form,
        organisation=Organisation(at),
    )


def around_of(
    version: Loaded,
    *,
    requester_id: int,
    record_id: int | None,
    form: dict[str, object],
    organisation: Organisation,
) -> Around:
    """What a case of a version runs in, with exactly the facts that its conditions name."""
    flow = version.flow
    keys = version.compiled.fact_keys()
    found = forms.as_facts(flow, form)
    if REQUESTER_ROLES in keys:
        found[REQUESTER_ROLES] = roles_of(requester_id)
    of_record = {key for key in keys if key not in found}
    if of_record:
        found |= facts.read_facts(flow.record_type, record_id, of_record)
    return Around(flow=version.compiled, facts=found, directory=organisation)
