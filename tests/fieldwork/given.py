"""Follow-ups as a phone sends them."""

import io
import uuid
from typing import Any

import numpy
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from closeloop.fieldwork import actions
from closeloop.identity.models import User
from tests.builders.moments import from_now
from tests.builders.people import actor_of

HOSPITAL = (31.2304, 121.4737)


def body(record_id: int, *, record_type: str = "customer", **given: Any) -> dict[str, Any]:
    """A call that counts; what is given stands instead."""
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "call",
        "record": {"type": record_type, "id": record_id},
        "at": from_now(minutes=-20).isoformat(),
        "text": "检验科想要更快的报告，下周三看方案",
        "ticks": ["need"],
        **given,
    }


def visit(record_id: int, photo: str, **given: Any) -> dict[str, Any]:
    """A visit that counts."""
    return body(
        record_id,
        **{
            "kind": "visit",
            "ticks": [],
            "uploads": [photo],
            "place": place(),
            "next_at": from_now(days=3).isoformat(),
            **given,
        },
    )


def place(latitude: float = HOSPITAL[0], longitude: float = HOSPITAL[1]) -> dict[str, Any]:
    """Where a phone says it is."""
    return {"latitude": latitude, "longitude": longitude, "accuracy_m": 30, "system": "WGS84"}


def picture(seed: int) -> bytes:
    """A JPEG of patches that differ by seed."""
    patches = numpy.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=numpy.uint8)
    sink = io.BytesIO()
    Image.fromarray(patches).resize((320, 240), Image.Resampling.BICUBIC).save(sink, "JPEG")
    return sink.getvalue()


def sent_photo(
    author: User, seed: int, *, content: bytes | None = None, client_id: str = ""
) -> str:
    """A photo that the author has sent; gives its client id."""
    given = uuid.UUID(client_id) if client_id else uuid.uuid4()
    file = SimpleUploadedFile(f"{seed}.jpg", content or picture(seed))
    actions.upload(file, client_id=given, kind="photo", taken_at=None, actor=actor_of(author))
    return str(given)
