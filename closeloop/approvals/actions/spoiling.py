"""What changes of a record do to its approvals: grants go stale, a removed one ends its cases."""

from collections.abc import Collection

from closeloop.approvals import flows
from closeloop.approvals.actions import answering, applying
from closeloop.approvals.models import Case, CaseState
from closeloop.engine import approvals as engine
from closeloop.identity.actor import SYSTEM, Actor

RECORD_REMOVED = "record_removed"


def spoil_grants(record_id: int, fields: Collection[str]) -> None:
    """Have no gate count a grant that showed one of these fields and was not carried out."""
    granted = Case.objects.filter(
        record_id=record_id, state=CaseState.GRANTED, is_stale=False, carried_out=False
    )
    for case in granted:
        shown = {line.field for line in flows.loaded(case.version_id).flow.form if line.field}
        if shown & set(fields):
            case.is_stale = True
            case.save(update_fields=["is_stale"])


def end_cases_of(record_id: int, *, actor: Actor) -> None:
    """Stop whatever is being approved about a record that was removed."""
    open_states = [CaseState.RUNNING, CaseState.RETURNED]
    found = Case.objects.filter(record_id=record_id, state__in=open_states)
    for case_id in sorted(found.values_list("pk", flat=True)):
        held = answering.locked(case_id, actor=SYSTEM)
        if not held.value.state.is_final:
            applying.apply(held, engine.end(held.value, RECORD_REMOVED), actor=actor)
