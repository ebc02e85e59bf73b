"""Why a document is not given."""

from closeloop.engine.refusals import Refusal, RefusalKind


class DocumentNotFound(Refusal):
    """There is no such document, or it is outside what you may see."""

    code = "document_not_found"
    kind = RefusalKind.NOT_FOUND
