"""Approvals of the past in memory: decided by the engine, written in bulk at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from closeloop.activity.actions import Happening
from closeloop.approvals import changes, forms, reading
from closeloop.approvals.models import Ask, Case, Copy, Step, StepKind, Visit
from closeloop.approvals.organisation import Organisation
from closeloop.approvals.reading import Held
from closeloop.demo.agreeing.verbs import Said, Wish
from closeloop.demo.ledger.held import Row
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import Around
from closeloop.identity.actor import ActorKind
from closeloop.org import queries as org

BATCH = 2000
Decide = Callable[[engine.Case, engine.Ask, Around], engine.Case]


class Colleagues(Organisation):
    """The organisation for many cases at one time: every question is asked once."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._holders: dict[tuple[str, int | None], tuple[int, ...]] = {}

    def holders_of(self, role: str, unit: int | None) -> tuple[int, ...]:
        """The holders of a role, those nearest to the unit."""
        if (role, unit) not in self._holders:
            self._holders[role, unit] = tuple(org.people_with_role(role, unit))
        return self._holders[role, unit]


@dataclass
class Kept:
    """The rows of cases, in the order in which they came to be."""

    cases: list[Case] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)


class CaseBooks:
    """Keeps what people do with approvals. Nothing else may open cases until they are written."""

    def __init__(self, *, organisation: Organisation) -> None:
        self.kept = Kept()
        self._organisation = organisation
        self._first_case, self._first_ask = _next_number(Case), _next_number(Ask)

    def open(self, wish: Wish, *, at: datetime) -> Held:
        """Ask for it: the first people are asked."""
        flow = wish.version.flow
        form = forms.cleaned(flow, wish.form) | forms.copied(flow, wish.record_id)
        row = Case(
            pk=self._first_case + len(self.kept.cases),
            flow_id=wish.version.flow_id,
            version_id=wish.version.version_id,
            title=wish.title,
            record_id=wish.record_id,
            record_type=wish.record_type,
            requester_id=wish.requester_id,
            unit_id=wish.unit_id,
            form=form,
            comment=wish.comment,
            opened_at=at,
        )
        self.kept.cases.append(row)
        value = engine.Case(requester=wish.requester_id, owner=wish.requester_id, unit=wish.unit_id)
        held = Held(row=row, visits={}, asks={}, copies=(), version=wish.version, value=value)
        self._note(changes.opening_of(held), by=row.requester_id, at=at)
        after = engine.start(value, self._around(held))
        return self._change(held, after, by=row.requester_id, at=at)

    def see(self, held: Held, number: int, *, at: datetime) -> Held:
        """Note that who is asked has seen it, once."""
        person = held.asks[number].person_id
        unseen = [
            ask
            for ask in held.asks.values()
            if (ask.person_id, ask.state, ask.seen_at) == (person, "waiting", None)
        ]
        for ask in unseen:
            ask.seen_at = at
        if unseen:
            told = changes.happening(held.row, "approval.seen", {"person_id": person})
            self._note(told, by=person, at=at)
        for copy in held.copies:
            if copy.person_id == person and copy.seen_at is None:
                copy.seen_at = at
        return held

    def agree(self, held: Held, said: Said) -> Held:
        """Agree."""
        return self._answer(held, said, engine.agree, "approval.agreed")

    def refuse(self, held: Held, said: Said) -> Held:
        """Refuse."""
        return self._answer(held, said, engine.refuse, "approval.refused")

    def send_back(self, held: Held, said: Said, *, to_node: str | None) -> Held:
        """Return it to a step, or to who asked."""

        def decide(case: engine.Case, ask: engine.Ask, around: Around) -> engine.Case:
            return engine.send_back(case, ask, around, to_node=to_node)

        return self._answer(held, said, decide, "approval.returned", to_node=to_node)

    def transfer(self, held: Held, said: Said, *, to: int) -> Held:
        """Hand it to somebody else."""

        def decide(case: engine.Case, ask: engine.Ask, around: Around) -> engine.Case:
            return engine.transfer(case, ask, around, to=to)

        return self._answer(held, said, decide, "approval.transferred", to=to)

    def urge(self, held: Held, comment: str, *, at: datetime) -> Held:
        """Remind who is asked."""
        people = [ask.person for ask in held.value.waiting()]
        held.row.urged_at = at
        self._step(held, StepKind.URGE, comment, at=at)
        told = {"comment": comment, "people": people}
        self._note(
            changes.happening(held.row, "approval.urged", told), by=held.row.requester_id, at=at
        )
        return held

    def withdraw(self, held: Held, comment: str, *, at: datetime) -> Held:
        """Take it back."""
        row = held.row
        after = engine.withdraw(held.value, row.requester_id)
        self._step(held, StepKind.WITHDRAW, comment, at=at)
        told = changes.happening(row, "approval.withdrawn", {"comment": comment})
        self._note(told, by=row.requester_id, at=at)
        return self._change(held, after, by=row.requester_id, at=at)

    def resubmit(self, held: Held, form: Mapping[str, Any], comment: str, *, at: datetime) -> Held:
        """Send it again, mended."""
        row = held.row
        row.form = {**row.form, **forms.cleaned(held.version.flow, form, only=tuple(form))}
        after = engine.resubmit(held.value, row.requester_id, self._around(held))
        self._step(held, StepKind.RESUBMIT, comment, at=at)
        told = changes.happening(row, "approval.resubmitted", {"comment": comment})
        self._note(told, by=row.requester_id, at=at)
        return self._change(held, after, by=row.requester_id, at=at)

    def mark(self) -> dict[str, int]:
        """Where the books stand."""
        return {name: len(rows) for name, rows in vars(self.kept).items()}

    def undo(self, mark: Mapping[str, int]) -> None:
        """Forget what was opened since a mark."""
        for name, count in mark.items():
            del getattr(self.kept, name)[count:]

    def write(self) -> list[Row]:
        """Write every row but the entries, which it gives."""
        kept = self.kept
        Case.objects.bulk_create(kept.cases, batch_size=BATCH)
        Visit.objects.bulk_create(kept.visits, batch_size=BATCH)
        Ask.objects.bulk_create(kept.asks, batch_size=BATCH)
        Step.objects.bulk_create(kept.steps, batch_size=BATCH)
        Copy.objects.bulk_create(kept.copies, batch_size=BATCH)
        _go_on_after(Case, self._first_case + len(kept.cases) - 1)
        _go_on_after(Ask, self._first_ask + len(kept.asks) - 1)
        return kept.entries

    def _answer(self, held: Held, said: Said, decide: Decide, verb: str, **data: Any) -> Held:
        row = held.asks[said.number]
        ask = engine.ask_for(held.value, row.person_id, said.number)
        after = decide(held.value, ask, self._around(held))
        row.comment = said.comment
        told = {"comment": said.comment, **data}
        entry = changes.answer_of(held, row, verb, by=row.person_id, **told)
        self._note(entry, by=row.person_id, at=said.at)
        return self._change(held, after, by=row.person_id, at=said.at)

    def _change(self, held: Held, after: engine.Case, *, by: int, at: datetime) -> Held:
        made = changes.changes_to(held, after, at=at)
        for ask in made.new_asks:
            ask.pk = self._first_ask + len(self.kept.asks)
            self.kept.asks.append(ask)
        for copy in made.copies:
            copy.at = at
        self.kept.visits += made.new_visits
        self.kept.copies += made.copies
        for happening in changes.happenings_of(held, made):
            self._note(happening, by=by, at=at)
        return replace(held, copies=(*held.copies, *made.copies), value=after)

    def _step(self, held: Held, kind: StepKind, comment: str, *, at: datetime) -> None:
        person = held.row.requester_id
        step = Step(case=held.row, kind=kind, person_id=person, comment=comment, at=at)
        self.kept.steps.append(step)

    def _note(self, happening: Happening, *, by: int, at: datetime) -> None:
        self.kept.entries.append(
            (
                at, happening.verb, by, ActorKind.PERSON.value, happening.record_id,
                happening.record_type, happening.unit_id,
                json.dumps(happening.data, cls=DjangoJSONEncoder),
            )
        )  # fmt: skip

    def _around(self, held: Held) -> Around:
        return reading.around_of(
            held.version,
            requester_id=held.row.requester_id,
            record_id=held.row.record_id,
            form=held.row.form,
            organisation=self._organisation,
        )


def _next_number(model: type[Case] | type[Ask]) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
        number: int = cursor.fetchone()[0]
    return number


def _go_on_after(model: type[Case] | type[Ask], number: int) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(%s, 1))", [number]
        )
