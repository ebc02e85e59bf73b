"""Documents that go with a request and with what people do with a case, and the steps of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from closeloop.approvals import errors, presenting, queries
from closeloop.approvals.models import (
    AskFile,
    Case,
    CaseFile,
    RequestFile,
    Step,
    StepFile,
    StepKind,
)
from closeloop.engine.approvals.refusals import AskAnswered
from closeloop.files import actions as files
from closeloop.files.models import Attachment
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org import queries as org

FILE_KIND = "approval"


def add_file(case_id: int, upload: UploadedFile[bytes], *, actor: Actor) -> Attachment:
    """Take a document for a case, to be named in what its sender does next.

    It stands with the case's record where there is one, else the case alone keeps it. For whoever
    can do something with the case now. Raises CaseNotFound, AskAnswered and what files refuse.
    """
    case = queries.visible_case(case_id, actor=actor)
    page = presenting.case_page(queries.whole_case(case_id), actor)
    if not page["my"]["actions"]:
        raise AskAnswered({"state": case.state})
    if case.record is None:
        kept = files.keep(upload, kind=FILE_KIND, unit_id=case.unit_id, actor=actor)
    else:
        kept = files.attach(case.record, upload, kind=FILE_KIND, actor=actor)
    CaseFile.objects.get_or_create(case=case, attachment=kept, person_id=actor.person_id)
    return kept


def add_request_file(upload: UploadedFile[bytes], *, actor: Actor) -> Attachment:
    """Take a document for a request that its sender is about to make, to be named in it.

    Until then it is nobody else's; a request that is refused leaves it there to be named again.
    Raises what files refuse.
    """
    unit_id = org.home_unit_of(actor.person_id)
    kept = files.keep(upload, kind=FILE_KIND, unit_id=unit_id, actor=actor)
    RequestFile.objects.create(attachment=kept, person_id=actor.person_id)
    return kept


def forget_requests_never_made(*, before: datetime) -> int:
    """Discard documents sent before a moment for requests that nobody made; gives how many."""
    with transaction.atomic():
        left = RequestFile.objects.filter(at__lt=before).select_related("attachment")
        # Somebody who names one now has it; what is named later is told that it is gone.
        forgotten = list(left.select_for_update(of=("self",), skip_locked=True))
        for each in forgotten:
            unit_id = org.home_unit_of(each.person_id)
            files.discard(each.attachment, unit_id=unit_id, actor=SYSTEM)
    return len(forgotten)


def name_with_request(case: Case, file_ids: Sequence[int], *, actor: Actor) -> None:
    """Put documents beside a request that was opened just now; raises FileNotPossible.

    What was sent for it stands with the record from now on, where there is one.
    """
    wanted = sorted(set(file_ids))
    if not wanted:
        return
    sent = RequestFile.objects.filter(person_id=actor.person_id, attachment__in=wanted)
    held = {each.attachment_id: each for each in sent.select_for_update(of=("self",))}
    known = _possible(case, [each for each in wanted if each not in held], actor=actor)
    for each in held.values():
        kept = each.attachment
        placed = kept if case.record is None else files.place(kept, case.record, actor=actor)
        known.append(placed.pk)
        each.delete()
    step = Step.objects.create(case=case, kind=StepKind.OPEN, person_id=actor.person_id)
    StepFile.objects.bulk_create(
        StepFile(step=step, attachment_id=each) for each in sorted(set(known))
    )


def name_with_ask(case: Case, ask_id: int, file_ids: Sequence[int], *, actor: Actor) -> None:
    """Put documents beside an answer; raises FileNotPossible."""
    known = _possible(case, file_ids, actor=actor)
    AskFile.objects.bulk_create(AskFile(ask_id=ask_id, attachment_id=each) for each in known)


def note_step(
    case: Case, kind: StepKind, *, comment: str, file_ids: Sequence[int], actor: Actor
) -> Step:
    """Keep what was done with a case, what was said to it and its documents.

    Raises FileNotPossible.
    """
    known = _possible(case, file_ids, actor=actor)
    step = Step.objects.create(
        case=case, kind=kind, person_id=actor.person_id, comment=comment.strip()
    )
    StepFile.objects.bulk_create(StepFile(step=step, attachment_id=each) for each in known)
    return step


def _possible(case: Case, file_ids: Sequence[int], *, actor: Actor) -> list[int]:
    """The documents named, once each.

    Whoever sees the case may read what is named in it, so that nobody may name a document that
    they could not read themselves: it is one that they sent for this case, or one of the record,
    where they read that.
    """
    wanted = sorted(set(file_ids))
    if not wanted:
        return []
    sent = CaseFile.objects.filter(case=case, person_id=actor.person_id, attachment__in=wanted)
    known = set(sent.values_list("attachment_id", flat=True))
    if case.record is not None and queries.reads_record(case, actor=actor):
        of_record = Attachment.objects.filter(record=case.record, deleted_at=None)
        known |= set(of_record.filter(pk__in=wanted).values_list("pk", flat=True))
    for file_id in wanted:
        if file_id not in known:
            raise errors.FileNotPossible({"file": file_id})
    return wanted
