"""Documents: the kinds that the product writes, and how a mail takes one along."""

from closeloop.documents import paper
from closeloop.documents.kinds import Kinds
from closeloop.documents.models import Document
from closeloop.notices.channels.protocol import Attached
from closeloop.notices.outgoing import Provided
from closeloop.process.documents import RISK_DIAGNOSIS


def plug(kinds: Kinds, notices: Provided) -> None:
    """Register the kinds, and lend their PDF to notices."""
    kinds.register(RISK_DIAGNOSIS)
    notices.document = _attached


def _attached(document_id: int, language: str) -> Attached | None:
    document = Document.objects.filter(pk=document_id).first()
    if document is None:
        return None
    return Attached(
        name=paper.file_name(document, language=language),
        content_type="application/pdf",
        content=paper.pdf_of(document, language=language),
    )
