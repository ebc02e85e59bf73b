"""What approvals refuse beside what the engine says."""

from closeloop.engine.refusals import Refusal, RefusalKind


class FlowNotFound(Refusal):
    """There is no such flow or version, or it is switched off; choose one from the list."""

    code = "flow_not_found"
    kind = RefusalKind.NOT_FOUND


class FlowKeyTaken(Refusal):
    """Another flow has this key; choose another one."""

    code = "flow_key_taken"
    kind = RefusalKind.CONFLICT


class FlowNotDrafted(Refusal):
    """There is no draft to publish; change the flow first."""

    code = "flow_not_drafted"
    kind = RefusalKind.CONFLICT


class CaseNotFound(Refusal):
    """There is no such approval, or it is none of yours."""

    code = "approval_not_found"
    kind = RefusalKind.NOT_FOUND


class NotBelow(Refusal):
    """Nobody below you is asked now, or you are asked yourself; answer, or let the others do so."""

    code = "approval_not_below"
    kind = RefusalKind.FORBIDDEN


class CaseAlreadyOpen(Refusal):
    """This is being approved already; open the approval that runs.

    `data`: case_id.
    """

    code = "approval_already_open"
    kind = RefusalKind.CONFLICT


class RecordMissing(Refusal):
    """This flow is about a record; open it from the record's page."""

    code = "approval_record_missing"
    kind = RefusalKind.INVALID


class FormInvalid(Refusal):
    """Mend the marked values.

    `data`: errors (field, code).
    """

    code = "approval_form_invalid"
    kind = RefusalKind.INVALID


class ChosenMissing(Refusal):
    """Choose who is to approve in the steps named.

    `data`: errors (field chosen.<node>, code), nodes.
    """

    code = "approval_chosen_missing"
    kind = RefusalKind.INVALID


class ReasonMissing(Refusal):
    """Say why: a refusal or a return needs a comment."""

    code = "approval_reason_missing"
    kind = RefusalKind.INVALID


class UrgedLately(Refusal):
    """It was urged less than an hour ago; wait a little.

    `data`: again_at.
    """

    code = "approval_urged_lately"
    kind = RefusalKind.CONFLICT


class NotYours(Refusal):
    """Only the person who opened this approval may do that."""

    code = "approval_not_yours"
    kind = RefusalKind.FORBIDDEN


class NotInBatch(Refusal):
    """This flow wants each approval to be opened and read; answer it on its own page."""

    code = "approval_not_in_batch"
    kind = RefusalKind.CONFLICT


class FileNotPossible(Refusal):
    """Name a document that you sent for this approval, or one of its record that you may read.

    `data`: file.
    """

    code = "approval_file_not_possible"
    kind = RefusalKind.INVALID


class ValuesChanged(Refusal):
    """What was approved has been changed meanwhile; have it approved again.

    `data`: fields.
    """

    code = "approval_values_changed"
    kind = RefusalKind.CONFLICT
