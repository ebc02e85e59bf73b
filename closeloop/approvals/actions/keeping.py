"""Documents that go with what people do with a case, and the steps that answer no ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from closeloop.approvals import errors, presenting, queries
from closeloop.approvals.models import AskFile, Case, CaseFile, Step, StepFile, StepKind
from closeloop.engine.approvals.refusals import AskAnswered
from closeloop.files import actions as files
from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor

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
