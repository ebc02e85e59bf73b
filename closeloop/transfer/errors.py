"""Why an import or an export is not done as asked."""

from closeloop.engine.refusals import Refusal, RefusalKind


class TableUnreadable(Refusal):
    """Save the table as CSV (UTF-8 or GBK) or XLSX and send it again. `data`: why."""

    code = "import_table_unreadable"
    kind = RefusalKind.INVALID


class TableTooLarge(Refusal):
    """Split the table and import the pieces one after the other. `data`: limit_mb."""

    code = "import_table_too_large"
    kind = RefusalKind.TOO_LARGE


class TableEmpty(Refusal):
    """The table has no rows; choose another file, sheet or first row."""

    code = "import_table_empty"
    kind = RefusalKind.INVALID


class MappingInvalid(Refusal):
    """Correct the marked columns; every problem is listed."""

    code = "import_mapping_invalid"
    kind = RefusalKind.INVALID


class ImportNotFound(Refusal):
    """There is no such import among those you may see."""

    code = "import_not_found"
    kind = RefusalKind.NOT_FOUND


class WrongState(Refusal):
    """An import that is in this state cannot do that; see its state. `data`: state, wanted."""

    code = "import_wrong_state"
    kind = RefusalKind.CONFLICT


class ExportNotFound(Refusal):
    """There is no such export of yours, or it was cleared away."""

    code = "export_not_found"
    kind = RefusalKind.NOT_FOUND


class ExportNotReady(Refusal):
    """The export is still being written; ask again in a moment."""

    code = "export_not_ready"
    kind = RefusalKind.CONFLICT


class ExportColumnsInvalid(Refusal):
    """Export only columns that you may read. `data`: columns."""

    code = "export_columns_invalid"
    kind = RefusalKind.INVALID
