"""Agreeing to several cases at once, each as if it were alone, where their flows allow it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from closeloop.approvals import errors, flows, queries
from closeloop.approvals.actions import answering
from closeloop.approvals.actions.answering import Answer
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import Actor


@dataclass
class BatchResult:
    """The cases that were agreed to, and for each that was not, the refusal."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[int, str, Refusal]] = field(default_factory=list)


def agree_many(case_ids: Sequence[int], *, comment: str, actor: Actor) -> BatchResult:
    """Agree to each in a savepoint; what one refuses leaves the others alone."""
    result = BatchResult()
    for case_id in sorted(set(case_ids)):
        title = ""
        try:
            with transaction.atomic():
                case = queries.visible_case(case_id, actor=actor)
                title = case.title
                if not flows.loaded(case.version_id).flow.is_batchable:
                    raise errors.NotInBatch
                answering.agree(case_id, Answer(comment=comment), actor=actor)
        except Refusal as refusal:
            work.settle(refusal)
            result.refused.append((case_id, title, refusal))
        else:
            result.done.append(case_id)
    return result
