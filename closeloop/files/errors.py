"""Why a document is not taken, or not given."""

from closeloop.engine.refusals import Refusal, RefusalKind


class FileTooLarge(Refusal):
    """Send a file within the limit named in the answer. `data`: size, limit (bytes)."""

    code = "file_too_large"
    kind = RefusalKind.TOO_LARGE


class FileEmpty(Refusal):
    """The file holds nothing; choose it again."""

    code = "file_empty"
    kind = RefusalKind.INVALID


class FileTypeRefused(Refusal):
    """Send a PDF, picture, office document, text, recording, video or ZIP.

    The content decides, not the name. `data`: name, looks_like (an ending, empty when unknown).
    """

    code = "file_type_refused"
    kind = RefusalKind.INVALID


class PictureFormatRefused(Refusal):
    """Set the camera to "most compatible" (JPEG), or convert the HEIC picture first."""

    code = "file_heic_refused"
    kind = RefusalKind.INVALID


class PictureUnreadable(Refusal):
    """The picture is damaged; take or export it again."""

    code = "file_picture_unreadable"
    kind = RefusalKind.INVALID


class PictureTooLarge(Refusal):
    """Send the picture with fewer pixels. `data`: width, height, most_pixels."""

    code = "file_picture_too_large"
    kind = RefusalKind.TOO_LARGE


class FileHasMacros(Refusal):
    """Save the document without macros (docx, xlsx, pptx) and send it again."""

    code = "file_has_macros"
    kind = RefusalKind.INVALID


class KindInvalid(Refusal):
    """Name the kind of document by its key, such as minutes: small letters, digits, underscores."""

    code = "file_kind_invalid"
    kind = RefusalKind.INVALID


class AttachmentNotFound(Refusal):
    """The document does not exist, was removed, or belongs to a record outside your reach."""

    code = "file_not_found"
    kind = RefusalKind.NOT_FOUND
