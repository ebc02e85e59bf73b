"""What would become of the rows of a batch: the same judgement for a preview and for the run."""

from collections.abc import Sequence

from closeloop.transfer import matching
from closeloop.transfer.interpreting import Batch, Interpreter
from closeloop.transfer.matching import Parted
from closeloop.transfer.plans import STAGE


def judge(
    interpreter: Interpreter, batch: Batch, *, match_on: Sequence[str], policy: str
) -> Parted:
    """Part a batch into new and known records; everything else is refused in the batch."""
    setting = interpreter.setting
    unreadable = sorted(batch.problems)
    parted = matching.part(
        setting.record_type, setting.specs, batch, match_on=match_on, policy=policy
    )
    # Rows that cannot be read are judged to the end too, so that they tell all their problems.
    interpreter.complete(batch, sorted([*parted.create, *unreadable * setting.makes_new]))
    _refuse_later_stages(interpreter, batch, parted)
    matching.refuse_taken(setting.record_type, setting.specs, batch, parted)
    return parted


def _refuse_later_stages(interpreter: Interpreter, batch: Batch, parted: Parted) -> None:
    """A new record begins at the first stage, unless it is an opening entry (期初)."""
    setting = interpreter.setting
    if setting.may_open:
        return
    for place in parted.create:
        stage = batch.value(STAGE, place)
        if stage is not None and stage != setting.company.initial:
            batch.refuse(place, {"field": STAGE, "code": "stage_needs_opening", "given": stage})
