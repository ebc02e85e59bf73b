"""Why a phone's check is not read or decided."""

from closeloop.engine.refusals import Refusal, RefusalKind


class NoMismatch(Refusal):
    """The sources do not disagree about this phone any more; reload it."""

    code = "phonecheck_no_mismatch"
    kind = RefusalKind.CONFLICT


class NumberNotTheirs(Refusal):
    """Choose one of the numbers that a source gives. `data`: number."""

    code = "phonecheck_number_unknown"
    kind = RefusalKind.INVALID


class ExternalNotFound(Refusal):
    """There is no such person in WeCom among those whom you or the contact's owner have added."""

    code = "phonecheck_external_not_found"
    kind = RefusalKind.NOT_FOUND


class ExternalTaken(Refusal):
    """Another contact is linked to this person in WeCom already."""

    code = "phonecheck_external_taken"
    kind = RefusalKind.CONFLICT


class SetUpInvalid(Refusal):
    """Mend the marked settings. `data`: errors."""

    code = "phonecheck_set_up_invalid"
    kind = RefusalKind.INVALID


class TableLacksColumns(Refusal):
    """The table needs a column with the company's name and one with phones. `data`: columns."""

    code = "phonecheck_table_columns"
    kind = RefusalKind.INVALID
