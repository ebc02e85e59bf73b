"""Documents on records, as small as their formats allow."""

import struct
import zlib
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from closeloop.files import actions as files
from closeloop.files.models import Attachment
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.records.models import Record

_numbers = count(1)


def make_document(
    record_id: int, kind: str, *, types: tuple[str, ...] = ("pdf",), actor: Actor = SYSTEM
) -> Attachment:
    """A document of a kind in one of the types; each one differs from all others."""
    number = next(_numbers)
    ending = next(each for each in ("pdf", "amr", "png") if each in types)
    content = {"pdf": _pdf, "amr": _amr, "png": _png}[ending](number)
    upload = SimpleUploadedFile(f"{kind}{number}.{ending}", content)
    return files.attach(Record.objects.get(pk=record_id), upload, kind=kind, actor=actor)


def _pdf(number: int) -> bytes:
    return b"%%PDF-1.7\n%% %d\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n" % number


def _amr(number: int) -> bytes:
    return b"#!AMR\n" + b"\x3c" + number.to_bytes(4, "big") + b"\0" * 27


def _png(number: int) -> bytes:
    """One pixel in a colour of its own."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = {
        b"IHDR": header,
        b"IDAT": zlib.compress(b"\0" + number.to_bytes(3, "big")),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts.items()
    )
